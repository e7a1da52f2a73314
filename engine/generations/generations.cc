#include "engine/generations/generations.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "base/file.h"
#include "base/folder_walk.h"
#include "base/parallel.h"
#include "engine/generations/generation_files.h"
#include "engine/index/schema.h"
#include "engine/live/change_log.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr uint64_t kMaxManifestBytes = 1 << 20;

std::string CurrentPath(const std::string& data_dir, std::string_view corpus) {
  return CorpusFolder(data_dir, corpus) + "/CURRENT";
}

std::string GenerationsFolder(const std::string& data_dir,
                              std::string_view corpus) {
  return CorpusFolder(data_dir, corpus) + "/generations";
}

// fsyncs a file or a folder.
absl::Status SyncPath(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return ErrnoToStatus(errno, absl::StrCat("open ", path));
  const int failed = ::fsync(fd) == 0 ? 0 : errno;
  ::close(fd);
  if (failed != 0) return ErrnoToStatus(failed, absl::StrCat("sync ", path));
  return absl::OkStatus();
}

json ToJson(const LanguageStats& stats) {
  return {{"language", stats.language},
          {"articles", stats.articles},
          {"public_articles", stats.public_articles},
          {"entries", stats.entries}};
}

absl::StatusOr<Manifest> ParseManifest(const std::string& text,
                                       const std::string& path) {
  try {
    const json parsed = json::parse(text);
    Manifest manifest;
    manifest.schema_version = parsed.at("schema_version").get<int>();
    if (manifest.schema_version < kOldestSchemaVersion ||
        manifest.schema_version > kSchemaVersion) {
      return absl::FailedPreconditionError(
          absl::StrCat(path, ": index schema ", manifest.schema_version,
                       ", this program reads schema ", kSchemaVersion,
                       "; build the corpus again with kbsearch-indexer build"));
    }
    manifest.generation = parsed.at("generation").get<uint64_t>();
    manifest.built_at = parsed.at("built_at").get<int64_t>();
    manifest.built_by = parsed.at("built_by").get<std::string>();
    manifest.analysis = parsed.value("analysis", "");
    manifest.changes_through = parsed.value("changes_through", uint64_t{0});
    if (const auto sources = parsed.find("sources"); sources != parsed.end()) {
      manifest.sources.paths =
          sources->at("paths").get<std::vector<std::string>>();
      manifest.sources.format = sources->at("format").get<std::string>();
      manifest.sources.language = sources->at("language").get<std::string>();
      manifest.sources.columns =
          sources->at("columns").get<std::vector<std::string>>();
    }
    for (const json& entry : parsed.at("languages")) {
      LanguageStats stats;
      stats.language = entry.at("language").get<std::string>();
      stats.articles = entry.at("articles").get<uint64_t>();
      stats.public_articles = entry.at("public_articles").get<uint64_t>();
      stats.entries = entry.at("entries").get<uint64_t>();
      manifest.languages.push_back(std::move(stats));
    }
    return manifest;
  } catch (const json::exception& error) {
    return absl::DataLossError(
        absl::StrCat(path, ": damaged manifest (", error.what(),
                     "); build the corpus again with kbsearch-indexer build"));
  }
}

}  // namespace

absl::Status ValidateCorpusName(std::string_view name) {
  const auto is_alnum = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  };
  const bool good =
      !name.empty() && name.size() <= 64 && is_alnum(name.front()) &&
      std::all_of(name.begin(), name.end(),
                  [&](char c) { return is_alnum(c) || c == '_' || c == '-'; });
  if (good) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("corpus name \"", std::string(name),
                   "\": use 1 to 64 of a-z, 0-9, '-' and '_', beginning with a "
                   "letter or digit"));
}

std::string CorporaFolder(const std::string& data_dir) {
  return data_dir + "/corpora";
}

std::string CorpusFolder(const std::string& data_dir, std::string_view corpus) {
  return CorporaFolder(data_dir) + "/" + std::string(corpus);
}

std::string GenerationFolder(const std::string& data_dir,
                             std::string_view corpus, uint64_t generation) {
  return absl::StrCat(GenerationsFolder(data_dir, corpus), "/", generation);
}

std::string ShardFolder(const std::string& generation_folder,
                        std::string_view language, Audience audience) {
  return generation_folder + "/" + std::string(language) + "/" +
         std::string(AudienceName(audience));
}

