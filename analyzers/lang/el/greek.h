// Greek: own light stemmer on folded words; words in Latin letters (product
// names, English passages) get English stems.
#ifndef KBSEARCH_ANALYZERS_LANG_EL_GREEK_H_
#define KBSEARCH_ANALYZERS_LANG_EL_GREEK_H_

#include <memory>

#include "absl/status/statusor.h"
#include "analyzers/language.h"
#include "analyzers/resource_folder.h"

namespace kbsearch::analyzers {

// Reads el/stopwords.txt, el/exceptions.txt and el/stem_aliases.txt.
absl::StatusOr<std::unique_ptr<Language>> LoadGreek(
    const ResourceFolder& folder);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LANG_EL_GREEK_H_
