#include "engine/suggestion/ticket_phrases.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "engine/suggestion/ticket_phrase_texts.h"

namespace kbsearch::engine {
namespace {

constexpr size_t kKinds = static_cast<size_t>(TicketPhrase::kCount);

constexpr std::array<std::string_view, kKinds> kSections = {
    "[greeting]", "[reply]",      "[closing]", "[postscript]",
    "[courtesy]", "[device]",     "[wrote]",   "[forward]",
    "[header]",   "[disclaimer]", "[number]",  "[problem]"};

using Phrase = std::vector<std::string>;
// Phrases by their first word.
using PhraseTable = std::unordered_map<std::string, std::vector<Phrase>>;
using PhraseTables = std::array<PhraseTable, kKinds>;

void AddPhrase(std::string_view line, PhraseTable* table) {
  Phrase phrase;
  for (FoldedWord& word : FoldWords(line)) {
    phrase.push_back(std::move(word.text));
  }
  if (phrase.empty()) return;
  (*table)[phrase.front()].push_back(std::move(phrase));
}

void AddFile(std::string_view text, PhraseTables* tables) {
  PhraseTable* table = nullptr;
  for (absl::string_view line :
       absl::StrSplit(absl::string_view(text.data(), text.size()), '\n')) {
    line = absl::StripAsciiWhitespace(line);
    if (line.empty() || line.front() == '#') continue;
    const std::string_view content(line.data(), line.size());
    if (content.front() == '[') {
      const auto section =
          std::find(kSections.begin(), kSections.end(), content);
      table =
          section == kSections.end()
              ? nullptr
              : &(*tables)[static_cast<size_t>(section - kSections.begin())];
    } else if (table != nullptr) {
      AddPhrase(content, table);
    }
  }
}

const PhraseTables& AllPhrases() {
  static const auto* const tables = [] {
    auto* made = new PhraseTables();
    for (const std::string_view text : kTicketPhraseTexts) AddFile(text, made);
    return made;
  }();
  return *tables;
}

bool BeginsWith(std::span<const FoldedWord> words, const Phrase& phrase) {
  return words.size() >= phrase.size() &&
         std::equal(phrase.begin(), phrase.end(), words.begin(),
                    [](const std::string& wanted, const FoldedWord& word) {
                      return wanted == word.text;
                    });
}

}  // namespace

size_t PhraseLength(TicketPhrase kind, std::span<const FoldedWord> words) {
  if (words.empty()) return 0;
  const PhraseTable& table = AllPhrases()[static_cast<size_t>(kind)];
  const auto found = table.find(words.front().text);
  if (found == table.end()) return 0;
  size_t longest = 0;
  for (const Phrase& phrase : found->second) {
    if (phrase.size() > longest && BeginsWith(words, phrase)) {
      longest = phrase.size();
    }
  }
  return longest;
}

size_t FindPhrase(TicketPhrase kind, std::span<const FoldedWord> words) {
  for (; !words.empty(); words = words.subspan(1)) {
    const size_t length = PhraseLength(kind, words);
    if (length > 0) return length;
  }
  return 0;
}

}  // namespace kbsearch::engine
