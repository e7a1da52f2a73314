// build-lemma-table CODE AFF DIC CORRECTIONS OUT
// Writes the lemma table of a language whose dictionary names its lemmas.
#include <algorithm>
#include <array>
#include <cstring>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "analyzers/characters.h"
#include "analyzers/fold.h"
#include "analyzers/resource_folder.h"
#include "analyzers/tables/affix_expander.h"
#include "analyzers/tables/lemma_table_builder.h"
#include "analyzers/tables/russian_links.h"
#include "analyzers/tables/russian_nouns.h"

namespace {

using kbsearch::analyzers::AffixExpander;
using kbsearch::analyzers::DecodeUtf8;
using kbsearch::analyzers::Fold;
using kbsearch::analyzers::IsDigit;
using kbsearch::analyzers::IsUpper;
using kbsearch::analyzers::LemmaTableBuilder;
using kbsearch::analyzers::ResourceFolder;
using kbsearch::analyzers::RussianLinks;
using kbsearch::analyzers::RussianNouns;

// Names are left to the stemmer; forms with signs in them are no single words.
bool IsCommonWord(const std::string& word) {
  size_t i = 0;
  const char32_t first = DecodeUtf8(word, &i);
  return word.size() > 1 && !IsUpper(first) && !IsDigit(first) &&
         word.find_first_of("-. /0123456789") == std::string::npos;
}

// What AffixExpander lists: the forms of each dictionary word.
using Forms = std::map<std::string, std::set<std::string>>;

Forms FormsByWord(const AffixExpander& dictionary) {
  Forms forms;
  dictionary.ForEachForm([&](const std::string& form, const std::string& word) {
    if (IsCommonWord(form)) forms[word].insert(form);
  });
  return forms;
}

std::string FoldWord(const std::string& word) {
  return Fold(std::string_view(word));
}

// Nouns of action: remboursement – rembourser, annulation – annuler, envoi –
// envoyer.
std::vector<std::string> FrenchVerbsBehind(const std::string& noun,
                                           const Forms& dictionary) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 14>
      kEndings = {{{"ification", "ifier"},
                   {"iement", "yer"},
                   {"issement", "ir"},
                   {"ement", "er"},
                   {"ication", "iquer"},
                   {"ation", "er"},
                   {"ition", "ir"},
                   {"édition", "édier"},
                   {"ession", "imer"},
                   {"cription", "crire"},
                   {"uction", "uire"},
                   {"ection", "ecter"},
                   {"age", "er"},
                   {"oi", "oyer"}}};
  std::vector<std::string> verbs;
  for (const auto& [ending, infinitive] : kEndings) {
    const size_t min_rest = ending == "iement" ? 2 : 3;  // paiement
    if (noun.size() < ending.size() + min_rest || !noun.ends_with(ending))
      continue;
    std::string verb = noun.substr(0, noun.size() - ending.size());
    verb += infinitive;
    if (dictionary.contains(verb)) verbs.push_back(std::move(verb));
  }
  return verbs;
}

void AddFrench(const Forms& dictionary, LemmaTableBuilder* builder) {
  for (const auto& [word, forms] : dictionary) {
    std::vector<std::string> lemmas = FrenchVerbsBehind(word, dictionary);
    lemmas.push_back(word);
    for (const std::string& form : forms) {
      for (const std::string& lemma : lemmas) builder->Add(form, lemma);
    }
  }
}

// Imperatives are entries whose only other forms end in -те or -ка.
bool IsLone(const std::string& word, const std::set<std::string>& forms) {
  return std::ranges::all_of(forms, [&](const std::string& form) {
    return form == word || form == word + "те" || form == word + "тесь";
  });
}

// Nouns in -ние and -тие have a plural that the dictionary often leaves out:
// перетаскивание, перетаскиваний. `noun` is folded; empty for other words.
std::vector<std::string> RussianPluralForms(const std::string& noun) {
  std::vector<std::string> forms;
  if (!noun.ends_with("ние") && !noun.ends_with("тие")) return forms;
  const std::string stem = noun.substr(0, noun.size() - std::strlen("е"));
  for (const char* ending : {"я", "й", "ям", "ями", "ях"}) {
    forms.push_back(stem + ending);
  }
  return forms;
}

bool IsRussianInfinitive(const std::string& word) {
  return word.ends_with("ть") || word.ends_with("ти") || word.ends_with("чь") ||
         word.ends_with("ться") || word.ends_with("тись") ||
         word.ends_with("чься");
}

