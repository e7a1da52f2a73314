#include "indexer/backup/backup.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "base/file.h"
#include "base/version.h"
#include "engine/generations/generation_files.h"
#include "engine/generations/generations.h"
#include "engine/generations/held_corpus.h"
#include "engine/index/sha256.h"
#include "indexer/backup/backup_target.h"
#include "indexer/backup/checksum_list.h"
#include "indexer/backup/database_copy.h"

namespace kbsearch::indexer {
namespace {

namespace fs = std::filesystem;

constexpr size_t kPieceBytes = 1 << 18;

class BackupWriter {
 public:
  explicit BackupWriter(std::unique_ptr<BackupTarget> target)
      : target_(std::move(target)) {}

  absl::Status AddText(const std::string& path, std::string_view content) {
    // The list of checksums could not be read again.
    if (path.find_first_of("\t\n") != std::string::npos) {
      return absl::FailedPreconditionError(absl::StrCat(
          path, ": a tab or line feed in a file's name; rename the file"));
    }
    absl::Status status = target_->Begin(path, content.size());
    if (status.ok()) status = target_->Write(content);
    if (status.ok()) status = target_->End();
    if (!status.ok()) return status;
    engine::Sha256 digest;
    digest.Add(content);
    Note(path, digest.Hex(), content.size());
    return absl::OkStatus();
  }

  absl::Status AddFile(const std::string& path, const engine::HeldFile& file) {
    absl::Status status = target_->Begin(path, file.bytes());
    if (!status.ok()) return status;
    engine::Sha256 digest;
    std::string piece(kPieceBytes, '\0');
    for (uint64_t done = 0; done < file.bytes();) {
      const size_t want = static_cast<size_t>(
          std::min<uint64_t>(kPieceBytes, file.bytes() - done));
      const ssize_t got = ::pread(file.descriptor(), piece.data(), want,
                                  static_cast<off_t>(done));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return ErrnoToStatus(errno, absl::StrCat("read ", path));
      if (got == 0) {
        return absl::DataLossError(
            absl::StrCat(path, " was cut short while it was read"));
      }
      const std::string_view bytes(piece.data(), static_cast<size_t>(got));
      digest.Add(bytes);
      status = target_->Write(bytes);
      if (!status.ok()) return status;
      done += bytes.size();
    }
    status = target_->End();
    if (status.ok()) Note(path, digest.Hex(), file.bytes());
    return status;
  }

  absl::Status Finish() {
    const std::string list = WriteChecksumList(checksums_);
    const absl::Status status = AddText(kBackupChecksums, list);
    return status.ok() ? target_->Finish() : status;
  }

  // A database that others write to, as it is now.
  absl::Status AddDatabase(const std::string& path, const std::string& from) {
    const absl::StatusOr<std::string> copy = target_->MakeScratchFile();
    if (!copy.ok()) return copy.status();
    absl::Status status = CopySqliteDatabase(from, *copy);
    if (!status.ok()) return status;
    const absl::StatusOr<engine::HeldFile> file = engine::HeldFile::Open(*copy);
    if (!file.ok()) return file.status();
    status = AddFile(path, *file);
    target_->RemoveScratchFile();
    return status;
  }

  uint64_t files() const { return checksums_.size(); }
  uint64_t bytes() const { return bytes_; }

 private:
  void Note(const std::string& path, std::string digest, uint64_t bytes) {
    checksums_[path] = {std::move(digest), bytes};
    bytes_ += bytes;
  }

