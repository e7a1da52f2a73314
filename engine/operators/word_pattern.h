// Operators' phrases are met by words, not by characters: a phrase and a query
// are the same when their content words are, whatever the inflection, the
// accents, the case, the function words between them.
//
//   "Ξέχασα τον κωδικό" is met by "ξεχάσει ΚΩΔΙΚΟΥΣ" (ξεχνώ, κωδικός)
#ifndef KBSEARCH_ENGINE_OPERATORS_WORD_PATTERN_H_
#define KBSEARCH_ENGINE_OPERATORS_WORD_PATTERN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "engine/query/query_words.h"

namespace kbsearch::engine {

// One word with everything it can be met by.
struct PatternWord {
  uint32_t position = 0;
  uint32_t span = 1;              // positions it covers; more when joined
  std::vector<std::string> keys;  // its exact forms and its lemmas
};

using WordPattern = std::vector<PatternWord>;

// Whether the two have a form or a lemma in common.
bool Meet(const PatternWord& a, const PatternWord& b);

// The query as its words stand and, when words can be read as one, with those
// joined: "wi fi router" → {wi, fi, router}, {wifi, router}.
std::vector<WordPattern> Readings(const QueryWords& query);

// Something wrong with what an operator gave: "synonyms[3].from[0]", "is
// empty; …".
struct RuleProblem {
  std::string field;
  std::string description;  // ends with the remedy
};

// The words of an operator's phrase. Tells `problems` of one that is empty,
// longer than `max_bytes`, or of no word at all.
QueryWords AnalyzePhrase(const std::string& phrase, size_t max_bytes,
                         const std::string& field,
                         analyzers::Analyzer& analyzer,
                         std::vector<RuleProblem>* problems);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_OPERATORS_WORD_PATTERN_H_
