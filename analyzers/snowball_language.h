// A language without rules of its own: front end, stop words, and a Snowball
// stemmer, or a list of endings where Snowball has none. What it takes is a
// line in the table of registry.cc and lang/<code>/stopwords.txt; see
// docs/adding_a_language.md.
#ifndef KBSEARCH_ANALYZERS_SNOWBALL_LANGUAGE_H_
#define KBSEARCH_ANALYZERS_SNOWBALL_LANGUAGE_H_

#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "analyzers/language.h"
#include "analyzers/resource_folder.h"

namespace kbsearch::analyzers {

struct SnowballPlan {
  // libstemmer's name, "german"; null: the endings of lang/<code>/endings.txt.
  const char* algorithm = nullptr;
  ApostropheRule split_apostrophes = nullptr;
};

// NotFound names the file that is missing; FailedPrecondition an algorithm that
// this libstemmer lacks.
absl::StatusOr<std::unique_ptr<Language>> LoadSnowballLanguage(
    const ResourceFolder& folder, std::string_view code,
    const SnowballPlan& plan);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_SNOWBALL_LANGUAGE_H_
