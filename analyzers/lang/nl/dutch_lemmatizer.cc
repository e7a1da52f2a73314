#include "analyzers/lang/nl/dutch_lemmatizer.h"

#include <algorithm>
#include <array>

namespace kbsearch::analyzers {
namespace {

constexpr size_t kMinBase = 2;
constexpr int kMaxSteps = 4;

bool IsVowel(char c) {
  return std::string_view("aeiouy").find(c) != std::string_view::npos;
}

bool EndsWith(const std::string& word, std::string_view ending,
              size_t min_rest = kMinBase) {
  return word.size() >= ending.size() + min_rest && word.ends_with(ending);
}

std::string Without(const std::string& word, size_t count) {
  return word.substr(0, word.size() - count);
}

// Particles and prefixes of verbs, longest first where one begins another.
constexpr std::array<std::string_view, 40> kVerbPrefixes = {
    "achter", "binnen", "boven", "buiten",  "door",    "herbe", "onder",
    "samen",  "tegen",  "terug", "voorbij", "vooruit", "klaar", "vast",
    "over",   "voor",   "weer",  "mede",    "open",    "dicht", "neer",
    "goed",   "aan",    "bij",   "her",     "los",     "mee",   "mis",
    "ont",    "toe",    "uit",   "ver",     "weg",     "af",    "be",
    "in",     "na",     "om",    "op",      "er"};

bool IsSeparable(std::string_view prefix) {
  static constexpr std::array<std::string_view, 7> kInseparable = {
      "be", "her", "herbe", "ont", "ver", "er", "mis"};
  return std::ranges::find(kInseparable, prefix) == kInseparable.end();
}

}  // namespace

std::vector<std::string> DutchBasesOfOpenStem(std::string_view stem) {
  std::vector<std::string> bases;
  if (stem.size() < 2) return bases;
  const char last = stem.back();
  const char before = stem[stem.size() - 2];
  std::string devoiced(stem);
  if (last == 'v') devoiced.back() = 'f';
  if (last == 'z') devoiced.back() = 's';
  if (last == before && !IsVowel(last)) {
    bases.emplace_back(stem.substr(0, stem.size() - 1));
  }
  // One vowel before one consonant is a long one: double it.
  const bool open = !IsVowel(last) && IsVowel(before) && before != 'y' &&
                    before != 'i' &&
                    (stem.size() == 2 || !IsVowel(stem[stem.size() - 3]));
  if (open) {
    std::string doubled = devoiced;
    doubled.insert(doubled.size() - 1, 1, before);
    bases.push_back(std::move(doubled));
  }
  if (devoiced != stem) bases.push_back(devoiced);
  bases.emplace_back(stem);
  return bases;
}

std::string DutchLemmatizer::Known(
    const std::vector<std::string>& candidates) const {
  for (const std::string& candidate : candidates) {
    if (candidate.size() >= kMinBase && lexicon_.Contains(candidate)) {
      return candidate;
    }
  }
  return {};
}

bool DutchLemmatizer::IsVerbStem(std::string_view stem) const {
  std::string base(stem);
  if (base.size() < kMinBase) return false;
  // A verb has a third person. Few strings have one: they need no second look.
  if (base.back() != 't') base += 't';
  if (!lexicon_.Contains(base)) return false;
  base.resize(stem.size());
  std::vector<std::string> infinitives = {base + "en"};
  const char last = base.back();
  const size_t size = base.size();
  std::string voiced = base;
  if (last == 'f') voiced.back() = 'v';
  if (last == 's') voiced.back() = 'z';
  if (voiced != base) infinitives.push_back(voiced + "en");
  const bool consonant = !IsVowel(last);
  if (size > 2 && consonant && IsVowel(base[size - 2])) {
    if (base[size - 2] == base[size - 3]) {
      voiced.erase(size - 2, 1);
      infinitives = {voiced + "en", voiced.substr(0, size - 2) + last + "en"};
    } else if (!IsVowel(base[size - 3])) {
      infinitives.push_back(base + last + "en");
    }
  }
  return !Known(infinitives).empty();
}

// A noun has a diminutive.
bool DutchLemmatizer::IsNoun(const std::string& word) const {
  return lexicon_.Contains(word + "je") || lexicon_.Contains(word + "tje") ||
         lexicon_.Contains(word + "pje");
}

std::string DutchLemmatizer::FromPlural(const std::string& word) const {
  if (EndsWith(word, "heden")) return Without(word, 5) + "heid";
  if (!EndsWith(word, "en")) return {};
  const std::string stem = Without(word, 2);
  const std::vector<std::string> bases = DutchBasesOfOpenStem(stem);
  std::string known = Known(bases);
  if (!known.empty()) return known;
  // An infinitive whose stem is not listed ("uitloggen" → "uitlog").
  return lexicon_.Contains(word) && stem.size() > 2 && !bases.empty() &&
                 !IsNoun(word)
             ? bases.front()
             : std::string();
}

std::string DutchLemmatizer::FromS(const std::string& word) const {
  if (!EndsWith(word, "s", 3)) return {};
  const std::string base = Without(word, 1);
  if (!lexicon_.Contains(base)) return {};
  // "reis", "grens" are no plurals: they have plurals themselves.
  const std::string voiced = base + "zen";
  if (lexicon_.Contains(voiced) || lexicon_.Contains(word + "en") ||
      lexicon_.Contains(word + "sen") || IsNoun(word)) {
    return {};
  }
  return base;
}

std::string DutchLemmatizer::FromDiminutive(const std::string& word) const {
  for (const std::string_view ending : {"je", "tje", "pje", "etje"}) {
    if (!EndsWith(word, ending, 3)) continue;
    std::string base = Without(word, ending.size());
    if (ending == "etje" && base.size() > 3 &&
        base.back() == base[base.size() - 2]) {
      base.pop_back();  // kammetje
    }
    if (lexicon_.Contains(base)) return base;
  }
  return {};
}

// ge…d, ge…t, and without ge- behind be-, ver- …; "ingelogd" → "inlog".
std::string DutchLemmatizer::FromParticiple(const std::string& word) const {
  if (word.size() < 5 || (word.back() != 'd' && word.back() != 't') ||
      IsNoun(word)) {
    return {};
  }
  const auto stem_of = [&](const std::string& body) -> std::string {
    const std::string bare = Without(body, 1);
    if (IsVerbStem(bare)) return bare;
    return IsVerbStem(body) ? body : std::string();  // gepraat: stem in t
  };
  if (word.starts_with("ge")) {
    if (std::string stem = stem_of(word.substr(2)); !stem.empty()) return stem;
  }
  for (const std::string_view prefix : kVerbPrefixes) {
    if (!word.starts_with(prefix)) continue;
    const std::string rest = word.substr(prefix.size());
    if (IsSeparable(prefix) && rest.starts_with("ge") && rest.size() > 5) {
      const std::string stem = stem_of(rest.substr(2));
      if (!stem.empty()) return std::string(prefix) + stem;
    }
    // "terugbetaald": the participle of an inseparable verb behind a particle.
    if (IsSeparable(prefix) && rest.size() > 5) {
      const std::string stem = FromParticiple(rest);
      std::string joined = std::string(prefix) + stem;
      if (!stem.empty() && IsVerbStem(joined)) return joined;
    }
    if (!IsSeparable(prefix) && rest.size() > 2 && word.back() == 'd') {
      const std::string stem = Without(word, 1);
      if (IsVerbStem(stem)) return stem;
    }
  }
  return {};
}

// werkt → werk. A noun in -t ("kast") is no verb of "kas".
std::string DutchLemmatizer::FromThirdPerson(const std::string& word) const {
  if (!EndsWith(word, "t", 2) || IsNoun(word)) return {};
  std::string stem = Without(word, 1);
  return IsVerbStem(stem) ? stem : std::string();
}

std::string DutchLemmatizer::FromPast(const std::string& word) const {
  for (const std::string_view ending : {"ten", "den", "te", "de"}) {
    if (!EndsWith(word, ending, 3)) continue;
    std::string stem = Without(word, ending.size());
    if (IsVerbStem(stem)) return stem;
  }
  return {};
}

std::string DutchLemmatizer::FromAdjective(const std::string& word) const {
  if (EndsWith(word, "e", 3) && !IsNoun(word)) {
    const std::string base = Known(DutchBasesOfOpenStem(Without(word, 1)));
    if (!base.empty()) return base;
  }
  for (const std::string_view ending : {"ere", "er"}) {
    if (!EndsWith(word, ending, 3)) continue;
    const std::string base =
        Known(DutchBasesOfOpenStem(Without(word, ending.size())));
    // Only adjectives have superlatives: "printer" stays apart from "print".
    if (!base.empty() && !IsNoun(word) && lexicon_.Contains(base + "st")) {
      return base;
    }
  }
  for (const std::string_view ending : {"ste", "st"}) {
    if (!EndsWith(word, ending, 3) || IsNoun(word)) continue;
    const std::string base = Without(word, ending.size());
    if (lexicon_.Contains(base) && lexicon_.Contains(base + "er")) return base;
  }
  return {};
}

// One step towards the base, or empty when the word is one.
std::string DutchLemmatizer::Reduce(const std::string& word) const {
  using Step = std::string (DutchLemmatizer::*)(const std::string&) const;
  static constexpr std::array<Step, 7> kSteps = {
      &DutchLemmatizer::FromParticiple, &DutchLemmatizer::FromThirdPerson,
      &DutchLemmatizer::FromDiminutive, &DutchLemmatizer::FromPlural,
      &DutchLemmatizer::FromS,          &DutchLemmatizer::FromAdjective,
      &DutchLemmatizer::FromPast};
  for (const Step step : kSteps) {
    std::string base = (this->*step)(word);
    if (!base.empty() && base != word) return base;
  }
  return {};
}

bool DutchLemmatizer::FromPrefixedIrregular(
    const std::string& word, std::vector<std::string>* bases) const {
  for (const std::string_view prefix : kVerbPrefixes) {
    if (!word.starts_with(prefix)) continue;
    std::string rest = word.substr(prefix.size());
    auto found = irregulars_.find(rest);
    // be-, ver- … take the place of ge-: "verzonden" is of "gezonden".
    if (found == irregulars_.end() && !IsSeparable(prefix)) {
      found = irregulars_.find("ge" + rest);
    }
    if (found == irregulars_.end()) continue;
    bool any = false;
    for (const std::string& base : found->second) {
      std::string joined = std::string(prefix) + base;
      if (!IsVerbStem(joined)) continue;
      bases->push_back(std::move(joined));
      any = true;
    }
    if (any) return true;
  }
  return false;
}

void DutchLemmatizer::Lemmatize(std::string_view folded,
                                std::vector<std::string>* bases) const {
  std::string word(folded);
  for (int step = 0; step < kMaxSteps; ++step) {
    if (const auto known = irregulars_.find(word); known != irregulars_.end()) {
      bases->insert(bases->end(), known->second.begin(), known->second.end());
      return;
    }
    if (FromPrefixedIrregular(word, bases)) return;
    std::string base = Reduce(word);
    if (base.empty()) break;
    word = std::move(base);
  }
  // bestelling – bestellen, levering – leveren
  if (word.size() > 6 && word.ends_with("ing")) {
    for (std::string& stem : DutchBasesOfOpenStem(Without(word, 3))) {
      if (!IsVerbStem(stem)) continue;
      bases->push_back(std::move(stem));
      break;
    }
  }
  bases->push_back(std::move(word));
}

}  // namespace kbsearch::analyzers
