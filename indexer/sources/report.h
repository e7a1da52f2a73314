// What a build could not read, repaired or wants to tell: kept as JSON Lines
// in a file, and grouped for the summary.
#ifndef KBSEARCH_INDEXER_SOURCES_REPORT_H_
#define KBSEARCH_INDEXER_SOURCES_REPORT_H_

#include <cstdint>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kbsearch::indexer {

enum class Severity : uint8_t {
  kNotice,    // nothing was lost or changed
  kRepaired,  // indexed, but not as it was written
  kRejected,  // not indexed
};

// "notice", "repaired", "rejected".
std::string_view SeverityName(Severity severity);

struct ReportItem {
  std::string file;        // as the operator named it
  uint64_t line = 0;       // 1-based; 0 = the whole file
  std::string article_id;  // empty when not known
  Severity severity = Severity::kRejected;
  std::string reason;  // the same words for the same fault: items are grouped
                       // by it
  std::string detail;  // what exactly, may be empty
  std::string remedy;  // what to do about it, may be empty
};

// Memory is bounded by the number of different reasons, not of items. Not
// thread-safe.
class Report {
 public:
  struct Group {
    Severity severity = Severity::kRejected;
    std::string reason;
    std::string remedy;  // of the first item
    uint64_t count = 0;
    std::vector<std::string> places;  // "file:line (detail)" of the first few
  };

  // With an empty `path` nothing is written. PermissionDenied, NotFound…: the
  // file cannot be created.
  static absl::StatusOr<std::unique_ptr<Report>> Create(
      const std::string& path);

  void Add(const ReportItem& item);

  uint64_t count(Severity severity) const {
    return counts_[static_cast<size_t>(severity)];
  }
  // Rejected first, then repaired, then notices; each by falling count.
  std::vector<Group> GroupsBySeverity() const;

  // Writes out what is buffered; the error of any earlier write as well.
  absl::Status Close();

 private:
  Report() = default;

  std::string path_;
  std::ofstream file_;
  uint64_t counts_[3] = {};
  std::vector<Group> groups_;
};

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_SOURCES_REPORT_H_
