#include "engine/completion/instant_hits.h"

#include <algorithm>
#include <utility>

#include "engine/completion/typed_text.h"
#include "engine/search/search_pipeline.h"

namespace kbsearch::engine {
namespace {

// Whether a language in which the input is completed has its last word.
bool LastWordIsWhole(const std::string& text,
                     const std::vector<Completion>& completions,
                     Audience audience, SearchContext& context) {
  std::vector<std::string> asked;
  for (const Completion& completion : completions) {
    const std::string& language = completion.language;
    if (std::find(asked.begin(), asked.end(), language) != asked.end()) {
      continue;
    }
    asked.push_back(language);
    const TypedText typed = ReadTyped(text, context.analyzers.Of(language));
    if (!typed.last || context.corpus.VocabularyOf(language, audience)
                           .Find(typed.last->folded)) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::string InstantQuery(const AutocompleteQuery& query,
                         const std::vector<Completion>& completions,
                         SearchContext& context) {
  std::string text = CleanLine(query.prefix);
  if (completions.empty() || text.ends_with(' ') ||
      LastWordIsWhole(text, completions, query.audience, context)) {
    return text;
  }
  return completions.front().text;
}

absl::StatusOr<std::vector<Hit>> FindInstantHits(
    const AutocompleteQuery& query, const std::vector<Completion>& completions,
    SearchContext& context) {
  SearchQuery search;
  search.corpus = query.corpus;
  search.text = InstantQuery(query, completions, context);
  if (query.max_hits <= 0 || search.text.empty()) return std::vector<Hit>();
  search.language = query.language;
  search.languages = query.languages;
  search.audience = query.audience;
  search.page_size = query.max_hits;
  search.deadline = query.deadline;
  absl::StatusOr<SearchResult> result = RunSearch(search, context);
  if (!result.ok()) return result.status();
  return std::move(result->hits);
}

}  // namespace kbsearch::engine
