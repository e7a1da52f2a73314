// Why a query finds what it finds: the stages of the search as they ran, the
// parts of the scores, and for an article that is not there the reason.
#ifndef KBSEARCH_ENGINE_SEARCH_EXPLAIN_H_
#define KBSEARCH_ENGINE_SEARCH_EXPLAIN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/search.h"

namespace kbsearch::engine {

struct SearchContext;

struct SearchStage {
  std::string name;    // "language", "words", "synonyms", …
  std::string detail;  // one line, readable
};

struct ScorePart {
  std::string name;  // a feature of the ranking, or a word of the query
  double value = 0;
  std::string detail;  // where it comes from, may be empty
};

struct ExplainQuery {
  SearchQuery search;
  std::string article_id;  // asked about; empty: the hits of the page
  std::string language;    // of the version asked about; empty: any
};

struct ExplainedCandidate {
  Hit hit;
  int rank = 0;  // in the whole ranking, from 1; 0 when it is not in it
  std::vector<ScorePart> parts;  // they add up to the score
  // What each word weighs when candidates are looked for (BM25).
  std::vector<ScorePart> words;
  std::string absent_because;  // empty when the page shows it
};

struct Explanation {
  std::vector<SearchStage> stages;
  std::vector<ExplainedCandidate> candidates;
};

// Runs the search as it always runs, with a trace. Errors as Searcher::Search.
// Throws Xapian errors.
absl::StatusOr<Explanation> RunExplain(const ExplainQuery& query,
                                       SearchContext& context);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SEARCH_EXPLAIN_H_
