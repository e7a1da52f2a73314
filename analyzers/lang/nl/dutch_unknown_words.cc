// What DutchLemmatizer makes of words that the lexicon does not have.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzers/lang/nl/dutch_lemmatizer.h"

namespace kbsearch::analyzers {
namespace {

bool EndsWith(const std::string& word, std::string_view ending,
              size_t min_rest) {
  return word.size() >= ending.size() + min_rest && word.ends_with(ending);
}

}  // namespace

// A word that no list has is inflected as its last part: celverwijzingen →
// cel + verwijzing, uitcheckt → uit + check. 0 when no part is known.
size_t DutchLemmatizer::LastPart(const std::string& word) const {
  constexpr size_t kMinPart = 4;
  constexpr size_t kMinPartOfUnknown = 5;
  const std::string_view letters = word;
  size_t behind_unknown = 0;
  for (size_t cut = 2; cut + kMinPart <= letters.size(); ++cut) {
    const std::string_view tail = letters.substr(cut);
    if (!lexicon_.Contains(tail)) continue;
    const std::string_view head = letters.substr(0, cut);
    const bool linked = head.back() == 's' && head.size() > 3;
    if (lexicon_.Contains(head) ||
        (linked && lexicon_.Contains(head.substr(0, cut - 1)))) {
      return cut;
    }
    if (behind_unknown == 0 && tail.size() >= kMinPartOfUnknown) {
      behind_unknown = cut;
    }
  }
  return behind_unknown;
}

// Forms of verbs that dictionaries do not inflect: "gestreamd", "getweet",
// "streamt"; "gedeinstalleerd", as all verbs in -eren are regular.
std::string DutchLemmatizer::FromForeignVerb(const std::string& word) const {
  const bool ge = word.starts_with("ge");
  for (const std::string_view ending : {"eerd", "eerde", "eerden", "eert"}) {
    if (!EndsWith(word, ending, 4)) continue;
    const size_t begin = ge && ending != "eert" ? 2 : 0;
    return word.substr(begin, word.size() - begin - (ending.size() - 3));
  }
  const bool in_dental = word.ends_with("d") || word.ends_with("t");
  if (!in_dental || word.size() < 6) return {};
  if (ge) {
    for (std::string stem : {word.substr(2, word.size() - 3), word.substr(2)}) {
      if (stem.size() > 3 && lexicon_.Contains(stem)) return stem;
    }
  }
  std::string stem = word.substr(0, word.size() - 1);
  const bool is_verb = lexicon_.Contains(stem + "en") ||
                       lexicon_.Contains(stem + stem.back() + "en");
  return word.ends_with("t") && is_verb && lexicon_.Contains(stem)
             ? stem
             : std::string();
}

void DutchLemmatizer::LemmatizeUnknown(const std::string& word,
                                       std::vector<std::string>* bases) const {
  if (std::string stem = FromForeignVerb(word); !stem.empty()) {
    bases->push_back(std::move(stem));
    return;
  }
  const size_t cut = LastPart(word);
  if (cut > 0) {
    std::vector<std::string> tails;
    Lemmatize(word.substr(cut), &tails);
    for (const std::string& tail : tails) {
      bases->push_back(word.substr(0, cut) + tail);
    }
    return;
  }
  // A foreign plural: "widgets". Others have an apostrophe ("menu's").
  const bool plural = EndsWith(word, "s", 4) &&
                      std::string_view("aiosuxz").find(word[word.size() - 2]) ==
                          std::string_view::npos;
  bases->push_back(plural ? word.substr(0, word.size() - 1) : word);
}

}  // namespace kbsearch::analyzers