absl::StatusOr<std::vector<std::string>> ListCorpusNames(
    const std::string& data_dir) {
  std::vector<std::string> names;
  const auto entries = ListFolder(CorporaFolder(data_dir));
  if (absl::IsNotFound(entries.status())) return names;
  if (!entries.ok()) return entries.status();
  std::error_code error;
  for (const fs::directory_entry& entry : *entries) {
    const std::string name = entry.path().filename();
    if (ValidateCorpusName(name).ok() &&
        fs::exists(CurrentPath(data_dir, name), error)) {
      names.push_back(name);
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

absl::StatusOr<uint64_t> ReadCurrent(const std::string& data_dir,
                                     std::string_view corpus) {
  const std::string path = CurrentPath(data_dir, corpus);
  absl::StatusOr<std::string> text = ReadFile(path, 64);
  if (absl::IsNotFound(text.status())) {
    return absl::NotFoundError(
        absl::StrCat("no corpus \"", std::string(corpus), "\" in ", data_dir));
  }
  if (!text.ok()) return text.status();
  uint64_t generation = 0;
  if (!absl::SimpleAtoi(absl::StripAsciiWhitespace(*text), &generation)) {
    return absl::DataLossError(absl::StrCat(
        path,
        ": should hold the number of a generation; kbsearch-indexer rollback "
        "makes one the live one"));
  }
  return generation;
}

absl::Status WriteCurrent(const std::string& data_dir, std::string_view corpus,
                          uint64_t generation) {
  return WriteFileAtomically(CurrentPath(data_dir, corpus),
                             absl::StrCat(generation, "\n"));
}

absl::StatusOr<Manifest> ReadManifest(const std::string& generation_folder) {
  const std::string path = generation_folder + "/manifest.json";
  absl::StatusOr<std::string> text = ReadFile(path, kMaxManifestBytes);
  if (!text.ok()) {
    return absl::DataLossError(
        absl::StrCat("manifest of the index: ", text.status().message(),
                     "; build the corpus again with kbsearch-indexer build"));
  }
  return ParseManifest(*text, path);
}

absl::Status WriteManifest(const std::string& generation_folder,
                           const Manifest& manifest) {
  json languages = json::array();
  for (const LanguageStats& stats : manifest.languages) {
    languages.push_back(ToJson(stats));
  }
  const json text = {{"schema_version", manifest.schema_version},
                     {"generation", manifest.generation},
                     {"built_at", manifest.built_at},
                     {"built_by", manifest.built_by},
                     {"analysis", manifest.analysis},
                     {"changes_through", manifest.changes_through},
                     {"sources",
                      {{"paths", manifest.sources.paths},
                       {"format", manifest.sources.format},
                       {"language", manifest.sources.language},
                       {"columns", manifest.sources.columns}}},
                     {"languages", std::move(languages)}};
  return WriteFileAtomically(generation_folder + "/manifest.json",
                             text.dump(2) + "\n");
}

absl::Status CheckWritable(const std::string& data_dir,
                           std::string_view corpus) {
  const std::string folder = CorpusFolder(data_dir, corpus);
  if (::access(folder.c_str(), W_OK) == 0 ||
      (errno != EROFS && errno != EACCES)) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(absl::StrCat(
      "corpus \"", std::string(corpus),
      "\" is served read-only: its data folder cannot be written to (",
      std::strerror(errno), ")"));
}

std::vector<uint64_t> ListGenerations(const std::string& data_dir,
                                      std::string_view corpus) {
  std::vector<uint64_t> generations;
  const auto entries = ListFolder(GenerationsFolder(data_dir, corpus));
  if (!entries.ok()) return generations;
  for (const fs::directory_entry& entry : *entries) {
    uint64_t number = 0;
    if (absl::SimpleAtoi(entry.path().filename().string(), &number)) {
      generations.push_back(number);
    }
  }
  std::sort(generations.begin(), generations.end());
  return generations;
}

void RemoveUnfinishedGenerations(const std::string& data_dir,
                                 std::string_view corpus) {
  for (const uint64_t number : ListGenerations(data_dir, corpus)) {
    const std::string folder = GenerationFolder(data_dir, corpus, number);
    std::error_code ignored;
    if (!fs::exists(folder + "/manifest.json", ignored)) {
      fs::remove_all(folder, ignored);
    }
  }
}

void RemoveOldGenerations(const std::string& data_dir,
                          const std::string& corpus, size_t keep) {
  const absl::StatusOr<uint64_t> live = ReadCurrent(data_dir, corpus);
  if (!live.ok()) return;
  std::vector<uint64_t> others = ListGenerations(data_dir, corpus);
  std::erase(others, *live);
  const size_t old = others.size() - std::min(others.size(), keep);
  for (size_t i = 0; i < old; ++i) {
    std::error_code ignored;
    fs::remove_all(GenerationFolder(data_dir, corpus, others[i]), ignored);
  }
  uint64_t held = UINT64_MAX;
  for (const uint64_t number : ListGenerations(data_dir, corpus)) {
    const auto manifest =
        ReadManifest(GenerationFolder(data_dir, corpus, number));
    held = std::min(held, manifest.ok() ? manifest->changes_through : 0);
  }
  ChangeLog(data_dir, corpus).Trim(held).IgnoreError();  // the next build's
}

absl::StatusOr<uint64_t> RollBack(const std::string& data_dir,
                                  const std::string& corpus,
                                  uint64_t generation) {
  const absl::StatusOr<uint64_t> live = ReadCurrent(data_dir, corpus);
  // Without a CURRENT, or with a damaged one, this is how to mend it.
  if (!live.ok() && ListGenerations(data_dir, corpus).empty()) {
    return live.status();
  }
  std::string known;
  uint64_t before = 0;
  bool found = false;
  for (const uint64_t number : ListGenerations(data_dir, corpus)) {
    const auto manifest =
        ReadManifest(GenerationFolder(data_dir, corpus, number));
    if (!manifest.ok() || (live.ok() && number == *live)) continue;
    absl::StrAppend(&known, known.empty() ? "" : ", ", number);
    if (!live.ok() || number < *live) before = number;
    found = found || number == generation;
  }
  if (generation == 0) generation = before;
  if (generation == 0 || (generation != before && !found)) {
    return absl::NotFoundError(absl::StrCat(
        "corpus \"", corpus, "\": no ",
        generation == 0 ? std::string("earlier generation")
                        : absl::StrCat("generation ", generation),
        " to go back to; there are: ", known.empty() ? "none" : known));
  }
  absl::Status status =
      CheckFilesAreThere(GenerationFolder(data_dir, corpus, generation));
  if (status.ok()) status = WriteCurrent(data_dir, corpus, generation);
  if (!status.ok()) return status;
  return generation;
}

uint64_t FolderBytes(const std::string& folder) {
  uint64_t bytes = 0;
  WalkFolder(folder, [&](const fs::directory_entry& entry) {
    std::error_code gone;
    const uint64_t size =
        entry.is_regular_file(gone) ? entry.file_size(gone) : 0;
    if (!gone) bytes += size;
  }).IgnoreError();  // what can be read counts
  return bytes;
}

absl::Status SyncFolder(const std::string& folder) { return SyncPath(folder); }

absl::Status SyncTree(const std::string& folder) {
  std::vector<std::string> paths = {folder};
  const absl::Status walked = WalkFolder(
      folder,
      [&](const fs::directory_entry& entry) { paths.push_back(entry.path()); });
  if (!walked.ok()) return walked;
  // The file system writes what several ask for at once in one go.
  constexpr size_t kThreads = 8;
  std::vector<absl::Status> statuses(paths.size());
  RunInParallel(kThreads, paths.size(),
                [&](size_t, size_t i) { statuses[i] = SyncPath(paths[i]); });
  for (const absl::Status& status : statuses) {
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<BuildLock> BuildLock::Acquire(const std::string& data_dir,
                                             std::string_view corpus) {
  const std::string path = CorpusFolder(data_dir, corpus) + "/build.lock";
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) return ErrnoToStatus(errno, absl::StrCat("open ", path));
  BuildLock lock(fd);
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) {
      return ErrnoToStatus(errno, absl::StrCat("lock ", path));
    }
    const absl::StatusOr<std::string> holder = ReadFile(path, 512);
    const std::string who(
        absl::StripAsciiWhitespace(holder.ok() ? *holder : std::string()));
    lock.fd_ = -1;
    ::close(fd);
    return absl::UnavailableError(absl::StrCat(
        "corpus \"", std::string(corpus), "\" is being built by ",
        who.empty() ? "another process" : who, "; wait for it or stop it"));
  }
  char host[256] = "unknown";
  ::gethostname(host, sizeof(host) - 1);
  const std::string who = absl::StrCat(
      "process ", ::getpid(), " on ", host, " since ",
      absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::Now(), absl::UTCTimeZone()),
      "\n");
  if (::ftruncate(fd, 0) != 0 || ::pwrite(fd, who.data(), who.size(), 0) !=
                                     static_cast<ssize_t>(who.size())) {
    return ErrnoToStatus(errno, absl::StrCat("write ", path));
  }
  return lock;
}

BuildLock::BuildLock(BuildLock&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)) {}

BuildLock::~BuildLock() {
  if (fd_ >= 0) ::close(fd_);  // releases the lock
}

}  // namespace kbsearch::engine
