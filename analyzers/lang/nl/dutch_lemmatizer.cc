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

// Two letters for one vowel.
bool IsDigraph(std::string_view letters) {
  static constexpr std::array<std::string_view, 14> kDigraphs = {
      "aa", "ee", "oo", "uu", "ie", "oe", "eu",
      "ui", "ei", "au", "ou", "ae", "ue", "ij"};
  return std::ranges::find(kDigraphs, letters) != kDigraphs.end();
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

// Verbs whose stem ends in a vowel, and all that are made of them: opslaan,
// voldoen, uitzien.
struct ShortVerb {
  std::string_view stem_end;
  std::string_view infinitive_end;
};
constexpr std::array<ShortVerb, 5> kShortVerbs = {
    {{"sla", "an"}, {"sta", "an"}, {"ga", "an"}, {"doe", "n"}, {"zie", "n"}}};

}  // namespace

std::vector<std::string> DutchBasesOfOpenStem(std::string_view stem) {
  std::vector<std::string> bases;
  if (stem.size() < 2) return bases;
  bases.reserve(5);
  const char last = stem.back();
  const char before = stem[stem.size() - 2];
  std::string devoiced(stem);
  if (last == 'v') devoiced.back() = 'f';
  if (last == 'z') devoiced.back() = 's';
  if (last == before && !IsVowel(last)) {
    bases.emplace_back(stem.substr(0, stem.size() - 1));
  }
  // One vowel before one consonant is a long one: double it. Behind another
  // vowel it is one if the two are read apart (speciale → speciaal).
  const bool open =
      !IsVowel(last) && IsVowel(before) && before != 'y' && before != 'i' &&
      (stem.size() == 2 || !IsDigraph(stem.substr(stem.size() - 3, 2)));
  if (open) {
    std::string doubled = devoiced;
    doubled.insert(doubled.size() - 1, 1, before);
    bases.push_back(std::move(doubled));
  }
  // definiëren → definieer, reële → reëel: written apart with a diaeresis.
  if (!open && before == 'e' && !IsVowel(last) && stem.size() > 3 &&
      IsVowel(stem[stem.size() - 3])) {
    bases.push_back(std::string(stem.substr(0, stem.size() - 1)) + "e" + last);
  }
  if (last == 'i') bases.push_back(std::string(stem) + "e");
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
  for (const auto& [stem_end, infinitive_end] : kShortVerbs) {
    if (base.ends_with(stem_end)) {
      return lexicon_.Contains(base + std::string(infinitive_end));
    }
  }
  if (base.size() < 3) return false;
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
  // "contract", plural "contracten", has no past.
  return !Known(infinitives).empty() && (last != 't' || HasAnyPast(base));
}

// A noun has a diminutive. "draaitje" is one of "draai" though, not of
// "draait"; there the plural tells.
bool DutchLemmatizer::IsNoun(const std::string& word) const {
  std::string form;
  form.reserve(word.size() + 3);
  const auto has = [&](std::string_view ending) {
    form.assign(word).append(ending);
    return lexicon_.Contains(form);
  };
  if (has("tje") || has("pje")) return true;
  if (!has("je")) return false;
  const std::string shorter = Without(word, 1);
  const bool tells = word.back() != 't' || shorter.empty() ||
                     !(IsVowel(shorter.back()) || shorter.back() == 'w' ||
                       shorter.back() == 'l' || shorter.back() == 'n' ||
                       shorter.back() == 'r') ||
                     !lexicon_.Contains(shorter);
  return tells || has("en");
}

// ruimte, ruimtes: a noun, though "ruimt" is one of the forms of "ruimen".
bool DutchLemmatizer::IsNounInE(const std::string& word) const {
  return word.ends_with("e") && lexicon_.Contains(word) &&
         lexicon_.Contains(word + "s");
}

// Is it a verb's own stem in -t or -d (haast, haastte), not a form of another
// (knapt, of knap)?
bool DutchLemmatizer::HasPast(const std::string& stem) const {
  return lexicon_.Contains(stem + (stem.ends_with("d") ? "de" : "te"));
}

