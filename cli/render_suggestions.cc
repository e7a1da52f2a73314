#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/render.h"
#include "cli/text_layout.h"

namespace kbsearch::cli {

namespace v1 = kbsearch::v1;

std::string RenderSuggestions(const v1::SuggestArticlesResponse& response,
                              const TextStyle& style) {
  std::string out;
  int number = 0;
  for (const v1::Suggestion& suggestion : response.suggestions()) {
    absl::StrAppend(
        &out, RenderHit(++number, suggestion.hit(), style),
        Layout({absl::StrFormat("answers with a probability of %.0f %%",
                                100 * suggestion.confidence()),
                Emphasis::kLabel},
               4, style),
        "\n");
  }
  std::string summary;
  if (response.abstained()) {
    summary = "No article is likely enough to answer this.";
  } else if (response.suggestions().empty()) {
    summary = "No article holds words of this ticket.";
  } else {
    summary =
        absl::StrCat(number, number == 1 ? " suggestion" : " suggestions");
  }
  if (!response.language_codes().empty()) {
    absl::StrAppend(&summary, " · ticket in ",
                    absl::StrJoin(response.language_codes(), " "));
  }
  out += Layout({summary, Emphasis::kFaint}, 0, style);
  if (!response.terms().empty()) {
    out += Layout(
        {absl::StrCat("Looked for: ", absl::StrJoin(response.terms(), " ")),
         Emphasis::kFaint},
        0, style);
  }
  return out;
}

std::string RenderRelated(const v1::RelatedArticlesResponse& response,
                          const TextStyle& style) {
  if (response.hits().empty()) {
    return Layout({"No related articles.", Emphasis::kFaint}, 0, style);
  }
  std::string out;
  int number = 0;
  for (const v1::Hit& hit : response.hits()) {
    absl::StrAppend(&out, RenderHit(++number, hit, style), "\n");
  }
  return out;
}

}  // namespace kbsearch::cli
