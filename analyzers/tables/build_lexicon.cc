// build-lexicon OUT WORDLIST
// build-lexicon OUT AFF DIC     (Hunspell's format: all inflected forms)
// Writes the lexicon of a language. The weight of a word is the number of
// listed words that begin or end with it and whose other half is listed too, as
// measure of how readily it joins others.
#include <cstdint>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_split.h"
#include "analyzers/characters.h"
#include "analyzers/fold.h"
#include "analyzers/tables/affix_expander.h"
#include "analyzers/tables/lexicon_builder.h"
#include "base/file.h"

namespace {

using kbsearch::analyzers::AffixExpander;
using kbsearch::analyzers::DecodeUtf8;
using kbsearch::analyzers::Fold;
using kbsearch::analyzers::IsUpper;
using kbsearch::analyzers::SerializeLexicon;

constexpr size_t kMinPart = 3;

// Names (written with a capital) and what is no plain word are left out.
void AddWord(const std::string& word, std::set<std::string>* words) {
  size_t first = 0;
  if (word.size() < 2 || IsUpper(DecodeUtf8(word, &first)) ||
      word.find_first_of("-. /+&0123456789") != std::string::npos) {
    return;
  }
  std::string folded = Fold(std::string_view(word));
  std::erase(folded, '\'');
  words->insert(std::move(folded));
}

absl::StatusOr<std::set<std::string>> ReadWords(
    const std::vector<std::string>& paths) {
  std::set<std::string> words;
  if (paths.size() == 2) {
    const auto dictionary = AffixExpander::Read(paths[0], paths[1]);
    if (!dictionary.ok()) return dictionary.status();
    dictionary->ForEachForm([&](const std::string& form, const std::string&) {
      AddWord(form, &words);
    });
    dictionary->ForEachPrefixedForm(
        [&](const std::string& form) { AddWord(form, &words); });
    return words;
  }
  const absl::StatusOr<std::string> content = kbsearch::ReadFile(paths[0]);
  if (!content.ok()) return content.status();
  for (absl::string_view line : absl::StrSplit(*content, '\n')) {
    AddWord(std::string(line), &words);
  }
  return words;
}

absl::flat_hash_map<std::string, uint32_t> CountCompounds(
    const std::set<std::string>& words) {
  absl::flat_hash_map<std::string, uint32_t> counts;
  for (const std::string& word : words) counts[word] = 0;
  for (const std::string& word : words) {
    for (size_t cut = kMinPart; cut + kMinPart <= word.size(); ++cut) {
      const auto head = counts.find(word.substr(0, cut));
      if (head == counts.end()) continue;
      // A linking s: korting-s-code.
      for (const size_t start : {cut, cut + 1}) {
        if (start > cut && word[cut] != 's') continue;
        const auto tail = counts.find(word.substr(start));
        if (tail == counts.end() || tail->first.size() < kMinPart) continue;
        ++head->second;
        ++tail->second;
      }
    }
  }
  return counts;
}

absl::Status Write(const absl::flat_hash_map<std::string, uint32_t>& counts,
                   const std::string& path) {
  const std::map<std::string_view, uint32_t> weights(counts.begin(),
                                                     counts.end());
  return kbsearch::WriteFileAtomically(path, SerializeLexicon(weights));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 && argc != 4) {
    std::cerr << "usage: build-lexicon OUT WORDLIST | OUT AFF DIC\n";
    return 2;
  }
  const auto words = ReadWords({argv + 2, argv + argc});
  const absl::Status status =
      words.ok() ? Write(CountCompounds(*words), argv[1]) : words.status();
  if (!status.ok()) std::cerr << "error: " << status << "\n";
  return status.ok() ? 0 : 1;
}
