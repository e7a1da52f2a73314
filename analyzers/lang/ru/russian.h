// Russian: the lemma table, then Snowball for unknown words.
#ifndef KBSEARCH_ANALYZERS_LANG_RU_RUSSIAN_H_
#define KBSEARCH_ANALYZERS_LANG_RU_RUSSIAN_H_

#include <memory>

#include "absl/status/statusor.h"
#include "analyzers/language.h"
#include "analyzers/resource_folder.h"

namespace kbsearch::analyzers {

// Reads ru/stopwords.txt and ru/lemmas.bin.
absl::StatusOr<std::unique_ptr<Language>> LoadRussian(
    const ResourceFolder& folder);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LANG_RU_RUSSIAN_H_
