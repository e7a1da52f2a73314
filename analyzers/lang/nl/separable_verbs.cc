#include "analyzers/lang/nl/separable_verbs.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>

#include "analyzers/fingerprint_table.h"

namespace kbsearch::analyzers {
namespace {

constexpr size_t kMaxWordsBetween = 7;

constexpr std::array<std::string_view, 24> kParticles = {
    "aan",  "af",    "op",    "uit",   "in",    "terug", "mee", "door",
    "toe",  "bij",   "om",    "over",  "onder", "voor",  "weg", "vast",
    "open", "dicht", "samen", "tegen", "na",    "neer",  "los", "klaar"};

// The place of `word` in kParticles, or -1.
int ParticleOf(std::string_view word) {
  if (word.size() < 2 || word.size() > 5) return -1;
  const auto found = std::ranges::find(kParticles, word);
  return found == kParticles.end()
             ? -1
             : static_cast<int>(found - kParticles.begin());
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

bool SeparableVerbRule::IsVerb(int particle, const std::string& stem) {
  const uint64_t hash = HashBytes(stem);
  Known& known = known_[hash % known_.size()];
  if (known.hash != hash) known = {hash, 0, 0};
  const uint32_t bit = 1U << particle;
  if ((known.asked & bit) == 0) {
    known.asked |= bit;
    std::string joined(kParticles[static_cast<size_t>(particle)]);
    joined += stem;
    if (lemmatizer_.IsVerbStem(joined)) known.verbs |= bit;
  }
  return (known.verbs & bit) != 0;
}

bool SeparableVerbRule::AddVerb(const PlacedWord& particle,
                                const PlacedWord& verb,
                                const std::vector<Token>& tokens,
                                std::vector<Token>* found) {
  const Token& token = tokens[verb.token];
  if (token.is_protected || verb.particle >= 0) return false;
  for (const std::string& stem : token.lemmas) {
    if (!IsVerb(particle.particle, stem)) continue;
    const std::string& head = tokens[particle.token].exact;
    Token variant = token;
    variant.role = TokenRole::kVariant;
    variant.is_stop = false;
    variant.exact = head + token.exact;
    variant.lemmas = {head + stem};
    found->push_back(std::move(variant));
    return true;
  }
  return false;
}

void SeparableVerbRule::Apply(std::string_view text, size_t first,
                              std::vector<Token>* tokens) {
  std::vector<Token> found;
  words_.clear();
  for (size_t i = first; i < tokens->size(); ++i) {
    const Token& token = (*tokens)[i];
    if (token.role != TokenRole::kWhole) continue;
    const PlacedWord word = {i, ParticleOf(token.exact)};
    // "aan te maken"
    if (words_.size() >= 2 && words_[words_.size() - 2].particle >= 0 &&
        (*tokens)[words_.back().token].exact == "te") {
      AddVerb(words_[words_.size() - 2], word, *tokens, &found);
    }
    if (word.particle >= 0) {
      const size_t reach = std::min(words_.size(), kMaxWordsBetween + 1);
      size_t seen = token.begin;  // no sentence ends between here and there
      for (size_t back = 1; back <= reach; ++back) {
        const PlacedWord& verb = words_[words_.size() - back];
        const size_t end = (*tokens)[verb.token].end;
        if (EndsSentence(text.substr(end, seen - end))) break;
        seen = end;
        if (AddVerb(word, verb, *tokens, &found)) break;
      }
    }
    words_.push_back(word);
  }
  if (!found.empty()) MergeByPosition(std::move(found), first, tokens);
}

}  // namespace kbsearch::analyzers
