#include "indexer/sources/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "engine/index/stored_document.h"

namespace kbsearch::indexer {

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
  return spool;
}

absl::Status Spool::Write(const std::string& bytes) {
  const auto size = static_cast<uint32_t>(bytes.size());
  if (std::fwrite(&size, sizeof(size), 1, file_.get()) == 1 &&
      std::fwrite(bytes.data(), 1, size, file_.get()) == size) {
    return absl::OkStatus();
  }
  return ErrnoToStatus(errno, "write the articles that were read");
}

absl::StatusOr<bool> Spool::Read(std::string* bytes) {
  uint32_t size = 0;
  if (std::fread(&size, sizeof(size), 1, file_.get()) != 1) {
    if (std::feof(file_.get()) != 0) return false;
    return ErrnoToStatus(errno, "read back the articles");
  }
  bytes->resize(size);
  if (std::fread(bytes->data(), 1, size, file_.get()) != size) {
    return absl::DataLossError(
        "the articles that were read cannot be read "
        "back: is the disk full?");
  }
  return true;
}

absl::Status Spool::Add(const Record& record) {
  absl::Status status = Write(engine::EncodeStoredDocument(
      engine::DocumentRole::kPage, 0, record.article));
  if (status.ok())
    status = Write(absl::StrCat(record.is_final ? "=" : "", record.line, " ",
                                record.file));
  return status;
}

absl::Status Spool::Rewind() {
  if (std::fflush(file_.get()) != 0 ||
      std::fseek(file_.get(), 0, SEEK_SET) != 0) {
    return ErrnoToStatus(errno, "write the articles that were read");
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> Spool::Next(Record* record) {
  std::string bytes;
  absl::StatusOr<bool> more = Read(&bytes);
  if (!more.ok() || !*more) return more;
  absl::StatusOr<engine::StoredDocument> stored =
      engine::DecodeStoredDocument(bytes);
  if (!stored.ok()) return stored.status();
  record->article = std::move(stored->article);
  more = Read(&bytes);
  if (!more.ok() || !*more) return more;
  record->is_final = bytes.starts_with('=');
  record->line =
      std::strtoull(bytes.c_str() + (record->is_final ? 1 : 0), nullptr, 10);
  record->file = bytes.substr(bytes.find(' ') + 1);
  return true;
}

}  // namespace kbsearch::indexer
