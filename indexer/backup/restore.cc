#include "indexer/backup/restore.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "base/folder_walk.h"
#include "base/write_all.h"
#include "engine/generations/generation_files.h"
#include "engine/generations/generations.h"
#include "engine/index/sha256.h"
#include "engine/live/change_log.h"
#include "indexer/backup/backup_source.h"
#include "indexer/backup/checksum_list.h"
#include "indexer/backup/database_copy.h"
#include "indexer/backup/workplace.h"

namespace kbsearch::indexer {
namespace {

namespace fs = std::filesystem;

constexpr size_t kChangeBatch = 1000;
constexpr uint64_t kSpareBytes = uint64_t{64} << 20;
// backup.json and checksums.tsv are kept in memory.
constexpr size_t kMaxListBytes = size_t{256} << 20;

// What backup.json says.
struct Note {
  std::vector<std::string> corpora;
  uint64_t bytes = 0;
};

absl::StatusOr<Note> ParseNote(const std::string& backup,
                               const std::string& text) {
  const auto parsed = nlohmann::json::parse(text, nullptr, false);
  Note note;
  int format = 0;
  try {
    format = parsed.at("format").get<int>();
    if (format == kBackupFormat) {
      note.corpora = parsed.at("corpora").get<std::vector<std::string>>();
      note.bytes = parsed.at("bytes").get<uint64_t>();
    }
  } catch (const nlohmann::json::exception&) {
    return absl::DataLossError(absl::StrCat(backup, ": damaged ", kBackupNote));
  }
  if (format != kBackupFormat) {
    return absl::FailedPreconditionError(absl::StrCat(
        backup, ": backup format ", format, ", this program reads format ",
        kBackupFormat, "; restore it with the version that wrote it"));
  }
  for (const std::string& name : note.corpora) {
    const absl::Status status = engine::ValidateCorpusName(name);
    if (!status.ok()) {
      return absl::DataLossError(
          absl::StrCat(backup, ": ", kBackupNote, ": ", status.message()));
    }
  }
  return note;
}

// Writes the members that are wanted, and takes the checksum of all.
class Unpacker : public MemberSink {
 public:
  Unpacker(const RestoreOptions& options, std::string folder)
      : options_(options), folder_(std::move(folder)) {}
  ~Unpacker() override {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  absl::Status Begin(const std::string& path) override {
    member_ = path;
    digest_ = engine::Sha256();
    bytes_ = 0;
    text_.clear();
    if (path == kBackupNote || path == kBackupChecksums) {
      const bool again =
          path == kBackupNote ? note_.has_value() : wanted_.has_value();
      return again ? Damaged(path, "is there twice") : absl::OkStatus();
    }
    if (!note_.has_value()) return NoBackup();
    const bool wanted =
        options_.corpus.empty() ||
        path.starts_with(absl::StrCat("corpora/", options_.corpus, "/"));
    return wanted ? Create(folder_ + "/" + path) : absl::OkStatus();
  }

  absl::Status Write(std::string_view piece) override {
    digest_.Add(piece);
    bytes_ += piece.size();
    if (member_ == kBackupNote || member_ == kBackupChecksums) {
      if (text_.size() + piece.size() > kMaxListBytes) {
        return absl::DataLossError(
            absl::StrCat(options_.from, ": ", member_, " is too large"));
      }
      text_ += piece;
    }
    if (descriptor_ < 0) return absl::OkStatus();
    return WriteAll(descriptor_, piece, folder_ + "/" + member_);
  }

  absl::Status End() override {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    if (member_ == kBackupChecksums) {
      absl::StatusOr<ChecksumList> list = ParseChecksumList(text_);
      if (!list.ok()) {
        return absl::DataLossError(
            absl::StrCat(options_.from, ": ", list.status().message()));
      }
      wanted_ = *std::move(list);
      return absl::OkStatus();
    }
    found_[member_] = {digest_.Hex(), bytes_};
    return member_ == kBackupNote ? TakeNote() : absl::OkStatus();
  }

  // Once everything has been read: nothing is missing, changed or added.
  absl::Status Compare() const {
    if (!note_.has_value()) return NoBackup();
    if (!wanted_.has_value()) {
      return absl::DataLossError(absl::StrCat(
          options_.from, " is cut off: it does not end with ", kBackupChecksums,
          "; fetch it again, or take another one"));
    }
    for (const auto& [path, checksum] : *wanted_) {
      const auto found = found_.find(path);
      if (found == found_.end()) return Damaged(path, "is missing");
      if (found->second != checksum) {
        return Damaged(path, "holds other bytes than were backed up");
      }
    }
    for (const auto& [path, checksum] : found_) {
      if (!wanted_->contains(path))
        return Damaged(path, "does not belong there");
    }
    return absl::OkStatus();
  }

  const Note& note() const { return *note_; }
  const ChecksumList& found() const { return found_; }

 private:
  absl::Status NoBackup() const {
    return absl::DataLossError(absl::StrCat(
        options_.from, " is no backup: it does not begin with ", kBackupNote));
  }

  absl::Status Damaged(const std::string& path, const char* what) const {
    return absl::DataLossError(
        absl::StrCat(options_.from, " is damaged: ", path, " ", what,
                     "; fetch the backup again, or take another one"));
  }

  absl::Status TakeNote() {
    absl::StatusOr<Note> note = ParseNote(options_.from, text_);
    if (!note.ok()) return note.status();
    note_ = *std::move(note);
    if (!options_.corpus.empty() &&
        std::count(note_->corpora.begin(), note_->corpora.end(),
                   options_.corpus) == 0) {
      return absl::NotFoundError(absl::StrCat("no corpus \"", options_.corpus,
                                              "\" in ", options_.from));
    }
    std::error_code error;
    const fs::space_info space = fs::space(folder_, error);
    if (error || space.available >= note_->bytes + kSpareBytes) {
      return absl::OkStatus();
    }
    return absl::ResourceExhaustedError(
        absl::StrCat(options_.data_dir, ": ", space.available >> 20,
                     " MB free, the backup needs ",
                     (note_->bytes + kSpareBytes) >> 20, " MB"));
  }

  absl::Status Create(const std::string& file) {
    std::error_code error;
    fs::create_directories(fs::path(file).parent_path(), error);
    if (error) {
      return ErrnoToStatus(error.value(),
                           absl::StrCat("make the folder of ", file));
    }
    // Events are nobody else's business; the rest is as builds write it.
    const mode_t mode = member_.starts_with("events.") ? 0600 : 0644;
    descriptor_ =
        ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (descriptor_ >= 0) return absl::OkStatus();
    if (errno == EEXIST) return Damaged(member_, "is there twice");
    return ErrnoToStatus(errno, absl::StrCat("create ", file));
  }

  const RestoreOptions& options_;
  const std::string folder_;
  std::string member_;  // being read
  std::string text_;    // of a list
  engine::Sha256 digest_;
  uint64_t bytes_ = 0;
  int descriptor_ = -1;  // negative: the member is not wanted
  std::optional<Note> note_;
  std::optional<ChecksumList> wanted_;
  ChecksumList found_;
};

// Those that are in the backup. One that was removed while it was made is in
// its note alone.
absl::StatusOr<std::vector<std::string>> CorporaIn(
    const RestoreOptions& options, const Unpacker& unpacker) {
  std::vector<std::string> names;
  for (const std::string& name : unpacker.note().corpora) {
    if (!options.corpus.empty() && name != options.corpus) continue;
    const std::string root = absl::StrCat("corpora/", name, "/");
    const auto first = unpacker.found().lower_bound(root);
    if (first == unpacker.found().end() || !first->first.starts_with(root)) {
      continue;
    }
    names.push_back(name);
  }
  if (options.corpus.empty() || !names.empty()) return names;
  return absl::NotFoundError(
      absl::StrCat(options.from, " has nothing of corpus \"", options.corpus,
                   "\": it was removed while the backup was made; take an "
                   "earlier backup"));
}

// Nothing may be in the way.
absl::Status CheckPlace(const RestoreOptions& options) {
  std::error_code error;
  if (!options.corpus.empty()) {
    const absl::Status status = engine::ValidateCorpusName(options.corpus);
    if (!status.ok()) return status;
    const std::string folder =
        engine::CorpusFolder(options.data_dir, options.corpus);
    if (!fs::exists(folder, error)) return absl::OkStatus();
    return absl::FailedPreconditionError(
        absl::StrCat(folder,
                     " is there already; move it away, or restore into another "
                     "data folder"));
  }
  const auto entries = ListFolder(options.data_dir);
  if (absl::IsNotFound(entries.status())) return absl::OkStatus();
  if (!entries.ok()) return entries.status();
  for (const fs::directory_entry& entry : *entries) {
    if (Workplace::IsName(entry.path().filename().string())) continue;
    return absl::FailedPreconditionError(absl::StrCat(
        "data folder ", options.data_dir, " is not empty: it holds ",
        entry.path().filename().string(),
        "; name a new folder, or one corpus (--corpus) to put beside the "
        "others"));
  }
  return absl::OkStatus();
}

// The live generation of a corpus that has been unpacked.
absl::StatusOr<uint64_t> CheckCorpus(const RestoreOptions& options,
                                     const std::string& root,
                                     const std::string& name) {
  const absl::StatusOr<uint64_t> live = engine::ReadCurrent(root, name);
  if (!live.ok()) {
    return absl::DataLossError(
        absl::StrCat(options.from, ": corpus \"", name, "\" has no CURRENT"));
  }
  const std::string folder = engine::GenerationFolder(root, name, *live);
  const absl::StatusOr<engine::Manifest> manifest =
      engine::ReadManifest(folder);
  if (!manifest.ok()) {
    return absl::Status(manifest.status().code(),
                        absl::StrCat(options.from, ": corpus \"", name,
                                     "\": ", manifest.status().message()));
  }
  const auto verified = engine::VerifyGeneration(folder);
  if (!verified.ok()) return verified.status();
  if (!verified->problems.empty()) {
    return absl::DataLossError(
        absl::StrCat(options.from, ": corpus \"", name, "\", generation ",
                     *live, ": ", verified->problems.front(),
                     "; it was damaged when it was backed up: take an earlier "
                     "backup"));
  }
  engine::ChangeReader changes(root, name, manifest->changes_through);
  while (true) {
    const auto some = changes.Next(kChangeBatch);
    if (!some.ok()) {
      return absl::DataLossError(
          absl::StrCat(options.from, ": ", some.status().message()));
    }
    if (some->empty()) return *live;
  }
}

// What was unpacked, as paths that each get their place at once.
std::vector<std::string> UnpackedPaths(const std::string& root,
                                       const BackupSummary& summary) {
  std::vector<std::string> paths;
  std::error_code ignored;
  for (const char* const name : {kEventsKey, kEventsDatabase}) {
    if (fs::exists(root + "/" + name, ignored)) paths.emplace_back(name);
  }
  for (const BackupSummary::Corpus& corpus : summary.corpora) {
    paths.push_back(absl::StrCat("corpora/", corpus.name));
  }
  return paths;
}

}  // namespace

absl::StatusOr<BackupSummary> RestoreBackup(const RestoreOptions& options) {
  absl::Status status = CheckPlace(options);
  if (!status.ok()) return status;
  Workplace workplace(options.data_dir);
  status = workplace.Make();
  if (!status.ok()) return status;
  Unpacker unpacker(options, workplace.path());
  status = ReadBackup(options.from, unpacker);
  if (status.ok()) status = unpacker.Compare();
  if (!status.ok()) return status;
  BackupSummary summary;
  const absl::StatusOr<std::vector<std::string>> names =
      CorporaIn(options, unpacker);
  if (!names.ok()) return names.status();
  for (const std::string& name : *names) {
    const auto generation = CheckCorpus(options, workplace.path(), name);
    if (!generation.ok()) return generation.status();
    summary.corpora.push_back({name, *generation});
  }
  const std::string events = workplace.path() + "/" + kEventsDatabase;
  std::error_code ignored;
  summary.has_events = fs::exists(events, ignored);
  if (summary.has_events) status = CheckDatabase(events);
  if (status.ok()) {
    status = workplace.Publish(UnpackedPaths(workplace.path(), summary));
  }
  if (!status.ok()) return status;
  for (const auto& [path, checksum] : unpacker.found()) {
    ++summary.files;
    summary.bytes += checksum.bytes;
  }
  return summary;
}

}  // namespace kbsearch::indexer
