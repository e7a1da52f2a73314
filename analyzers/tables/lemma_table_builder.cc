#include "analyzers/tables/lemma_table_builder.h"

#include <marisa.h>
#include <marisa/iostream.h>

#include <cstdint>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzers/fold.h"
#include "analyzers/lemma_table.h"
#include "base/file.h"

namespace kbsearch::analyzers {
namespace {

std::string WithoutApostrophes(std::string text) {
  std::erase(text, '\'');
  return text;
}

void Append(const std::vector<uint32_t>& numbers, std::string* out) {
  out->append(reinterpret_cast<const char*>(numbers.data()),
              numbers.size() * sizeof(uint32_t));
}

}  // namespace

void LemmaTableBuilder::Add(const std::string& form, const std::string& lemma) {
  const std::string name = WithoutApostrophes(Lower(std::string_view(lemma)));
  folded_[WithoutApostrophes(Fold(std::string_view(form)))].insert(name);
  accented_[WithoutApostrophes(Lower(std::string_view(form)))].insert(name);
}

void LemmaTableBuilder::Override(const std::string& form,
                                 const std::set<std::string>& lemmas) {
  folded_[Fold(std::string_view(form))] = lemmas;
  accented_[Lower(std::string_view(form))] = lemmas;
}

LemmaTableBuilder::Lemmas LemmaTableBuilder::Effective() const {
  Lemmas effective = folded_;
  for (const auto& [form, lemmas] : accented_) {
    const std::string folded = Fold(std::string_view(form));
    if (form == folded || folded_.at(folded) == lemmas) continue;
    effective[form] = lemmas;
  }
  return effective;
}

absl::Status LemmaTableBuilder::Write(const std::string& path) const {
  const Lemmas table = Effective();
  std::set<std::string> strings;
  for (const auto& [form, lemmas] : table) {
    strings.insert(form);
    strings.insert(lemmas.begin(), lemmas.end());
  }
  marisa::Keyset keys;
  for (const std::string& text : strings) {
    keys.push_back(text.data(), text.size());
  }
  marisa::Trie trie;
  trie.build(keys);
  std::map<std::string_view, uint32_t> ids;
  size_t index = 0;
  for (const std::string& text : strings) {
    ids[text] = static_cast<uint32_t>(keys[index++].id());
  }
  std::vector<uint32_t> first(strings.size(), kNoLemma);
  std::vector<uint32_t> lists;
  for (const auto& [form, lemmas] : table) {
    if (lemmas.size() == 1) {
      first[ids[form]] = ids[*lemmas.begin()];
      continue;
    }
    first[ids[form]] = kListFlag | static_cast<uint32_t>(lists.size());
    lists.push_back(static_cast<uint32_t>(lemmas.size()));
    for (const std::string& lemma : lemmas) lists.push_back(ids[lemma]);
  }
  std::ostringstream trie_stream;
  trie_stream << trie;
  std::string trie_bytes = std::move(trie_stream).str();
  trie_bytes.resize((trie_bytes.size() + 3) / 4 * 4, '\0');
  LemmaTableHeader header;
  header.trie_bytes = trie_bytes.size();
  header.keys = strings.size();
  header.list_entries = lists.size();
  std::string out(reinterpret_cast<const char*>(&header), sizeof(header));
  out += trie_bytes;
  Append(first, &out);
  Append(lists, &out);
  return WriteFileAtomically(path, out);
}

}  // namespace kbsearch::analyzers
