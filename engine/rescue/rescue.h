// The rescue ladder: what is done to a query whose words the index does not
// have. Steps, each only for words that the one before left unknown:
//
//   compound         words written apart or as one ("wacht woord")
//   layout           the keyboard was set to another language ("gfhjkm")
//   transliteration  the word is spelt in other letters ("kodikos")
//   spelling         it is misspelt ("recieve")
//   compound         it is several words ("resetpassword")
//   relaxation       it is in no article: searched without
//
// A word that any document of a language in play holds, in any form, is never
// changed, nor is a code; codes written apart, as one or in look-alike letters
// are found as well (codes.h). Every result is checked against the vocabulary
// that the audience may see. A language that the query did not seem to be in
// joins when layout or transliteration explain all that was unknown.
#ifndef KBSEARCH_ENGINE_RESCUE_RESCUE_H_
#define KBSEARCH_ENGINE_RESCUE_RESCUE_H_

#include <string_view>
#include <vector>

#include "engine/search.h"
#include "engine/search/retrieval.h"
#include "engine/search_context.h"

namespace kbsearch::engine {

// Mends `lookups` (and adds to them), tells in `result->rewrites` what was done
// or is offered, and in `result->language` when the query turns out to be in
// another language. `text` is what the lookups' words were read from.
// Throws Xapian errors.
void RescueQuery(std::string_view text, const SearchQuery& query,
                 SearchContext& context, std::vector<LanguageLookup>* lookups,
                 SearchResult* result);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RESCUE_RESCUE_H_
