#include "indexer/sources/report.h"

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "base/file.h"

namespace kbsearch::indexer {
namespace {

constexpr size_t kPlacesPerGroup = 3;

std::string Place(const ReportItem& item) {
  std::string place = item.file;
  if (item.line > 0) absl::StrAppend(&place, ":", item.line);
  if (!item.article_id.empty()) absl::StrAppend(&place, " ", item.article_id);
  if (!item.detail.empty()) absl::StrAppend(&place, " (", item.detail, ")");
  return place;
}

}  // namespace

std::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kNotice:
      return "notice";
    case Severity::kRepaired:
      return "repaired";
    case Severity::kRejected:
      return "rejected";
  }
  return "";
}

absl::StatusOr<std::unique_ptr<Report>> Report::Create(
    const std::string& path) {
  std::unique_ptr<Report> report(new Report());
  report->path_ = path;
  if (!path.empty()) {
    report->file_.open(path, std::ios::binary | std::ios::trunc);
    if (!report->file_) {
      return ErrnoToStatus(errno, absl::StrCat("create the report ", path));
    }
  }
  return report;
}

void Report::Add(const ReportItem& item) {
  ++counts_[static_cast<size_t>(item.severity)];
  auto group =
      std::find_if(groups_.begin(), groups_.end(), [&item](const Group& known) {
        return known.severity == item.severity && known.reason == item.reason;
      });
  if (group == groups_.end()) {
    groups_.push_back({item.severity, item.reason, item.remedy, 0, {}});
    group = groups_.end() - 1;
  }
  ++group->count;
  if (group->places.size() < kPlacesPerGroup) {
    group->places.push_back(Place(item));
  }
  if (!file_.is_open()) return;
  nlohmann::ordered_json line;
  line["severity"] = SeverityName(item.severity);
  line["file"] = item.file;
  line["line"] = item.line;
  if (!item.article_id.empty()) line["article_id"] = item.article_id;
  line["reason"] = item.reason;
  if (!item.detail.empty()) line["detail"] = item.detail;
  if (!item.remedy.empty()) line["remedy"] = item.remedy;
  // File names may hold any bytes.
  file_ << line.dump(-1, ' ', false,
                     nlohmann::ordered_json::error_handler_t::replace)
        << '\n';
}

std::vector<Report::Group> Report::GroupsBySeverity() const {
  std::vector<Group> sorted = groups_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Group& a, const Group& b) {
                     if (a.severity != b.severity) {
                       return a.severity > b.severity;
                     }
                     return a.count > b.count;
                   });
  return sorted;
}

absl::Status Report::Close() {
  if (!file_.is_open()) return absl::OkStatus();
  file_.close();
  if (file_.fail()) {
    return absl::ResourceExhaustedError(
        absl::StrCat("write the report ", path_, " failed: is the disk full?"));
  }
  return absl::OkStatus();
}

}  // namespace kbsearch::indexer
