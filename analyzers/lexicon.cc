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
  const std::string_view bytes = (*file)->bytes();
  const LexiconHeader header;
  std::optional<FingerprintTable> words;
  if (bytes.size() >= sizeof(header) &&
      std::memcmp(bytes.data(), &header, sizeof(header)) == 0) {
    words = FingerprintTable::Map(bytes.substr(sizeof(header)));
  }
  if (!words.has_value()) {
    return absl::DataLossError(
        absl::StrCat("lexicon ", folder.PathOf(name),
                     ": damaged or of another version; build the target "
                     "kbsearch_resources again"));
  }
  return std::unique_ptr<Lexicon>(new Lexicon(*std::move(file), *words));
}

}  // namespace kbsearch::analyzers
