// What the words that a corpus holds tell of a query's language: "service
// calc" is more likely English where half of the English pages and few of the
// French ones hold these words. It speaks where a model of the languages
// cannot: names, terms of the trade, words that languages share.
//
// Naive Bayes over the shares of documents that hold each word, each word's
// voice bounded. The better the corpus knows a word, the less a model's opinion
// of it counts: what "service" looks like matters where no page has it.
#ifndef KBSEARCH_ENGINE_QUERY_VOCABULARY_EVIDENCE_H_
#define KBSEARCH_ENGINE_QUERY_VOCABULARY_EVIDENCE_H_

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/language_identifier.h"
#include "engine/search.h"
#include "engine/search_context.h"

namespace kbsearch::engine {

// What the registry's identifier and what `audience` sees of the corpus make of
// a text: the languages `among` with their probabilities, likeliest first.
// `prior` as the identifier's. Long texts are left to the identifier: they tell
// enough themselves.
std::vector<analyzers::LanguageGuess> IdentifyByVocabulary(
    std::string_view text, std::string_view prior,
    const std::vector<std::string>& among, Audience audience,
    SearchContext& context);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_QUERY_VOCABULARY_EVIDENCE_H_
