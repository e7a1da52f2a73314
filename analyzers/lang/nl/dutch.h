// Dutch: lexicon-checked lemmatiser, compound splitter, separable verbs.
#ifndef KBSEARCH_ANALYZERS_LANG_NL_DUTCH_H_
#define KBSEARCH_ANALYZERS_LANG_NL_DUTCH_H_

#include <memory>

#include "absl/status/statusor.h"
#include "analyzers/language.h"
#include "analyzers/resource_folder.h"

namespace kbsearch::analyzers {

// Reads nl/stopwords.txt, nl/irregulars.txt, nl/compounds.txt, nl/words.bin.
absl::StatusOr<std::unique_ptr<Language>> LoadDutch(
    const ResourceFolder& folder);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LANG_NL_DUTCH_H_
