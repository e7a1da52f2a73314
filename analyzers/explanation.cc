#include "analyzers/explanation.h"

#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace kbsearch::analyzers {
namespace {

// "klanten → klant"; the term alone where the lemma says no more.
std::string Meaning(const Token& token) {
  if (token.lemmas.empty() ||
      (token.lemmas.size() == 1 && token.lemmas.front() == token.exact)) {
    return token.exact;
  }
  return absl::StrCat(token.exact, " → ", absl::StrJoin(token.lemmas, ", "));
}

// What was found of a kind, in order of the text.
struct Step {
  const char* name;
  std::vector<std::string> pieces;
};

// Groups of parts, each behind its whole: "klantenservice = klanten + service".
void AddPart(const Token& whole, const Token& part, bool first, Step* step) {
  if (first) {
    step->pieces.push_back(absl::StrCat(whole.exact, " = ", Meaning(part)));
  } else {
    absl::StrAppend(&step->pieces.back(), " + ", Meaning(part));
  }
}

}  // namespace

void AppendTokenSteps(const std::vector<Token>& tokens,
                      std::vector<AnalysisStep>* steps) {
  Step protect{"protect", {}}, fold{"fold", {}}, stop{"stop", {}},
      lemma{"lemma", {}}, parts{"parts", {}}, joined{"joined", {}},
      variants{"variants", {}};
  const Token* whole = nullptr;
  bool first_part = true;
  for (const Token& token : tokens) {
    switch (token.role) {
      case TokenRole::kWhole:
        whole = &token;
        first_part = true;
        fold.pieces.push_back(token.exact);
        if (token.is_protected) protect.pieces.push_back(token.exact);
        if (token.is_stop) stop.pieces.push_back(token.exact);
        if (!token.lemmas.empty()) lemma.pieces.push_back(Meaning(token));
        break;
      case TokenRole::kPart:
        if (whole != nullptr) AddPart(*whole, token, first_part, &parts);
        first_part = false;
        break;
      case TokenRole::kJoined:
        joined.pieces.push_back(Meaning(token));
        break;
      case TokenRole::kVariant:
        variants.pieces.push_back(Meaning(token));
        break;
    }
  }
  for (const Step* step :
       {&protect, &fold, &stop, &lemma, &parts, &joined, &variants}) {
    if (step->pieces.empty()) continue;
    steps->push_back({step->name, absl::StrJoin(step->pieces, " | ")});
  }
}

}  // namespace kbsearch::analyzers
