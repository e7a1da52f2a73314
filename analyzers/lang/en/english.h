// English: irregular forms, Snowball, British spelling brought to American,
// and a list of words that Snowball would join with others.
#ifndef KBSEARCH_ANALYZERS_LANG_EN_ENGLISH_H_
#define KBSEARCH_ANALYZERS_LANG_EN_ENGLISH_H_

#include <memory>

#include "absl/status/statusor.h"
#include "analyzers/language.h"
#include "analyzers/resource_folder.h"

namespace kbsearch::analyzers {

// Reads the lists in en/: stopwords, irregulars, exceptions, spellings,
// keep_ise and closed_compounds.
absl::StatusOr<std::unique_ptr<Language>> LoadEnglish(
    const ResourceFolder& folder);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LANG_EN_ENGLISH_H_