// ё is е here: texts hold both, and so does the dictionary.
struct RussianWords {
  absl::flat_hash_set<std::string> forms;      // all there are
  absl::flat_hash_set<std::string> entries;    // dictionary words
  absl::flat_hash_set<std::string> headwords;  // those that inflect
  absl::flat_hash_set<std::string> lemmas;     // and infinitives that do not
  // Forms → the headwords that they are of.
  absl::flat_hash_map<std::string, std::vector<std::string>> owners;
};

RussianWords FoldRussian(const Forms& dictionary) {
  RussianWords words;
  for (const auto& [word, forms] : dictionary) {
    const std::string folded = FoldWord(word);
    words.entries.insert(folded);
    const bool inflects = !IsLone(word, forms);
    if (inflects) words.headwords.insert(folded);
    if (inflects || IsRussianInfinitive(folded)) words.lemmas.insert(folded);
    for (const std::string& form : forms) {
      const std::string folded_form = FoldWord(form);
      words.forms.insert(folded_form);
      if (inflects) words.owners[folded_form].push_back(folded);
    }
  }
  return words;
}

void AddUnique(std::string word, std::vector<std::string>* words) {
  if (!word.empty() && std::ranges::find(*words, word) == words->end()) {
    words->push_back(std::move(word));
  }
}

class RussianLemmas {
 public:
  explicit RussianLemmas(const RussianWords& words)
      : links_(words.lemmas, words.owners), nouns_(words.forms, words.entries) {
    for (const std::string& entry : words.entries) {
      if (words.headwords.contains(entry)) continue;
      nominatives_.insert(nouns_.NominativeOf(entry));
    }
  }

  // Of a dictionary entry that inflects. `forms` are its own.
  std::vector<std::string> OfHeadword(
      const std::string& word, const std::set<std::string>& forms) const {
    const std::string folded = FoldWord(word);
    if (forms.contains(word + "ла")) {  // "мог", with "могла", "могли"
      std::vector<std::string> verbs = links_.InfinitivesOfPast(folded);
      if (!verbs.empty()) return verbs;
    }
    std::vector<std::string> lemmas = links_.VerbsBehind(folded);
    std::string singular = nouns_.SingularOf(folded);
    AddUnique(singular.empty() ? folded : std::move(singular), &lemmas);
    return lemmas;
  }

  // Of an entry that is a form of another.
  std::vector<std::string> OfLoneForm(const std::string& word) const {
    const std::string folded = FoldWord(word);
    std::vector<std::string> lemmas = links_.LemmasOfLoneForm(folded);
    if (nominatives_.contains(folded)) AddUnique(folded, &lemmas);
    AddUnique(nouns_.NominativeOf(folded), &lemmas);
    if (lemmas.empty()) lemmas.push_back(folded);
    return lemmas;
  }

 private:
  RussianLinks links_;
  RussianNouns nouns_;
  // Of the nouns whose forms are entries: "угол" of "угла", "углы".
  absl::flat_hash_set<std::string> nominatives_;
};

void AddRussian(const Forms& dictionary, LemmaTableBuilder* builder) {
  const RussianWords words = FoldRussian(dictionary);
  const RussianLemmas russian(words);
  for (const auto& [word, forms] : dictionary) {
    const std::string folded = FoldWord(word);
    const bool inflects = words.headwords.contains(folded);
    const std::vector<std::string> lemmas =
        inflects ? russian.OfHeadword(word, forms) : russian.OfLoneForm(word);
    for (const std::string& lemma : lemmas) {
      for (const std::string& form : forms) {
        builder->Add(FoldWord(form), lemma);
      }
      if (!inflects) continue;
      for (const std::string& form : RussianPluralForms(folded)) {
        builder->Add(form, lemma);
      }
    }
  }
}

absl::Status Build(std::string_view code, const std::string& aff,
                   const std::string& dic, const std::string& corrections,
                   const std::string& out) {
  const absl::StatusOr<AffixExpander> dictionary =
      AffixExpander::Read(aff, dic);
  if (!dictionary.ok()) return dictionary.status();
  LemmaTableBuilder builder;
  (code == "ru" ? AddRussian : AddFrench)(FormsByWord(*dictionary), &builder);
  const auto table = ResourceFolder("").ReadTable(corrections);
  if (!table.ok()) return table.status();
  for (const std::vector<std::string>& line : *table) {
    builder.Override(line[0], {line.begin() + 1, line.end()});
  }
  return builder.Write(out);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) {
    std::cerr << "usage: build-lemma-table fr|ru AFF DIC CORRECTIONS OUT\n";
    return 2;
  }
  const absl::Status status =
      Build(argv[1], argv[2], argv[3], argv[4], argv[5]);
  if (!status.ok()) std::cerr << "error: " << status << "\n";
  return status.ok() ? 0 : 1;
}
