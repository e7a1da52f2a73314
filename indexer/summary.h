// What a build did, in the end.
#ifndef KBSEARCH_INDEXER_SUMMARY_H_
#define KBSEARCH_INDEXER_SUMMARY_H_

#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "indexer/ingest.h"
#include "indexer/sources/report.h"

namespace kbsearch::indexer {

// For people: counts, languages, speed, then what was rejected or repaired,
// grouped by reason with the first few places.
void WriteSummary(const std::string& corpus, const IngestResult& result,
                  const Report& report, std::ostream& out);

// The groups alone, for a build that failed.
void WriteProblems(const Report& report, std::ostream& out);

// The same as one JSON line, {"phase":"done","corpus":…,"articles":…,…}.
void WriteSummaryJson(const std::string& corpus, const IngestResult& result,
                      const Report& report, std::ostream& out);

// {"phase":"failed","corpus":…,"error":…} with the problems met so far.
void WriteFailureJson(const std::string& corpus, const absl::Status& status,
                      const Report& report, std::ostream& out);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_SUMMARY_H_