// The same, weak or strong, behind a prefix or not: "haast", "uitsluit".
bool DutchLemmatizer::HasAnyPast(const std::string& stem) const {
  if (HasPast(stem) || irregular_bases_.contains(stem)) return true;
  return std::ranges::any_of(kVerbPrefixes, [&](std::string_view prefix) {
    if (!stem.starts_with(prefix)) return false;
    const std::string rest = stem.substr(prefix.size());
    return irregular_bases_.contains(rest) ||
           (rest.size() > 2 && HasPast(rest));  // terugstort, as stortte
  });
}

std::string DutchLemmatizer::FromPlural(const std::string& word) const {
  if (EndsWith(word, "heden")) return Without(word, 5) + "heid";
  if (!EndsWith(word, "en")) return {};
  if (IsVerbStem(word)) return {};  // reken, of rekenen
  const std::string stem = Without(word, 2);
  const std::vector<std::string> bases = DutchBasesOfOpenStem(stem);
  for (const std::string& base : bases) {
    // lezen is of lees, not of les, though both are words: it has a long vowel.
    const bool shortened = base.back() != stem.back() && base != bases.front();
    if (shortened && IsVerbStem(bases.front())) continue;
    if (lexicon_.Contains(base) && IsNoun(base)) return base;
  }
  if (std::string noun = Without(word, 1); IsNounInE(noun)) return noun;
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
    // autootje, paginaatje
    const size_t size = base.size();
    if (ending == "tje" && size > 3 && base[size - 1] == base[size - 2] &&
        lexicon_.Contains(Without(base, 1))) {
      return Without(base, 1);
    }
  }
  return {};
}

