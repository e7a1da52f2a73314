#include "analyzers/lexicon.h"

#include <cstring>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace kbsearch::analyzers {

absl::StatusOr<std::unique_ptr<Lexicon>> Lexicon::Open(
    const ResourceFolder& folder, std::string_view name) {
  absl::StatusOr<std::unique_ptr<MappedFile>> file = folder.Map(name);
  if (!file.ok()) return file.status();
  std::unique_ptr<Lexicon> lexicon(new Lexicon(*std::move(file)));
  if (!lexicon->MapSections()) {
    return absl::DataLossError(
        absl::StrCat("lexicon ", folder.PathOf(name),
                     ": damaged or of another version; build the target "
                     "kbsearch_resources again"));
  }
  return lexicon;
}

bool Lexicon::MapSections() {
  std::string_view rest = file_->bytes();
  LexiconHeader header;
  if (rest.size() < sizeof(header)) return false;
  std::memcpy(&header, rest.data(), sizeof(header));
  rest.remove_prefix(sizeof(header));
  if (std::memcmp(header.magic, LexiconHeader().magic, 8) != 0 ||
      header.filter_numbers > rest.size() / sizeof(uint64_t)) {
    return false;
  }
  filter_ = WordFilter(
      {reinterpret_cast<const uint64_t*>(rest.data()), header.filter_numbers});
  rest.remove_prefix(header.filter_numbers * sizeof(uint64_t));
  const auto words = FingerprintTable::Map(rest);
  if (!words.has_value()) return false;
  words_ = *words;
  return true;
}

}  // namespace kbsearch::analyzers