  const std::unique_ptr<BackupTarget> target_;
  ChecksumList checksums_;
  uint64_t bytes_ = 0;
};

absl::Status AddEvents(const std::string& data_dir, BackupWriter& writer,
                       BackupSummary* summary) {
  std::error_code ignored;
  const std::string database = data_dir + "/" + kEventsDatabase;
  if (!fs::exists(database, ignored)) return absl::OkStatus();
  const absl::Status status = writer.AddDatabase(kEventsDatabase, database);
  summary->has_events = status.ok();
  const auto key = ReadFile(data_dir + "/" + kEventsKey, 1 << 16);
  if (!status.ok() || absl::IsNotFound(key.status())) return status;
  return key.ok() ? writer.AddText(kEventsKey, *key) : key.status();
}

absl::Status AddCorpus(const BackupOptions& options, const std::string& name,
                       BackupWriter& writer, BackupSummary* summary) {
  const absl::StatusOr<engine::HeldCorpus> held =
      engine::HoldCorpus(options.data_dir, name);
  if (absl::IsNotFound(held.status()) && options.corpus.empty() &&
      absl::IsNotFound(engine::ReadCurrent(options.data_dir, name).status())) {
    summary->removed.push_back(name);
    return absl::OkStatus();
  }
  if (!held.ok()) return held.status();
  const absl::Status intact = engine::CheckFileContents(
      engine::GenerationFolder(options.data_dir, name, held->generation));
  if (!intact.ok()) summary->damaged.emplace_back(intact.message());
  const std::string root = absl::StrCat("corpora/", name, "/");
  for (const auto& [path, file] : held->files) {
    const absl::Status status = writer.AddFile(root + path, file);
    if (!status.ok()) return status;
  }
  for (const auto& [path, content] : held->texts) {
    const absl::Status status = writer.AddText(root + path, content);
    if (!status.ok()) return status;
  }
  summary->corpora.push_back({name, held->generation});
  return writer.AddText(root + "CURRENT", absl::StrCat(held->generation, "\n"));
}

// About what is to be copied, for those who look whether there is room.
uint64_t BytesOf(const BackupOptions& options,
                 const std::vector<std::string>& names) {
  std::error_code error;
  uint64_t bytes = 0;
  if (options.corpus.empty()) {
    const auto events =
        fs::file_size(options.data_dir + "/" + kEventsDatabase, error);
    if (!error) bytes += events;
  }
  for (const std::string& name : names) {
    const auto live = engine::ReadCurrent(options.data_dir, name);
    if (!live.ok()) continue;
    bytes += engine::FolderBytes(
                 engine::GenerationFolder(options.data_dir, name, *live)) +
             engine::FolderBytes(engine::CorpusFolder(options.data_dir, name) +
                                 "/changes");
  }
  return bytes;
}

std::string NoteOf(const BackupOptions& options,
                   const std::vector<std::string>& names) {
  return nlohmann::ordered_json(
             {{"format", kBackupFormat},
              {"made_at", absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::Now(),
                                           absl::UTCTimeZone())},
              {"made_by", absl::StrCat("kbsearch ", kVersion)},
              {"corpora", names},
              {"bytes", BytesOf(options, names)}})
             .dump(2) +
         "\n";
}

absl::StatusOr<std::vector<std::string>> NamesOf(const BackupOptions& options) {
  std::error_code ignored;
  if (!fs::is_directory(options.data_dir, ignored)) {
    return absl::NotFoundError(
        absl::StrCat("no data folder ", options.data_dir));
  }
  if (options.corpus.empty()) return engine::ListCorpusNames(options.data_dir);
  absl::Status status = engine::ValidateCorpusName(options.corpus);
  if (status.ok()) {
    status = engine::ReadCurrent(options.data_dir, options.corpus).status();
  }
  if (!status.ok()) return status;
  return std::vector<std::string>{options.corpus};
}

}  // namespace

absl::StatusOr<BackupSummary> WriteBackup(const BackupOptions& options) {
  const absl::StatusOr<std::vector<std::string>> names = NamesOf(options);
  if (!names.ok()) return names.status();
  absl::StatusOr<std::unique_ptr<BackupTarget>> target =
      BackupTarget::Create(options.to);
  if (!target.ok()) return target.status();
  BackupWriter writer(*std::move(target));
  BackupSummary summary;
  absl::Status status = writer.AddText(kBackupNote, NoteOf(options, *names));
  if (status.ok() && options.corpus.empty()) {
    status = AddEvents(options.data_dir, writer, &summary);
  }
  for (const std::string& name : *names) {
    if (status.ok()) status = AddCorpus(options, name, writer, &summary);
  }
  if (status.ok()) status = writer.Finish();
  if (!status.ok()) return status;
  summary.files = writer.files();
  summary.bytes = writer.bytes();
  return summary;
}

}  // namespace kbsearch::indexer
