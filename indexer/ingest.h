// Sources → articles → a new generation of a corpus.
#ifndef KBSEARCH_INDEXER_INGEST_H_
#define KBSEARCH_INDEXER_INGEST_H_

#include <atomic>
#include <cstdint>

#include "absl/status/statusor.h"
#include "engine/generations/generation_builder.h"
#include "indexer/progress.h"
#include "indexer/reader.h"
#include "indexer/sources/report.h"
#include "indexer/sources/source_walk.h"

namespace kbsearch::indexer {

struct IngestResult {
  engine::GenerationBuilder::Stats stats;
  uint64_t files = 0;
  uint64_t bytes = 0;     // read
  uint64_t detected = 0;  // articles whose language was detected
  double seconds = 0;
  bool same_sources = false;  // as the live generation's: not read again
};

// Reads every file of `sources`, gives the articles to `builder` and publishes
// the generation. What cannot be read goes into `report` and stops nothing.
// Cancelled: `stop` became true. FailedPrecondition: there was no article at
// all (an empty index must not take a full one's place). Otherwise the
// builder's error. After any error nothing has been published.
absl::StatusOr<IngestResult> Ingest(const WalkResult& sources,
                                    const ReaderOptions& options,
                                    engine::GenerationBuilder& builder,
                                    Report& report, Progress& progress,
                                    const std::atomic<bool>& stop);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_INGEST_H_
