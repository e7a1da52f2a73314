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
constexpr std::array<Letters, 42> kVerbEndings = {
    U"ομασταν", U"οσασταν", U"ουμασταν", U"ομαστε", U"ουμαστε", U"οσαστε",
    U"ιομαστε", U"ουνται",  U"ομουνα",   U"ομουν",  U"οσουν",   U"ονταν",
    U"ονται",   U"ωνται",   U"ουμαι",    U"ωντασ",  U"οντασ",   U"ειται",
    U"ομαι",    U"εσαι",    U"εται",     U"αμαι",   U"ασαι",    U"αται",
    U"ιεμαι",   U"ιεσαι",   U"ιεται",    U"ουσαμε", U"ουσατε",  U"ουσαν",
    U"ουσεσ",   U"ουσα",    U"ουσε",     U"εστε",   U"οταν",    U"ουμε",
    U"ουνε",    U"ειτε",    U"αμε",      U"ετε",    U"ουν",     U"ατε"};

// Endings of nouns, adjectives and (some) of verbs too, longest first.
constexpr std::array<Letters, 37> kEndings = {
    U"οντεσ", U"ματων", U"ματοσ", U"ματα", U"οντων", U"οντοσ", U"οντα", U"εδεσ",
    U"εδων",  U"εωσ",   U"εων",   U"εισ",  U"εασ",   U"ουσ",   U"αει",  U"ανε",
    U"αν",    U"αω",    U"ων",    U"ου",   U"οσ",    U"οι",    U"ησ",   U"εσ",
    U"ασ",    U"εα",    U"ει",    U"υσ",   U"ον",    U"μα",    U"ω",    U"ο",
    U"η",     U"ε",     U"α",     U"ι",    U"υ"};

