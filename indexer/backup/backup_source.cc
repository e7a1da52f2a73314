#include "indexer/backup/backup_source.h"

#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/file.h"
#include "engine/generations/held_corpus.h"
#include "indexer/backup/backup.h"

namespace kbsearch::indexer {
namespace {

namespace fs = std::filesystem;

constexpr size_t kPieceBytes = 1 << 18;

struct Free {
  void operator()(archive* reader) const { archive_read_free(reader); }
};

// Relative, and within the folder it is unpacked into.
bool IsInside(absl::string_view path) {
  for (const absl::string_view part : absl::StrSplit(path, '/')) {
    if (part.empty() || part == "." || part == "..") return false;
  }
  return true;
}

absl::Status Strange(const std::string& backup, const std::string& member) {
  return absl::DataLossError(absl::StrCat(
      backup, ": \"", member,
      "\" is no file of a backup; was this written by kbsearch-indexer "
      "backup?"));
}

class ArchiveSource {
 public:
  explicit ArchiveSource(const std::string& path)
      : path_(path), reader_(archive_read_new()) {}

  absl::Status Read(MemberSink& sink) {
    archive_read_support_format_tar(reader_.get());
    archive_read_support_filter_gzip(reader_.get());
    archive_read_support_filter_zstd(reader_.get());
    if (archive_read_open_filename(reader_.get(), path_.c_str(), kPieceBytes) !=
        ARCHIVE_OK) {
      return Damaged();
    }
    while (true) {
      archive_entry* entry = nullptr;
      const int result = archive_read_next_header(reader_.get(), &entry);
      if (result == ARCHIVE_EOF) return absl::OkStatus();
      if (result != ARCHIVE_OK) return Damaged();
      const char* const name = archive_entry_pathname(entry);
      const std::string member = name == nullptr ? "" : name;
      if (archive_entry_filetype(entry) != AE_IFREG ||
          archive_entry_hardlink(entry) != nullptr || !IsInside(member)) {
        return Strange(path_, member);
      }
      last_ = member;
      const absl::Status status = ReadMember(sink);
      if (!status.ok()) return status;
    }
  }

 private:
  absl::Status ReadMember(MemberSink& sink) {
    absl::Status status = sink.Begin(last_);
    std::string piece(kPieceBytes, '\0');
    while (status.ok()) {
      const la_ssize_t got =
          archive_read_data(reader_.get(), piece.data(), piece.size());
      if (got < 0) return Damaged();
      if (got == 0) return sink.End();
      status = sink.Write({piece.data(), static_cast<size_t>(got)});
    }
    return status;
  }

  absl::Status Damaged() const {
    const char* const text = archive_error_string(reader_.get());
    return absl::DataLossError(absl::StrCat(
        path_, " is damaged or cut off",
        last_.empty() ? std::string() : absl::StrCat(" at ", last_), " (",
        text == nullptr ? "no archive" : text,
        "); fetch the backup again, or take another one"));
  }

  const std::string path_;
  const std::unique_ptr<archive, Free> reader_;
  std::string last_;  // the member being read
};

absl::Status ReadFileInto(const std::string& folder, const std::string& path,
                          MemberSink& sink) {
  const auto file = engine::HeldFile::Open(folder + "/" + path);
  if (!file.ok()) return file.status();
  absl::Status status = sink.Begin(path);
  std::string piece(kPieceBytes, '\0');
  while (status.ok()) {
    const ssize_t got = ::read(file->descriptor(), piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return ErrnoToStatus(errno, absl::StrCat("read ", path));
    if (got == 0) return sink.End();
    status = sink.Write({piece.data(), static_cast<size_t>(got)});
  }
  return status;
}

absl::Status ReadFolder(const std::string& folder, MemberSink& sink) {
  std::vector<std::string> paths;
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(folder, error);
       !error && entry != fs::recursive_directory_iterator();
       entry.increment(error)) {
    const std::string path = entry->path().string().substr(folder.size() + 1);
    const fs::file_type type = entry->symlink_status(error).type();
    if (error) break;
    if (type == fs::file_type::regular) {
      paths.push_back(path);
    } else if (type != fs::file_type::directory) {
      return Strange(folder, path);
    }
  }
  if (error) return ErrnoToStatus(error.value(), absl::StrCat("list ", folder));
  std::sort(paths.begin(), paths.end(), [](const auto& a, const auto& b) {
    return std::pair(a != kBackupNote, a) < std::pair(b != kBackupNote, b);
  });
  for (const std::string& path : paths) {
    const absl::Status status = ReadFileInto(folder, path, sink);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadBackup(const std::string& given, MemberSink& sink) {
  std::string path = given;
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  std::error_code error;
  if (!fs::exists(path, error)) {
    return absl::NotFoundError(absl::StrCat("no backup ", path));
  }
  if (fs::is_directory(path, error)) return ReadFolder(path, sink);
  return ArchiveSource(path).Read(sink);
}

}  // namespace kbsearch::indexer
