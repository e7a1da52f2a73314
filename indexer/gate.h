// The gate before a switch: what the operators' judged queries find in a new
// generation, beside the live one, and how fast.
//
//   DATA/corpora/<corpus>/judgements.jsonl
//     {"id":"q1","lang":"el","text":"επιστροφή χρημάτων","relevant":["refund"]}
#ifndef KBSEARCH_INDEXER_GATE_H_
#define KBSEARCH_INDEXER_GATE_H_

#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "analyzers/registry.h"

namespace kbsearch::indexer {

struct GateLimits {
  // How far a language's mean nDCG@10 may fall.
  double ndcg_fall = 0.02;
  // How much longer the slowest twentieth of the searches may take.
  double slower = 2;
};

struct GateReport {
  struct Measure {
    std::string language;
    int queries = 0;
    double before = 0;  // mean nDCG@10
    double after = 0;
  };
  struct Change {
    std::string id;
    std::string language;
    std::string text;
    double before = 0;  // nDCG@10
    double after = 0;
    int rank_before = 0;  // of the first relevant hit, from 1; 0: none
    int rank_after = 0;
  };
  std::vector<std::string> reasons;  // why it must not pass; empty: it may
  std::vector<Measure> measures;     // by language
  std::vector<Change> changes;       // the worst first
  // Searches timed in each generation, the judged queries in turn and again
  // until there are enough; 0: too few could be run to tell anything.
  int searches_timed = 0;
  double p95_before = 0;  // milliseconds of the processor
  double p95_after = 0;
};

// Nothing without judged queries. InvalidArgument names the line of the file
// that cannot be read.
absl::StatusOr<std::optional<GateReport>> RunGate(
    const std::string& data_dir, const std::string& corpus, uint64_t live,
    uint64_t next, const GateLimits& limits,
    std::shared_ptr<const analyzers::Registry> registry);

// As the field names of kbsearch.v1.GateReport have it.
nlohmann::ordered_json ToJson(const GateReport& report);

// Discounted gain of the first ten hits over the best possible; a hit counts
// once.
//   hits {x, a, b}, relevant {a, b}: (1/log2(3) + 1/log2(4)) / (1 + 1/log2(3))
double NdcgAt10(const std::vector<std::string>& hits,
                const std::vector<std::string>& relevant);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_GATE_H_
