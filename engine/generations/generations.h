// The folder of a corpus: its generations, the pointer to the live one, the
// manifest of each, and the lock of whoever builds.
//
//   DATA/corpora/<corpus>/CURRENT          "<n>\n", replaced atomically
//   DATA/corpora/<corpus>/build.lock       flock'ed by a builder; who it is
//   DATA/corpora/<corpus>/generations/<n>/ manifest.json, <lang>/<audience>/
#ifndef KBSEARCH_ENGINE_GENERATIONS_GENERATIONS_H_
#define KBSEARCH_ENGINE_GENERATIONS_GENERATIONS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/article.h"
#include "engine/search.h"

namespace kbsearch::engine {

// Where a build read its articles, as its options were given.
struct BuildSources {
  std::vector<std::string> paths;  // absolute
  std::string format;              // "auto", "jsonl"…
  std::string language;            // "auto" or a code
  std::vector<std::string> columns;
};

// What manifest.json says of a generation.
struct Manifest {
  int schema_version = 0;
  uint64_t generation = 0;
  int64_t built_at = 0;                  // seconds since the epoch
  std::string built_by;                  // "kbsearch 0.1.0"
  std::string analysis;                  // AnalysisIdentity; empty = not known
  std::vector<LanguageStats> languages;  // by code
  // The changes of the log (change_log.h) up to this number are in it.
  uint64_t changes_through = 0;
  // What the articles were read from, last: to do it again.
  BuildSources sources;
};

// OK, or InvalidArgument with the rule: [a-z0-9][a-z0-9_-]{0,63}.
absl::Status ValidateCorpusName(std::string_view name);

// Paths; nothing is looked up.
std::string CorporaFolder(const std::string& data_dir);
std::string CorpusFolder(const std::string& data_dir, std::string_view corpus);
std::string GenerationFolder(const std::string& data_dir,
                             std::string_view corpus, uint64_t generation);
// "<generation folder>/<language>/<audience>"
std::string ShardFolder(const std::string& generation_folder,
                        std::string_view language, Audience audience);

// Names of the corpora that have a CURRENT, sorted.
absl::StatusOr<std::vector<std::string>> ListCorpusNames(
    const std::string& data_dir);

// The live generation. NotFound: no such corpus. DataLoss: CURRENT is damaged
// (the message says how to mend it).
absl::StatusOr<uint64_t> ReadCurrent(const std::string& data_dir,
                                     std::string_view corpus);
absl::Status WriteCurrent(const std::string& data_dir, std::string_view corpus,
                          uint64_t generation);

// DataLoss: missing or damaged manifest. FailedPrecondition: of another schema
// version.
absl::StatusOr<Manifest> ReadManifest(const std::string& generation_folder);
absl::Status WriteManifest(const std::string& generation_folder,
                           const Manifest& manifest);

// OK, or FailedPrecondition: the folder of the corpus cannot be written to, so
// that it can be served, but not changed.
absl::Status CheckWritable(const std::string& data_dir,
                           std::string_view corpus);

// Numbers of the generations on disk, finished or not, ascending.
std::vector<uint64_t> ListGenerations(const std::string& data_dir,
                                      std::string_view corpus);

// Removes what builds that died left: generations without a manifest.
void RemoveUnfinishedGenerations(const std::string& data_dir,
                                 std::string_view corpus);
// Removes all but the live generation and the `keep` latest others, and the
// changes of the log that all of these hold.
void RemoveOldGenerations(const std::string& data_dir,
                          const std::string& corpus, size_t keep);

// Makes another generation the live one, which must be complete: `generation`,
// or 0 for the latest one before the live. Gives its number. NotFound: there is
// none (the message names those there are). DataLoss: files of it are missing.
absl::StatusOr<uint64_t> RollBack(const std::string& data_dir,
                                  const std::string& corpus,
                                  uint64_t generation);

// Bytes of all files below a folder.
uint64_t FolderBytes(const std::string& folder);

// fsyncs a folder: the names in it, not what they stand for.
absl::Status SyncFolder(const std::string& folder);
// fsyncs every file and folder below (and with) `folder`.
absl::Status SyncTree(const std::string& folder);

// Held while a corpus is being built; released on destruction and by the
// kernel when the process dies.
class BuildLock {
 public:
  // Unavailable: another process holds it (the message gives its pid, host and
  // since when).
  static absl::StatusOr<BuildLock> Acquire(const std::string& data_dir,
                                           std::string_view corpus);
  BuildLock(BuildLock&& other) noexcept;
  BuildLock& operator=(BuildLock&&) = delete;
  ~BuildLock();

 private:
  explicit BuildLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_GENERATIONS_GENERATIONS_H_
