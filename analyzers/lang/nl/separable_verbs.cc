#include "analyzers/lang/nl/separable_verbs.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"

namespace kbsearch::analyzers {
namespace {

constexpr size_t kMaxWordsBetween = 7;

bool IsParticle(std::string_view word) {
  static const auto* const particles = new absl::flat_hash_set<std::string>{
      "aan",  "af",    "op",    "uit",   "in",    "terug", "mee", "door",
      "toe",  "bij",   "om",    "over",  "onder", "voor",  "weg", "vast",
      "open", "dicht", "samen", "tegen", "na",    "neer",  "los", "klaar"};
  return word.size() <= 5 &&
         particles->contains(absl::string_view(word.data(), word.size()));
}

bool EndsSentence(std::string_view between) {
  return between.find_first_of(".!?;:\n") != std::string_view::npos;
}

// Puts `added` behind the tokens that stand at the same positions, in one pass.
void MergeByPosition(std::vector<Token> added, size_t first,
                     std::vector<Token>* tokens) {
  const auto by_position = [](const Token& a, const Token& b) {
    return a.position < b.position;
  };
  std::ranges::stable_sort(added, by_position);
  const auto middle = static_cast<std::ptrdiff_t>(tokens->size());
  std::ranges::move(added, std::back_inserter(*tokens));
  std::inplace_merge(tokens->begin() + static_cast<std::ptrdiff_t>(first),
                     tokens->begin() + middle, tokens->end(), by_position);
}

}  // namespace

std::string SeparableVerbRule::JoinedStem(const Token& particle,
                                          const Token& verb) {
  if (verb.is_protected || IsParticle(verb.exact)) return {};
  for (const std::string& stem : verb.lemmas) {
    std::string joined = particle.exact + stem;
    if (lemmatizer_.IsVerbStem(joined)) return joined;
  }
  return {};
}

void SeparableVerbRule::Apply(std::string_view text, size_t first,
                              std::vector<Token>* tokens) {
  std::vector<Token> found;
  std::vector<size_t> words;  // whole tokens so far, by index
  for (size_t i = first; i < tokens->size(); ++i) {
    const Token& token = (*tokens)[i];
    if (token.role != TokenRole::kWhole) continue;
    const auto add = [&](const Token& particle, const Token& verb) {
      std::string stem = JoinedStem(particle, verb);
      if (stem.empty()) return false;
      Token variant = verb;
      variant.role = TokenRole::kVariant;
      variant.is_stop = false;
      variant.exact = particle.exact + verb.exact;
      variant.lemmas = {std::move(stem)};
      found.push_back(std::move(variant));
      return true;
    };
    // "aan te maken"
    if (words.size() >= 2 && (*tokens)[words.back()].exact == "te" &&
        IsParticle((*tokens)[words[words.size() - 2]].exact)) {
      add((*tokens)[words[words.size() - 2]], token);
    }
    if (IsParticle(token.exact)) {
      const size_t reach = std::min(words.size(), kMaxWordsBetween + 1);
      for (size_t back = 1; back <= reach; ++back) {
        const Token& verb = (*tokens)[words[words.size() - back]];
        if (EndsSentence(text.substr(verb.end, token.begin - verb.end))) break;
        if (add(token, verb)) break;
      }
    }
    words.push_back(i);
  }
  if (!found.empty()) MergeByPosition(std::move(found), first, tokens);
}

}  // namespace kbsearch::analyzers
