#include "indexer/boilerplate/boilerplate_phrases.h"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "analyzers/fold.h"
#include "indexer/boilerplate_texts.h"

namespace kbsearch::indexer {
namespace {

using PhraseSet = absl::flat_hash_set<std::string>;

struct Phrases {
  // By their first word, to try only those that may begin at a word.
  absl::flat_hash_map<std::string, std::vector<std::string>> notices;
  PhraseSet labels;
  PhraseSet tails;
  std::vector<std::string> faq;
  PhraseSet languages;  // words of languages' own names for themselves
};

void AddPhrase(std::string_view section, std::string phrase, Phrases* phrases) {
  if (phrase.empty()) return;
  if (section == "[notice]") {
    phrases->notices[phrase.substr(0, phrase.find(' '))].push_back(phrase);
  } else if (section == "[label]") {
    phrases->labels.insert(std::move(phrase));
  } else if (section == "[tail]") {
    phrases->tails.insert(std::move(phrase));
  } else if (section == "[faq]") {
    phrases->faq.push_back(std::move(phrase));
  }
}

// ICU knows what every language calls itself: no list of ours.
void AddLanguageNames(Phrases* phrases) {
  for (const char* const* code = uloc_getISOLanguages(); *code != nullptr;
       ++code) {
    if (std::string_view(*code).size() != 2) continue;
    icu::UnicodeString name;
    const icu::Locale locale(*code);
    locale.getDisplayLanguage(locale, name);
    std::string utf8;
    name.toUTF8String(utf8);
    if (utf8 == *code) continue;  // no name known
    const std::string folded = FoldedWords(utf8);
    for (absl::string_view word : absl::StrSplit(folded, ' ')) {
      phrases->languages.emplace(word);
    }
  }
}

const Phrases& AllPhrases() {
  static const auto* const phrases = [] {
    auto* made = new Phrases();
    for (const std::string_view text : kBoilerplateTexts) {
      std::string section;
      for (absl::string_view line :
           absl::StrSplit(absl::string_view(text.data(), text.size()), '\n')) {
        line = absl::StripAsciiWhitespace(line);
        if (line.empty() || line.front() == '#') continue;
        if (line.front() == '[') {
          section = std::string(line);
        } else {
          AddPhrase(section, FoldedWords({line.data(), line.size()}), made);
        }
      }
    }
    AddLanguageNames(made);
    return made;
  }();
  return *phrases;
}

// `phrase` stands in `text` at `position`, whole words.
bool StandsAt(std::string_view text, size_t position, std::string_view phrase) {
  if (text.substr(position, phrase.size()) != phrase) return false;
  const size_t end = position + phrase.size();
  return end == text.size() || text[end] == ' ';
}

bool IsLanguageSwitch(std::string_view folded, const PhraseSet& languages) {
  size_t words = 0;
  for (absl::string_view word :
       absl::StrSplit(absl::string_view(folded.data(), folded.size()), ' ')) {
    // Codes of languages and countries beside the names.
    if (word.size() > 2 && !languages.contains(word)) return false;
    words += word.size() > 2;
  }
  return words > 0;
}

}  // namespace

std::string FoldedWords(std::string_view text) {
  std::string out;
  std::u32string word;
  const auto flush = [&] {
    if (word.empty()) return;
    if (!out.empty()) out += ' ';
    analyzers::AppendFolded(word, &out);
    word.clear();
  };
  const auto length = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, length, c);
    if (c >= 0 && (u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0)) {
      word += static_cast<char32_t>(c);
    } else if (c != 0xAD) {  // a soft hyphen divides nothing
      flush();
    }
  }
  flush();
  return out;
}

std::string_view FindNoticePhrase(std::string_view folded) {
  const auto& notices = AllPhrases().notices;
  for (size_t begin = 0; begin < folded.size();) {
    const size_t space = folded.find(' ', begin);
    const absl::string_view word(folded.data() + begin,
                                 std::min(space, folded.size()) - begin);
    if (const auto found = notices.find(word); found != notices.end()) {
      for (const std::string& phrase : found->second) {
        if (StandsAt(folded, begin, phrase)) return phrase;
      }
    }
    if (space == std::string_view::npos) break;
    begin = space + 1;
  }
  return {};
}

bool IsPageLabel(std::string_view folded) {
  if (folded.empty()) return false;
  const Phrases& phrases = AllPhrases();
  return phrases.labels.contains(
             absl::string_view(folded.data(), folded.size())) ||
         IsLanguageSwitch(folded, phrases.languages);
}

bool IsTailHeading(std::string_view folded) {
  return AllPhrases().tails.contains(
      absl::string_view(folded.data(), folded.size()));
}

bool NamesFaqPage(std::string_view folded_title) {
  for (const std::string& phrase : AllPhrases().faq) {
    for (size_t at = folded_title.find(phrase); at != std::string_view::npos;
         at = folded_title.find(phrase, at + 1)) {
      if ((at == 0 || folded_title[at - 1] == ' ') &&
          StandsAt(folded_title, at, phrase)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace kbsearch::indexer
