#include "analyzers/lang/nl/separable_verbs.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "analyzers/fingerprint_table.h"

namespace kbsearch::analyzers {
namespace {

constexpr size_t kMaxWordsBetween = 7;

// In alphabetical order, as ParticleOf wants them.
constexpr std::array<std::string_view, 24> kParticles = {
    "aan",   "af",    "bij",   "dicht", "door",  "in",   "klaar", "los",
    "mee",   "na",    "neer",  "om",    "onder", "op",   "open",  "over",
    "samen", "tegen", "terug", "toe",   "uit",   "vast", "voor",  "weg"};

// Where the particles of each first letter begin in kParticles.
constexpr std::array<size_t, 27> kFirstOfLetter = [] {
  std::array<size_t, 27> first{};
  for (size_t letter = 0; letter < first.size(); ++letter) {
    while (first[letter] < kParticles.size() &&
           kParticles[first[letter]][0] < static_cast<char>('a' + letter)) {
      ++first[letter];
    }
  }
  return first;
}();

// The place of `word` in kParticles, or -1. Asked for every word of a text.
int ParticleOf(std::string_view word) {
  if (word.size() < 2 || word.size() > 5 || word[0] < 'a' || word[0] > 'z') {
    return -1;
  }
  const auto letter = static_cast<size_t>(word[0] - 'a');
  for (size_t i = kFirstOfLetter[letter]; i < kFirstOfLetter[letter + 1]; ++i) {
    if (kParticles[i] == word) return static_cast<int>(i);
  }
  return -1;
}

// "het pakje" is no form of "pakken": no verb has a diminutive.
bool IsDiminutive(std::string_view word) {
  return word.ends_with("je") || word.ends_with("jes");
}

bool EndsSentence(std::string_view between) {
  return between.find_first_of(".!?;:\n") != std::string_view::npos;
}

// Puts `added` behind the tokens that stand at the same positions. From the
// back, so that each token moves once.
void MergeByPosition(std::vector<Token> added, size_t first,
                     std::vector<Token>* tokens) {
  std::ranges::stable_sort(added, {}, &Token::position);
  size_t from = tokens->size();
  tokens->resize(from + added.size());
  size_t to = tokens->size();
  while (!added.empty()) {
    const bool here =
        from == first || (*tokens)[from - 1].position <= added.back().position;
    Token& source = here ? added.back() : (*tokens)[--from];
    (*tokens)[--to] = std::move(source);
    if (here) added.pop_back();
  }
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
  // Half of the words between are articles and the like.
  const bool small = token.is_stop && token.exact.size() <= 3;
  if (small || token.is_protected || verb.particle >= 0 ||
      IsDiminutive(token.exact)) {
    return false;
  }
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
