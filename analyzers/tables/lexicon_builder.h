// Makes the file that Lexicon maps.
#ifndef KBSEARCH_ANALYZERS_TABLES_LEXICON_BUILDER_H_
#define KBSEARCH_ANALYZERS_TABLES_LEXICON_BUILDER_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace kbsearch::analyzers {

// Folded words with their weights. The result depends on them alone.
std::string SerializeLexicon(
    const std::map<std::string_view, uint32_t>& weights);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_TABLES_LEXICON_BUILDER_H_
