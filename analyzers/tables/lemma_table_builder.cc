#include "analyzers/tables/lemma_table_builder.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzers/fold.h"
#include "analyzers/lemma_table.h"
#include "analyzers/tables/fingerprint_table_builder.h"
#include "base/file.h"

namespace kbsearch::analyzers {
namespace {

std::string WithoutApostrophes(std::string text) {
  std::erase(text, '\'');
  return text;
}

template <typename T>
void Append(const T* items, size_t count, std::string* out) {
  out->append(reinterpret_cast<const char*>(items), count * sizeof(T));
}

// Each way of making a lemma of a form once.
struct Edits {
  std::vector<LemmaEdit> list;
  std::string endings;
  std::map<std::pair<size_t, std::string>, uint32_t> ids;

  uint32_t IdOf(std::string_view form, std::string_view lemma) {
    const auto common = static_cast<size_t>(
        std::ranges::mismatch(form, lemma).in1 - form.begin());
    const size_t cut = form.size() - common;
    std::string ending(lemma.substr(common));
    const auto [known, is_new] =
        ids.try_emplace({cut, ending}, static_cast<uint32_t>(list.size()));
    if (is_new) {
      list.push_back({static_cast<uint32_t>(endings.size()),
                      static_cast<uint16_t>(ending.size()),
                      static_cast<uint16_t>(cut)});
      endings += ending;
    }
    return known->second;
  }
};

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
  Edits edits;
  std::map<std::vector<uint32_t>, uint32_t> places;  // of lists
  std::vector<uint32_t> lists;
  std::map<std::string_view, uint32_t> forms;
  for (const auto& [form, lemmas] : table) {
    std::vector<uint32_t> list = {static_cast<uint32_t>(lemmas.size())};
    for (const std::string& lemma : lemmas) {
      list.push_back(edits.IdOf(form, lemma));
    }
    const auto [place, is_new] =
        places.try_emplace(list, static_cast<uint32_t>(lists.size()));
    if (is_new) lists.insert(lists.end(), list.begin(), list.end());
    forms[form] = place->second;
  }
  const std::string section = SerializeFingerprintTable(forms);
  LemmaTableHeader header;
  header.forms_bytes = section.size();
  header.edits = edits.list.size();
  header.list_entries = lists.size();
  header.endings_bytes = edits.endings.size();
  std::string out;
  Append(&header, 1, &out);
  out += section;
  Append(edits.list.data(), edits.list.size(), &out);
  Append(lists.data(), lists.size(), &out);
  out += edits.endings;
  return WriteFileAtomically(path, out);
}

}  // namespace kbsearch::analyzers