// Endings after which a stem may be a verb's.
bool MayBeVerbal(Letters ending) {
  static constexpr std::array<Letters, 11> kBoth = {
      U"εισ", U"αει", U"ανε", U"αν", U"αω", U"ασ",
      U"ει",  U"εσ",  U"ω",   U"ε",  U"α"};
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
    // The second aorist has none: γράφηκε, κόπηκε.
    if (ending.starts_with(U"ηκ")) return std::u32string(rest);
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

// The same, where the ending says that it is a verb; longest first.
constexpr std::array kVerbRewrites = {
    Rewrite{U"ωνστ", U"ω"}, Rewrite{U"ωστ", U"ω"},   Rewrite{U"ιστ", U"ιζ"},
    Rewrite{U"αστ", U"αζ"}, Rewrite{U"ευστ", U"ευ"}, Rewrite{U"ηστ", U""},
    Rewrite{U"αιν", U"αν"}, Rewrite{U"λτ", U"λ"},    Rewrite{U"ρτ", U"ρ"},
    Rewrite{U"ξτ", U"ξ"},   Rewrite{U"ψτ", U"ψ"},    Rewrite{U"πτ", U"ψ"},
    Rewrite{U"ων", U"ω"},   Rewrite{U"υσ", U"υ"},    Rewrite{U"σσ", U"ξ"},
    Rewrite{U"ττ", U"ξ"},   Rewrite{U"γχ", U"γξ"},   Rewrite{U"χν", U"ξ"},
    Rewrite{U"ευ", U"εψ"},  Rewrite{U"ζ", U"ξ"},     Rewrite{U"γ", U"ξ"},
    Rewrite{U"χ", U"ξ"},    Rewrite{U"κ", U"ξ"},     Rewrite{U"φ", U"ψ"},
    Rewrite{U"π", U"ψ"},    Rewrite{U"β", U"ψ"},
};

// Verbs that keep more or less of their stem in the aorist than most; their
// stems count beside what the other rules give.
constexpr std::array kLooseRewrites = {
    // παρκάρω, παρκάρισα, παρκαρίστηκε, παρκαρισμένος, παρκάρισμα
    Rewrite{U"αρισμεν", U"αρ"}, Rewrite{U"αρισμ", U"αρ"},
    Rewrite{U"αριστ", U"αρ"},   Rewrite{U"αρισ", U"αρ"},
    Rewrite{U"εστ", U""},  // εκτελώ, εκτέλεσα, εκτελέστηκε
    Rewrite{U"εσ", U""},
};

// ευκολότερος, ευρύτερος, ευκολότατος go with ευκολ-, ευρ-.
constexpr std::array<Letters, 5> kDegrees = {U"εστερ", U"οτερ", U"υτερ",
                                             U"οτατ", U"υτατ"};

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

// Whatever the word may be: a word with a passive aorist's ending may be a noun
// (βιβλιοθήκες), one in -ομουν of an active verb (εξοικονομούν).
std::vector<Cut> CutsOf(Letters word) {
  std::vector<Cut> cuts;
  if (std::u32string stem = CutPassiveAorist(word); !stem.empty()) {
    const bool long_enough = stem.size() > kMinStem + 1;
    if (long_enough && stem.back() == U'η') stem.pop_back();  // ζητη|θηκε
    if (long_enough && stem.back() == U'ε') {  // αφαιρε|θηκε; συνδε|θηκε
      cuts.push_back({stem.substr(0, stem.size() - 1), true, false});
    }
    cuts.push_back({std::move(stem), true, false});
    // The θ may be the stem's own: ακολουθ|ει.
    const Letters tail = word.substr(word.size() - kMinStem - 2);
    const size_t theta = tail.find(U'θ');
    const bool own_theta =
        theta != Letters::npos && tail.find(U'κ', theta) == Letters::npos;
    if (own_theta || word.ends_with(U"ηκεσ")) cuts.push_back(CutEnding(word));
    return cuts;
  }
  cuts.push_back(CutEnding(word));
  const size_t size = word.size();
  for (const Letters ending : {Letters(U"ομουν"), Letters(U"οσουν")}) {
    if (word.ends_with(ending) && size > kMinStem + 3) {
      cuts.push_back({std::u32string(word.substr(0, size - 3)), true, false});
    }
  }
  // Imperatives in -σετε are short for it: προσθέστε, εγκαταστήστε.
  if (word.ends_with(U"στε") && size > kMinStem + 3) {
    cuts.push_back({std::u32string(word.substr(0, size - 2)), true, false});
  }
  // θέρμανε is of the stem θερμαν, μιλάνε of μιλ.
  if (word.ends_with(U"ανε") && size > kMinStem + 1) {
    cuts.push_back({std::u32string(word.substr(0, size - 1)), true, true});
  }
  // τρέχουσα, of τρέχων, τρέχοντος
  for (const Letters ending : {Letters(U"ουσα"), Letters(U"ουσασ"),
                               Letters(U"ουσεσ"), Letters(U"ουσων")}) {
    if (word.ends_with(ending) && size >= ending.size() + kMinStem) {
      cuts.push_back(
          {std::u32string(word.substr(0, size - ending.size())) + U"οντ", false,
           false});
    }
  }
  return cuts;
}

template <typename Rules>
void AddFirstRewrite(const Rules& rules, Letters stem,
                     std::vector<std::u32string>* stems) {
  std::u32string changed;
  for (const Rewrite& rule : rules) {
    if (!Replace(stem, rule.from, rule.to, &changed)) continue;
    DropFinalIota(&changed);
    AddUnique(std::move(changed), stems);
    return;
  }
}

void AddStemsOf(Cut cut, std::vector<std::u32string>* stems) {
  std::vector<std::u32string> roots = {cut.stem};
  // χέρι, χεριού: too short to lose its ι for certain.
  if (cut.stem.size() == kMinStem + 1 && cut.stem.back() == U'ι') {
    roots.push_back(cut.stem.substr(0, kMinStem));
  }
  DropFinalIota(&roots.front());
  for (const Letters degree : kDegrees) {
    if (cut.stem.ends_with(degree) &&
        cut.stem.size() >= degree.size() + kMinStem) {
      roots.push_back(cut.stem.substr(0, cut.stem.size() - degree.size()));
      DropFinalIota(&roots.back());
      break;
    }
  }
  if (cut.past) AddWithoutAugment(roots.front(), &roots);
  for (const std::u32string& root : roots) {
    AddUnique(root, stems);
    AddFirstRewrite(kCommonRewrites, root, stems);
    const bool of_verb = cut.may_be_verb || root.ends_with(U'σ') ||
                         root.ends_with(U"αρισμ") || root.ends_with(U"αρισμεν");
    if (!of_verb) continue;
    AddFirstRewrite(kLooseRewrites, root, stems);
    if (cut.may_be_verb) AddFirstRewrite(kVerbRewrites, root, stems);
  }
}

std::vector<std::u32string> StemsOf(Letters word, bool* may_be_verb) {
  std::vector<std::u32string> stems;
  *may_be_verb = false;
  for (const Cut& cut : CutsOf(word)) {
    *may_be_verb |= cut.may_be_verb || cut.stem.ends_with(U'σ');
    AddStemsOf(cut, &stems);
  }
  return stems;
}

// Prepositions as verbs have them in front, before vowels, before rough ones,
// before consonants they yield to, and with a past tense's augment.
constexpr std::array kPrepositions = {
    Rewrite{U"ανα", U"ανα"},    Rewrite{U"ανε", U"ανα"},
    Rewrite{U"αν", U"ανα"},     Rewrite{U"αντι", U"αντι"},
    Rewrite{U"αντε", U"αντι"},  Rewrite{U"αντ", U"αντι"},
    Rewrite{U"ανθ", U"αντι"},   Rewrite{U"απο", U"απο"},
    Rewrite{U"απε", U"απο"},    Rewrite{U"απ", U"απο"},
    Rewrite{U"αφ", U"απο"},     Rewrite{U"δια", U"δια"},
    Rewrite{U"διε", U"δια"},    Rewrite{U"δι", U"δια"},
    Rewrite{U"εισε", U"εισ"},   Rewrite{U"εισ", U"εισ"},
    Rewrite{U"εκ", U"εκ"},      Rewrite{U"εξε", U"εκ"},
    Rewrite{U"εξ", U"εκ"},      Rewrite{U"εν", U"εν"},
    Rewrite{U"ενε", U"εν"},     Rewrite{U"εμ", U"εν"},
    Rewrite{U"εγ", U"εν"},      Rewrite{U"επι", U"επι"},
    Rewrite{U"επε", U"επι"},    Rewrite{U"επ", U"επι"},
    Rewrite{U"εφ", U"επι"},     Rewrite{U"κατα", U"κατα"},
    Rewrite{U"κατε", U"κατα"},  Rewrite{U"κατ", U"κατα"},
    Rewrite{U"καθ", U"κατα"},   Rewrite{U"μετα", U"μετα"},
    Rewrite{U"μετε", U"μετα"},  Rewrite{U"μετ", U"μετα"},
    Rewrite{U"παρα", U"παρα"},  Rewrite{U"παρε", U"παρα"},
    Rewrite{U"παρ", U"παρα"},   Rewrite{U"περι", U"περι"},
    Rewrite{U"περιε", U"περι"}, Rewrite{U"προ", U"προ"},
    Rewrite{U"προε", U"προ"},   Rewrite{U"προσ", U"προσ"},
    Rewrite{U"προσε", U"προσ"}, Rewrite{U"συν", U"συν"},
    Rewrite{U"συνε", U"συν"},   Rewrite{U"συμ", U"συν"},
    Rewrite{U"συγ", U"συν"},    Rewrite{U"συλ", U"συν"},
    Rewrite{U"συ", U"συν"},     Rewrite{U"υπερ", U"υπερ"},
    Rewrite{U"υπερε", U"υπερ"}, Rewrite{U"υπο", U"υπο"},
    Rewrite{U"υπε", U"υπο"},    Rewrite{U"υπ", U"υπο"},
    Rewrite{U"υφ", U"υπο"},     Rewrite{U"ξανα", U"ξανα"},
};
constexpr int kMaxPrepositions = 3;  // αντι-κατα-, επ-ανα-, απ-εγ-κατα-

}  // namespace

