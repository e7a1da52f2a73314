// What the words that a corpus holds tell of a query's language: "service
// calc" is more likely English where half of the English pages and few of the
// French ones hold these words. It speaks where a model of the languages
// cannot: names, terms of the trade, words that languages share.
//
// Naive Bayes over the shares of documents that hold each word, each word's
// voice bounded.
#ifndef KBSEARCH_ENGINE_QUERY_VOCABULARY_EVIDENCE_H_
#define KBSEARCH_ENGINE_QUERY_VOCABULARY_EVIDENCE_H_

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/language_identifier.h"
#include "engine/search.h"
#include "engine/search_context.h"

namespace kbsearch::engine {

// Reweighs `guesses` (of an identifier, likeliest first) by what `audience`
// sees of the corpus. Probabilities sum to 1 again, likeliest first. Long texts
// are left as they are: they tell enough themselves.
void WeighByVocabulary(std::string_view text, Audience audience,
                       SearchContext& context,
                       std::vector<analyzers::LanguageGuess>* guesses);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_QUERY_VOCABULARY_EVIDENCE_H_
