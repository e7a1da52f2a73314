// What the stages of a search hand to each other.
#ifndef KBSEARCH_ENGINE_SEARCH_CANDIDATE_H_
#define KBSEARCH_ENGINE_SEARCH_CANDIDATE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "engine/query/query_languages.h"
#include "engine/query/query_restriction.h"
#include "engine/query/query_words.h"

namespace kbsearch::engine {

// A query in one of its languages.
struct LanguageLookup {
  QueryLanguage language;
  QueryWords words;
  Restriction restriction;  // what its clauses demand beside the words
};

// What of a score an article gets for itself, whatever was asked
// (engine/ranking/prior_reranker.h).
struct PriorParts {
  double use = 0;
  double freshness = 0;
  double kind = 0;

  double Sum() const { return use + freshness + kind; }
  PriorParts operator*(double weight) const {
    return {use * weight, freshness * weight, kind * weight};
  }
};

// A document found.
struct Candidate {
  std::string hit_id;
  std::string version;    // language of the article found
  uint32_t document = 0;  // in the database of the lookup's language
  size_t language = 0;    // index of the lookup that found it
  double score = 0;
  PriorParts prior = {};  // of the score
  // The version whose score and prior these are, when a preferred one took its
  // place (ArrangeTranslations); else empty.
  std::string scored_version = {};
  bool pinned = false;  // here by an operator's wish, not by its score
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SEARCH_CANDIDATE_H_
