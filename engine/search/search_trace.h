// What a search tells of itself while it runs, for Explain. A search that
// nobody asks about has no trace, and its stages do nothing for one:
//
//   if (context.trace != nullptr) context.trace->Add("spelling", …);
#ifndef KBSEARCH_ENGINE_SEARCH_SEARCH_TRACE_H_
#define KBSEARCH_ENGINE_SEARCH_SEARCH_TRACE_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/language_identifier.h"
#include "engine/operators/curations.h"
#include "engine/search/candidate.h"
#include "engine/search/explain.h"
#include "engine/search/retrieval.h"

namespace kbsearch::engine {

// Not thread-safe; of one search.
struct SearchTrace {
  // As many candidates are ranked at least, so that an article below the page
  // can be told its rank.
  static constexpr size_t kDepth = 1000;

  // One line of a stage; a stage may have several.
  void Add(std::string stage, std::string detail) {
    stages.push_back({std::move(stage), std::move(detail)});
  }

  std::vector<SearchStage> stages;  // in the order in which they ran
  CurationMatch curation;
  std::vector<LanguageLookup> lookups;
  std::vector<Candidate> ranking;  // best first, all pages
  size_t page_begin = 0;           // place of the page's first hit in it
};

// What the pipeline's own stages tell: how the query was read…
void TraceReading(const std::vector<analyzers::LanguageGuess>& guesses,
                  const std::vector<LanguageLookup>& lookups,
                  SearchTrace* trace);
// …what was done to it…
void TraceRewrites(const std::vector<Rewrite>& rewrites,
                   const std::vector<LanguageLookup>& lookups,
                   SearchTrace* trace);
void TraceCuration(const CurationMatch& match, SearchTrace* trace);
// …and what was found.
void TraceRanking(const std::vector<LanguageLookup>& lookups,
                  const Candidates& found, size_t page_begin,
                  SearchTrace* trace);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SEARCH_SEARCH_TRACE_H_
