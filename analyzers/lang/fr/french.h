// French: elisions off, then the lemma table, then Snowball for unknown words.
#ifndef KBSEARCH_ANALYZERS_LANG_FR_FRENCH_H_
#define KBSEARCH_ANALYZERS_LANG_FR_FRENCH_H_

#include <memory>

#include "absl/status/statusor.h"
#include "analyzers/language.h"
#include "analyzers/resource_folder.h"

namespace kbsearch::analyzers {

// Reads fr/stopwords.txt and fr/lemmas.bin.
absl::StatusOr<std::unique_ptr<Language>> LoadFrench(
    const ResourceFolder& folder);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LANG_FR_FRENCH_H_
