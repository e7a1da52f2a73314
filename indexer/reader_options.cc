#include "indexer/reader_options.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace kbsearch::indexer {

absl::StatusOr<ReaderOptions> MakeReaderOptions(
    const Settings& settings,
    std::shared_ptr<const analyzers::Registry> registry) {
  ReaderOptions options;
  for (const analyzers::LanguageInfo& language : registry->languages()) {
    if (!options.known_languages.empty()) options.known_languages += ", ";
    options.known_languages += language.code;
  }
  if (settings.language != "auto") {
    options.default_language = registry->Normalize(settings.language);
    if (options.default_language.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--language ", settings.language, " is not known: use ",
                       options.known_languages, " or auto"));
    }
  }
  options.format = ParseFormat(settings.format);
  options.jobs = settings.jobs;
  for (const std::string& pair : settings.columns) {
    const size_t equals = pair.find('=');
    options.columns[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  options.identify = [registry](std::string_view text) {
    const auto guesses = registry->identifier().Identify(text);
    return guesses.empty() ? std::pair<std::string, double>()
                           : std::pair(guesses.front().language,
                                       guesses.front().probability);
  };
  options.normalize_language = [registry](std::string_view code) {
    return registry->Normalize(code);
  };
  return options;
}

}  // namespace kbsearch::indexer
