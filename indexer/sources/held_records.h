// What was found in one piece of the sources, until its turn comes: pieces are
// read by several threads, and given on in their order.
#ifndef KBSEARCH_INDEXER_SOURCES_HELD_RECORDS_H_
#define KBSEARCH_INDEXER_SOURCES_HELD_RECORDS_H_

#include <utility>
#include <variant>
#include <vector>

#include "indexer/reader.h"

namespace kbsearch::indexer {

// One thread at a time.
class HeldRecords : public RecordSink {
 public:
  absl::Status Add(Record record) override {
    found_.emplace_back(std::move(record));
    return absl::OkStatus();
  }
  void Report(ReportItem item) override {
    found_.emplace_back(std::move(item));
  }

  // Not OK as soon as the sink's Add is not.
  absl::Status GiveTo(RecordSink& sink) {
    for (auto& found : found_) {
      if (auto* record = std::get_if<Record>(&found)) {
        absl::Status status = sink.Add(std::move(*record));
        if (!status.ok()) return status;
      } else {
        sink.Report(std::get<ReportItem>(std::move(found)));
      }
    }
    return absl::OkStatus();
  }

 private:
  std::vector<std::variant<Record, ReportItem>> found_;
};

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_SOURCES_HELD_RECORDS_H_
