#include "analyzers/lang/el/greek_stemmer.h"

#include <algorithm>
#include <array>

#include "analyzers/characters.h"

namespace kbsearch::analyzers {
namespace {

using Letters = std::u32string_view;

constexpr size_t kMinStem = 3;
constexpr size_t kMinWord = 4;

// Passive aorist; the letter before is the stem's ("ρυθμισ|τηκε").
constexpr std::array<Letters, 14> kPassiveAorist = {
    U"ηκαμε", U"ηκατε", U"ηκανε", U"ηκεσ", U"ηκαν", U"ηκα", U"ηκε",
    U"ουμε",  U"ειτε",  U"ουνε",  U"εισ",  U"ουν",  U"ει",  U"ω"};

// Endings that only verbs have, longest first.
constexpr std::array<Letters, 41> kVerbEndings = {
    U"ομασταν", U"οσασταν", U"ουμασταν", U"ομαστε", U"ουμαστε", U"οσαστε",
    U"ιομαστε", U"ουνται",  U"ομουνα",   U"ομουν",  U"οσουν",   U"ονταν",
    U"ονται",   U"ωνται",   U"ουμαι",    U"ωντασ",  U"οντασ",   U"ειται",
    U"ομαι",    U"εσαι",    U"εται",     U"αμαι",   U"ασαι",    U"αται",
    U"ιεμαι",   U"ιεσαι",   U"ιεται",    U"ουσαμε", U"ουσατε",  U"ουσαν",
    U"ουσεσ",   U"ουσα",    U"ουσε",     U"εστε",   U"οταν",    U"ουμε",
    U"ουνε",    U"αμε",     U"ετε",      U"ουν",    U"ατε"};

// Endings of nouns, adjectives and (some) of verbs too, longest first.
constexpr std::array<Letters, 37> kEndings = {
    U"ματων", U"ματοσ", U"ματα", U"οντων", U"οντοσ", U"οντα", U"εδεσ", U"εδων",
    U"εωσ",   U"εων",   U"εισ",  U"εασ",   U"ουσ",   U"αει",  U"ανε",  U"αν",
    U"αω",    U"ων",    U"ου",   U"οσ",    U"οι",    U"ησ",   U"εσ",   U"ασ",
    U"εα",    U"ει",    U"υσ",   U"ον",    U"μα",    U"ω",    U"ο",    U"η",
    U"ε",     U"α",     U"ι",    U"υ",     U"ειτε"};

// Endings after which a stem may be a verb's.
bool MayBeVerbal(Letters ending) {
  static constexpr std::array<Letters, 12> kBoth = {
      U"εισ", U"αει", U"ανε", U"αν", U"αω", U"ασ",
      U"ει",  U"εσ",  U"ω",   U"ε",  U"α",  U"ειτε"};
  return std::ranges::find(kBoth, ending) != kBoth.end();
}

struct Cut {
  std::u32string stem;
  bool may_be_verb = false;
  bool past = false;  // the ending is one of past tenses
};

bool IsPastEnding(Letters ending) {
  return ending == U"α" || ending == U"εσ" || ending == U"ε" ||
         ending == U"αμε" || ending == U"ατε" || ending == U"αν" ||
         ending == U"ανε";
}

// "ακυρωθηκε" → "ακυρω", "ρυθμιστει" → "ρυθμισ"; empty when it is none.
std::u32string CutPassiveAorist(Letters word) {
  for (const Letters ending : kPassiveAorist) {
    if (!word.ends_with(ending)) continue;
    const Letters rest = word.substr(0, word.size() - ending.size());
    if (rest.size() < kMinStem + 2) continue;
    const char32_t mark = rest.back();
    const char32_t before = rest[rest.size() - 2];
    const bool theta = mark == U'θ';
    const bool tau = mark == U'τ' && (before == U'σ' || before == U'χ' ||
                                      before == U'φ' || before == U'υ');
    if (theta || tau) return std::u32string(rest.substr(0, rest.size() - 1));
  }
  return {};
}

// -μα, -ματα … leave μ; -ον, -οντα … leave οντ: their nominatives differ.
Letters KeptLetters(Letters ending) {
  if (ending.starts_with(U"μα")) return U"μ";
  if (ending.starts_with(U"οντ") || ending == U"ον") return U"οντ";
  return {};
}

Cut CutEnding(Letters word) {
  for (const Letters ending : kVerbEndings) {
    if (word.ends_with(ending) && word.size() >= ending.size() + kMinStem) {
      return {std::u32string(word.substr(0, word.size() - ending.size())), true,
              IsPastEnding(ending)};
    }
  }
  for (const Letters ending : kEndings) {
    const Letters kept = KeptLetters(ending);
    if (!word.ends_with(ending) ||
        word.size() + kept.size() < ending.size() + kMinStem) {
      continue;
    }
    std::u32string stem(word.substr(0, word.size() - ending.size()));
    stem.append(kept);
    return {std::move(stem), MayBeVerbal(ending), IsPastEnding(ending)};
  }
  return {std::u32string(word), false, false};
}

// τιμολογι|ο, παραγγελι|α, κουμπι|α: the ι goes with the ending.
void DropFinalIota(std::u32string* stem) {
  if (stem->size() > 4 && stem->back() == U'ι') stem->pop_back();
}

bool Replace(Letters stem, Letters from, Letters to, std::u32string* out) {
  if (!stem.ends_with(from) || stem.size() < from.size() + 2) return false;
  *out = std::u32string(stem.substr(0, stem.size() - from.size()));
  out->append(to);
  return out->size() >= kMinStem;
}

struct Rewrite {
  Letters from;
  Letters to;
};

// Stems of aorists, participles and verbal nouns → the present's.
constexpr std::array kCommonRewrites = {
    Rewrite{U"ισμεν", U"ιζ"}, Rewrite{U"ασμεν", U"αζ"}, Rewrite{U"ωμεν", U"ω"},
    Rewrite{U"ημεν", U""},    Rewrite{U"γμεν", U"ξ"},   Rewrite{U"μμεν", U"ψ"},
    Rewrite{U"ευμεν", U"ευ"}, Rewrite{U"ισμ", U"ιζ"},   Rewrite{U"ασμ", U"αζ"},
    Rewrite{U"ευσ", U"ευ"},   Rewrite{U"ωσ", U"ω"},     Rewrite{U"ωμ", U"ω"},
    Rewrite{U"ισ", U"ιζ"},    Rewrite{U"ασ", U"αζ"},    Rewrite{U"ησ", U""},
};

// The same, where the ending says that it is a verb.
constexpr std::array kVerbRewrites = {
    Rewrite{U"λτ", U"λ"},    Rewrite{U"ρτ", U"ρ"},   Rewrite{U"ωνστ", U"ω"},
    Rewrite{U"ωστ", U"ω"},   Rewrite{U"ιστ", U"ιζ"}, Rewrite{U"αστ", U"αζ"},
    Rewrite{U"ευστ", U"ευ"}, Rewrite{U"ηστ", U""},   Rewrite{U"ξτ", U"ξ"},
    Rewrite{U"ψτ", U"ψ"},    Rewrite{U"ων", U"ω"},   Rewrite{U"ζ", U"ξ"},
    Rewrite{U"σσ", U"ξ"},    Rewrite{U"ττ", U"ξ"},   Rewrite{U"γχ", U"γξ"},
    Rewrite{U"γ", U"ξ"},     Rewrite{U"χ", U"ξ"},    Rewrite{U"κ", U"ξ"},
    Rewrite{U"φ", U"ψ"},     Rewrite{U"π", U"ψ"},    Rewrite{U"β", U"ψ"},
    Rewrite{U"ευ", U"εψ"},
};

// Past tenses put an ε before the stem or between it and its preposition.
constexpr std::array kAugments = {
    Rewrite{U"επε", U"επι"},    Rewrite{U"διε", U"δια"},
    Rewrite{U"κατε", U"κατα"},  Rewrite{U"υπε", U"υπο"},
    Rewrite{U"αντε", U"αντι"},  Rewrite{U"παρε", U"παρα"},
    Rewrite{U"απε", U"απο"},    Rewrite{U"μετε", U"μετα"},
    Rewrite{U"ανε", U"ανα"},    Rewrite{U"συνε", U"συν"},
    Rewrite{U"προσε", U"προσ"}, Rewrite{U"εξε", U"εκ"},
    Rewrite{U"ε", U""},
};

void AddUnique(std::u32string stem, std::vector<std::u32string>* stems) {
  if (stem.size() >= kMinStem &&
      std::ranges::find(*stems, stem) == stems->end()) {
    stems->push_back(std::move(stem));
  }
}

void AddWithoutAugment(Letters stem, std::vector<std::u32string>* stems) {
  if (stem.empty() || Letters(U"ψξσλρν").find(stem.back()) == Letters::npos) {
    return;
  }
  for (const Rewrite& augment : kAugments) {
    if (stem.size() < augment.from.size() + kMinStem ||
        !stem.starts_with(augment.from)) {
      continue;
    }
    std::u32string plain(augment.to);
    plain.append(stem.substr(augment.from.size()));
    AddUnique(std::move(plain), stems);
    return;
  }
}

std::vector<std::u32string> StemsOf(Letters word) {
  Cut cut;
  if (std::u32string stem = CutPassiveAorist(word); !stem.empty()) {
    cut = {std::move(stem), true, false};
    if (cut.stem.back() == U'η' && cut.stem.size() > kMinStem) {
      cut.stem.pop_back();  // ζητη|θηκε
    }
  } else {
    cut = CutEnding(word);
  }
  DropFinalIota(&cut.stem);
  std::vector<std::u32string> stems = {cut.stem};
  if (cut.past) AddWithoutAugment(cut.stem, &stems);
  const size_t roots = stems.size();
  for (size_t i = 0; i < roots; ++i) {
    const std::u32string root = stems[i];
    std::u32string changed;
    for (const Rewrite& rule : kCommonRewrites) {
      if (!Replace(root, rule.from, rule.to, &changed)) continue;
      AddUnique(changed, &stems);
      break;
    }
    if (!cut.may_be_verb) continue;
    for (const Rewrite& rule : kVerbRewrites) {
      if (!Replace(root, rule.from, rule.to, &changed)) continue;
      AddUnique(changed, &stems);
      break;
    }
  }
  return stems;
}

}  // namespace

void GreekStemmer::Stem(std::string_view folded,
                        std::vector<std::string>* stems) const {
  const absl::string_view key(folded.data(), folded.size());
  if (const auto known = exceptions_.find(key); known != exceptions_.end()) {
    stems->insert(stems->end(), known->second.begin(), known->second.end());
    return;
  }
  const std::u32string word = ToUtf32(folded);
  if (word.size() < kMinWord) {
    stems->emplace_back(folded);
    return;
  }
  for (const std::u32string& stem : StemsOf(word)) {
    std::string text = ToUtf8(stem);
    if (const auto aliases = stem_aliases_.find(text);
        aliases != stem_aliases_.end()) {
      stems->insert(stems->end(), aliases->second.begin(),
                    aliases->second.end());
    }
    stems->push_back(std::move(text));
  }
}

}  // namespace kbsearch::analyzers
