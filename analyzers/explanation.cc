#include "analyzers/explanation.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace kbsearch::analyzers {
namespace {

std::string_view RoleName(TokenRole role) {
  switch (role) {
    case TokenRole::kWhole:
      return "whole";
    case TokenRole::kPart:
      return "part";
    case TokenRole::kJoined:
      return "joined";
    case TokenRole::kVariant:
      return "variant";
  }
  return "?";
}

void AppendStep(const char* name, const std::vector<std::string>& pieces,
                std::vector<AnalysisStep>* steps) {
  if (!pieces.empty()) steps->push_back({name, absl::StrJoin(pieces, " | ")});
}

}  // namespace

void AppendTokenSteps(const std::vector<Token>& tokens,
                      std::vector<AnalysisStep>* steps) {
  std::vector<std::string> protects, folds, stops, lemmas, extras;
  for (const Token& token : tokens) {
    const std::string meaning =
        absl::StrCat(token.exact, " → ", absl::StrJoin(token.lemmas, ", "));
    if (token.role != TokenRole::kWhole) {
      const std::string_view role = RoleName(token.role);
      extras.push_back(
          absl::StrCat(absl::string_view(role.data(), role.size()), " ",
                       token.lemmas.empty() ? token.exact : meaning));
      continue;
    }
    folds.push_back(token.exact);
    if (token.is_protected) protects.push_back(token.exact);
    if (token.is_stop) stops.push_back(token.exact);
    if (!token.lemmas.empty()) lemmas.push_back(meaning);
  }
  AppendStep("protect", protects, steps);
  AppendStep("fold", folds, steps);
  AppendStep("stop", stops, steps);
  AppendStep("lemma", lemmas, steps);
  AppendStep("extra", extras, steps);
}

}  // namespace kbsearch::analyzers