// ανεθεσ → ανα-θετ, εγκατεστησ → ενκατα-ιστ. Appends every reading.
void GreekStemmer::AddRoots(Letters stem, const std::string& prepositions,
                            int depth, std::vector<std::string>* roots) const {
  if (const auto known = verb_roots_.find(ToUtf8(stem));
      known != verb_roots_.end()) {
    for (const std::string& root : known->second) {
      // The hyphen keeps it apart from the stems of nouns (έκθεση, εκθέτης).
      std::string whole = prepositions + "-" + root;
      if (std::ranges::find(*roots, whole) == roots->end()) {
        roots->push_back(std::move(whole));
      }
    }
  }
  if (depth == kMaxPrepositions) return;
  for (const Rewrite& preposition : kPrepositions) {
    if (stem.size() <= preposition.from.size() ||
        !stem.starts_with(preposition.from)) {
      continue;
    }
    AddRoots(stem.substr(preposition.from.size()),
             prepositions + ToUtf8(preposition.to), depth + 1, roots);
  }
}

// ασύρματος, ασύρματη, ασύρματα: its forms look like those of a noun in -μα.
std::string GreekStemmer::AdjectiveStem(std::string_view folded) const {
  for (const std::string_view ending :
       {"ματοσ", "ματα", "ματων", "ματουσ", "ματε"}) {
    if (!folded.ends_with(ending)) continue;
    std::string stem(folded.substr(0, folded.size() - ending.size()));
    stem += "ματ";
    if (lexicon_.Contains(stem + "η") && lexicon_.Contains(stem + "ο")) {
      return stem;
    }
  }
  return {};
}

// An aorist hides its stem's last letter, which the noun of action shows:
// διαγράψτε – διαγραφή, διακόψω – διακοπή, αλλάξτε – αλλαγή.
void GreekStemmer::AddNounStems(Letters stem,
                                std::vector<std::string>* stems) const {
  if (stem.size() < kMinStem) return;
  const Letters hidden = stem.back() == U'ψ'   ? Letters(U"φπβ")
                         : stem.back() == U'ξ' ? Letters(U"γκχ")
                                               : Letters();
  for (const char32_t letter : hidden) {
    std::u32string noun(stem.substr(0, stem.size() - 1));
    noun.push_back(letter);
    std::string text = ToUtf8(noun);
    if (lexicon_.Contains(text + "η")) stems->push_back(std::move(text));
  }
}

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
  if (std::string stem = AdjectiveStem(folded); !stem.empty()) {
    stems->push_back(std::move(stem));
  }
  bool may_be_verb = false;
  for (const std::u32string& stem : StemsOf(word, &may_be_verb)) {
    if (may_be_verb) {
      AddRoots(stem, "", 0, stems);
      AddNounStems(stem, stems);
    }
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
