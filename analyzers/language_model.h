// The language identifier: script, the n-gram model that the build trained
// (languages.bin), function words, and the reader's own language.
#ifndef KBSEARCH_ANALYZERS_LANGUAGE_MODEL_H_
#define KBSEARCH_ANALYZERS_LANGUAGE_MODEL_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "analyzers/characters.h"
#include "analyzers/language_identifier.h"
#include "analyzers/resource_folder.h"
#include "analyzers/stop_words.h"

namespace kbsearch::analyzers {

struct LanguageProfile {
  std::string code;
  Script script = Script::kLatin;         // that the language is written in
  const StopWords* stop_words = nullptr;  // outlives the identifier
};

// Reads languages.bin. A language that the model does not hold is told by its
// script and its function words alone. Words of names.txt count for none.
absl::StatusOr<std::unique_ptr<LanguageIdentifier>> LoadLanguageIdentifier(
    const ResourceFolder& folder, std::vector<LanguageProfile> profiles);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LANGUAGE_MODEL_H_