// ge…d, ge…t, and without ge- behind be-, ver- …; "ingelogd" → "inlog".
std::string DutchLemmatizer::FromParticiple(const std::string& word) const {
  if (EndsWith(word, "de", 4) || EndsWith(word, "te", 4)) {
    return word.find("ge") < 8 && !lexicon_.Contains(Without(word, 1))
               ? FromParticiple(Without(word, 1))
               : std::string();
  }
  if (word.size() < 5 || (word.back() != 'd' && word.back() != 't') ||
      IsNoun(word)) {
    return {};
  }
  if (word.starts_with("ge")) {
    if (std::string stem = StemInParticiple("", word.substr(2));
        !stem.empty()) {
      return stem;
    }
  }
  for (const std::string_view prefix : kVerbPrefixes) {
    if (!word.starts_with(prefix)) continue;
    const std::string rest = word.substr(prefix.size());
    if (IsSeparable(prefix) && rest.starts_with("ge") && rest.size() > 4) {
      const std::string stem = StemInParticiple(prefix, rest.substr(2));
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

// The stem of what stands behind ge-: "logd" → "log", "praat" → "praat". The
// verb is known with its particle, without it, or both.
std::string DutchLemmatizer::StemInParticiple(std::string_view particle,
                                              const std::string& body) const {
  const auto is_verb = [&](const std::string& stem) {
    return IsVerbStem(stem) || IsVerbStem(std::string(particle) + stem);
  };
  const std::string bare = Without(body, 1);
  const bool own_stem = is_verb(body);
  if (is_verb(bare) && !(own_stem && HasPast(body))) return bare;
  return own_stem ? body : std::string();
}

// werkt → werk. A noun in -t ("kast") is no verb of "kas".
std::string DutchLemmatizer::FromThirdPerson(const std::string& word) const {
  if (!EndsWith(word, "t", 2) || IsNoun(word)) return {};
  if (IsVerbStem(word) && HasPast(word)) return {};  // haast, haastte
  std::string stem = Without(word, 1);
  return IsVerbStem(stem) ? stem : std::string();
}

std::string DutchLemmatizer::FromPast(const std::string& word) const {
  for (const std::string_view ending : {"ten", "den", "te", "de"}) {
    if (!EndsWith(word, ending, 3)) continue;
    const bool plural = ending.size() == 3;
    // planten, waarden: plurals of nouns; haasten, landen: infinitives.
    if (IsNounInE(plural ? Without(word, 1) : word)) return {};
    if (plural && (IsNoun(Without(word, 2)) || HasPast(Without(word, 2)))) {
      return {};
    }
    std::string stem = Without(word, ending.size());
    if (IsVerbStem(stem)) return stem;
  }
  return {};
}

// sneller, duurder, goedkoper, liever
bool DutchLemmatizer::HasComparative(const std::string& base) const {
  const std::string ending = base.ends_with("r") ? "der" : "er";
  if (lexicon_.Contains(base + ending)) return true;
  std::string open = base;
  if (open.back() == 'f') open.back() = 'v';
  if (open.back() == 's') open.back() = 'z';
  const size_t size = open.size();
  if (size > 2 && IsVowel(open[size - 2]) && open[size - 2] == open[size - 3]) {
    open.erase(size - 2, 1);
  }
  return lexicon_.Contains(open + ending);
}

std::string DutchLemmatizer::FromAdjective(const std::string& word) const {
  if (EndsWith(word, "e", 3) && !IsNoun(word) && !IsNounInE(word)) {
    const std::string base = Known(DutchBasesOfOpenStem(Without(word, 1)));
    if (!base.empty()) return base;
  }
  // duurder
  if (EndsWith(word, "rder", 3) || EndsWith(word, "rdere", 3)) {
    const std::string base = word.substr(0, word.rfind('d'));
    if (lexicon_.Contains(base) && lexicon_.Contains(base + "st")) return base;
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
    if (lexicon_.Contains(base) && HasComparative(base)) return base;
  }
  return {};
}

// The stem of the verb that the word is a form of, or empty. It is a base:
// "rentten" is of "rent", and that no form of "ren".
std::string DutchLemmatizer::VerbBase(const std::string& word) const {
  using Step = std::string (DutchLemmatizer::*)(const std::string&) const;
  static constexpr std::array<Step, 3> kSteps = {
      &DutchLemmatizer::FromParticiple, &DutchLemmatizer::FromThirdPerson,
      &DutchLemmatizer::FromPast};
  for (const Step step : kSteps) {
    if (std::string base = (this->*step)(word); !base.empty()) return base;
  }
  return {};
}

// One step towards the base of a noun or adjective, or empty.
std::string DutchLemmatizer::Reduce(const std::string& word) const {
  using Step = std::string (DutchLemmatizer::*)(const std::string&) const;
  static constexpr std::array<Step, 4> kSteps = {
      &DutchLemmatizer::FromDiminutive, &DutchLemmatizer::FromPlural,
      &DutchLemmatizer::FromS, &DutchLemmatizer::FromAdjective};
  for (const Step step : kSteps) {
    std::string base = (this->*step)(word);
    if (!base.empty() && base != word) return base;
  }
  return {};
}

bool DutchLemmatizer::FromPrefixedIrregular(
    const std::string& word, std::vector<std::string>* bases) const {
  std::string with_ge;
  for (const std::string_view prefix : kVerbPrefixes) {
    if (!word.starts_with(prefix)) continue;
    const absl::string_view rest(word.data() + prefix.size(),
                                 word.size() - prefix.size());
    auto found = irregulars_.find(rest);
    // be-, ver- … take the place of ge-: "verzonden" is of "gezonden".
    if (found == irregulars_.end() && !IsSeparable(prefix)) {
      with_ge.assign("ge").append(rest.data(), rest.size());
      found = irregulars_.find(with_ge);
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
  bool known = lexicon_.Contains(word);
  for (int step = 0; step < kMaxSteps; ++step) {
    if (const auto found = irregulars_.find(word); found != irregulars_.end()) {
      bases->insert(bases->end(), found->second.begin(), found->second.end());
      return;
    }
    if (FromPrefixedIrregular(word, bases)) {
      // "afspraken": of the verb, and plural of "afspraak".
      std::string noun = FromPlural(word);
      if (!noun.empty() && IsNoun(noun)) bases->push_back(std::move(noun));
      return;
    }
    std::string base = VerbBase(word);
    const bool is_final = !base.empty();
    if (!is_final) base = Reduce(word);
    if (base.empty()) break;
    word = std::move(base);
    known = true;
    if (is_final) break;
  }
  if (!known) {
    LemmatizeUnknown(word, bases);
    return;
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
