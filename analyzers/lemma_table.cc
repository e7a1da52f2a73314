#include "analyzers/lemma_table.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace kbsearch::analyzers {

absl::StatusOr<std::unique_ptr<LemmaTable>> LemmaTable::Open(
    const ResourceFolder& folder, std::string_view name) {
  absl::StatusOr<std::unique_ptr<MappedFile>> file = folder.Map(name);
  if (!file.ok()) return file.status();
  std::unique_ptr<LemmaTable> table(new LemmaTable(*std::move(file)));
  if (!table->MapSections()) {
    return absl::DataLossError(
        absl::StrCat("lemma table ", folder.PathOf(name),
                     ": damaged or of another version; build the target "
                     "kbsearch_resources again"));
  }
  return table;
}

bool LemmaTable::MapSections() {
  std::string_view rest = file_->bytes();
  LemmaTableHeader header;
  if (rest.size() < sizeof(header)) return false;
  std::memcpy(&header, rest.data(), sizeof(header));
  rest.remove_prefix(sizeof(header));
  if (std::memcmp(header.magic, LemmaTableHeader().magic, 8) != 0 ||
      std::max({header.forms_bytes, header.edits, header.list_entries,
                header.endings_bytes}) > rest.size() ||
      header.forms_bytes % 8 != 0 ||
      header.forms_bytes + header.edits * sizeof(LemmaEdit) +
              header.list_entries * sizeof(uint32_t) + header.endings_bytes !=
          rest.size()) {
    return false;
  }
  const auto take = [&](size_t bytes) {
    const std::string_view section = rest.substr(0, bytes);
    rest.remove_prefix(bytes);
    return section;
  };
  const auto forms = FingerprintTable::Map(take(header.forms_bytes));
  if (!forms.has_value()) return false;
  forms_ = *forms;
  edits_ = {reinterpret_cast<const LemmaEdit*>(
                take(header.edits * sizeof(LemmaEdit)).data()),
            header.edits};
  lists_ = {reinterpret_cast<const uint32_t*>(
                take(header.list_entries * sizeof(uint32_t)).data()),
            header.list_entries};
  endings_ = rest;
  return std::ranges::all_of(edits_, [&](const LemmaEdit& edit) {
    return uint64_t{edit.ending} + edit.ending_bytes <= endings_.size();
  });
}

bool LemmaTable::Lookup(std::string_view form,
                        std::vector<std::string>* lemmas) const {
  const std::optional<uint32_t> place = forms_.Find(form);
  if (!place.has_value() || *place >= lists_.size() ||
      lists_[*place] >= lists_.size() - *place) {
    return false;
  }
  for (const uint32_t id : lists_.subspan(*place + 1, lists_[*place])) {
    if (id >= edits_.size() || edits_[id].cut_bytes > form.size()) continue;
    const LemmaEdit& edit = edits_[id];
    std::string& lemma = lemmas->emplace_back();
    lemma.reserve(form.size() - edit.cut_bytes + edit.ending_bytes);
    lemma.append(form, 0, form.size() - edit.cut_bytes);
    lemma.append(endings_, edit.ending, edit.ending_bytes);
  }
  return true;
}

}  // namespace kbsearch::analyzers
