#include "indexer/sources/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "engine/index/stored_document.h"

namespace kbsearch::indexer {
namespace {

constexpr size_t kBuffer = size_t{1} << 18;

}  // namespace

absl::StatusOr<std::unique_ptr<Spool>> Spool::Create(
    const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  std::string path = absl::StrCat(folder, "/spool-XXXXXX");
  const int descriptor = ::mkostemp(path.data(), O_CLOEXEC);
  if (descriptor < 0) {
    return ErrnoToStatus(errno, absl::StrCat("make a file in ", folder));
  }
  ::unlink(path.c_str());
  std::unique_ptr<Spool> spool(new Spool());
  spool->file_.reset(::fdopen(descriptor, "w+b"));
  std::setvbuf(spool->file_.get(), nullptr, _IOFBF, kBuffer);
  return spool;
}

// Size of what follows, size of the place, place ("=" of a final record, line,
// blank, file), article.
std::string Spool::Encode(const Record& record) {
  const std::string place =
      absl::StrCat(record.is_final ? "=" : "", record.line, " ", record.file);
  const std::string article = engine::EncodeStoredDocument(
      engine::DocumentRole::kPage, 0, record.article);
  const uint32_t sizes[] = {
      static_cast<uint32_t>(sizeof(uint32_t) + place.size() + article.size()),
      static_cast<uint32_t>(place.size())};
  std::string encoded;
  encoded.reserve(sizeof(uint32_t) + sizes[0]);
  encoded.append(reinterpret_cast<const char*>(sizes), sizeof(sizes));
  encoded += place;
  encoded += article;
  return encoded;
}

absl::Status Spool::AddEncoded(const std::string& encoded) {
  if (std::fwrite(encoded.data(), 1, encoded.size(), file_.get()) ==
      encoded.size()) {
    return absl::OkStatus();
  }
  return ErrnoToStatus(errno, "write the articles that were read");
}

absl::Status Spool::Rewind() {
  if (std::fflush(file_.get()) != 0 ||
      std::fseek(file_.get(), 0, SEEK_SET) != 0) {
    return ErrnoToStatus(errno, "write the articles that were read");
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> Spool::Next(Record* record) {
  uint32_t size = 0;
  if (std::fread(&size, sizeof(size), 1, file_.get()) != 1) {
    if (std::feof(file_.get()) != 0) return false;
    return ErrnoToStatus(errno, "read back the articles");
  }
  bytes_.resize(size);
  uint32_t place_size = 0;
  if (std::fread(bytes_.data(), 1, size, file_.get()) != size ||
      size < sizeof(place_size) ||
      (std::memcpy(&place_size, bytes_.data(), sizeof(place_size)),
       place_size > size - sizeof(place_size))) {
    return absl::DataLossError(
        "the articles that were read cannot be read "
        "back: is the disk full?");
  }
  const std::string_view bytes =
      std::string_view(bytes_).substr(sizeof(place_size));
  absl::StatusOr<engine::StoredDocument> stored =
      engine::DecodeStoredDocument(bytes.substr(place_size));
  if (!stored.ok()) return stored.status();
  record->article = std::move(stored->article);
  const std::string place(bytes.substr(0, place_size));
  record->is_final = place.starts_with('=');
  record->line =
      std::strtoull(place.c_str() + (record->is_final ? 1 : 0), nullptr, 10);
  record->file = place.substr(place.find(' ') + 1);
  return true;
}

}  // namespace kbsearch::indexer
