#include "engine/generations/generation_files.h"

#include <stdlib.h>
#include <unistd.h>
#include <xapian.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <sstream>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "analyzers/resource_folder.h"
#include "base/file.h"
#include "base/folder_walk.h"
#include "base/parallel.h"
#include "engine/generations/generations.h"
#include "engine/index/article_ledger.h"
#include "engine/index/document_record.h"
#include "engine/index/schema.h"
#include "engine/index/sha256.h"
#include "engine/index/snapshot.h"
#include "engine/live/live_folder.h"
#include "engine/xapian_call.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;

constexpr const char* kChecksums = "checksums.tsv";
constexpr size_t kMostProblems = 100;
// An index is up to four times the text it is made of (docs/index_format.md).
constexpr uint64_t kIndexPerSource = 4;
constexpr uint64_t kSpareBytes = uint64_t{64} << 20;

absl::StatusOr<std::string> DigestOfFile(const std::string& path) {
  Sha256 digest;
  std::error_code error;
  if (fs::file_size(path, error) > 0 || error) {
    const auto file = analyzers::MappedFile::Open(path);
    if (!file.ok()) return file.status();
    digest.Add((*file)->bytes());
  }
  return digest.Hex();
}

absl::StatusOr<std::string> ChecksumLine(const std::string& folder,
                                         const std::string& path) {
  const std::string file = folder + "/" + path;
  const absl::StatusOr<std::string> digest = DigestOfFile(file);
  if (!digest.ok()) return digest.status();
  std::error_code error;
  const uint64_t bytes = fs::file_size(file, error);
  if (error) {
    return ErrnoToStatus(error.value(), absl::StrCat("size of ", file));
  }
  return absl::StrCat(*digest, "\t", bytes, "\t", path, "\n");
}

// Paths below the folder, sorted.
absl::StatusOr<std::vector<std::string>> FilesOf(const std::string& folder) {
  std::vector<std::string> files;
  const absl::Status status =
      WalkFolder(folder, [&](const fs::directory_entry& entry) {
        std::error_code error;
        if (!entry.is_regular_file(error)) return;
        std::string path = entry.path().lexically_relative(folder).string();
        if (path != kChecksums && path != "manifest.json") {
          files.push_back(std::move(path));
        }
      });
  if (!status.ok()) return status;
  std::sort(files.begin(), files.end());
  return files;
}

// Every line of the list: SHA-256, bytes, path; of a damaged line what is
// there.
absl::StatusOr<std::vector<std::vector<std::string>>> ReadChecksums(
    const std::string& folder) {
  const absl::StatusOr<std::string> text = ReadFile(folder + "/" + kChecksums);
  if (!text.ok()) return text.status();
  std::vector<std::vector<std::string>> lines;
  for (absl::string_view line :
       absl::StrSplit(*text, '\n', absl::SkipEmpty())) {
    lines.push_back(absl::StrSplit(line, '\t'));
  }
  return lines;
}

class Verifier {
 public:
  explicit Verifier(const std::string& folder) : folder_(folder) {}

  Verification Run() {
    const absl::StatusOr<Manifest> manifest = ReadManifest(folder_);
    if (!manifest.ok()) {
      Problem(std::string(manifest.status().message()));
      return found_;
    }
    CheckFiles();
    const absl::StatusOr<ArticleLedger> ledger = ReadLedger(folder_);
    if (!ledger.ok()) {
      Problem(std::string(ledger.status().message()));
      return found_;
    }
    // Also opens the files beside the databases.
    const auto snapshot = LoadSnapshotFolder(folder_, "");
    if (!snapshot.ok()) Problem(std::string(snapshot.status().message()));
    CheckCounts(*manifest, *ledger);
    for (const LanguageStats& stats : manifest->languages) {
      for (const Audience audience : {Audience::kPublic, Audience::kAgent}) {
        CheckShard(stats.language, audience, *ledger);
      }
    }
    return found_;
  }

 private:
  void Problem(std::string what) {
    if (found_.problems.size() < kMostProblems) {
      found_.problems.push_back(std::move(what));
    }
  }

  void CheckFiles() {
    const auto lines = ReadChecksums(folder_);
    if (!lines.ok()) {
      Problem(std::string(lines.status().message()));
      return;
    }
    std::set<std::string> listed;
    for (const std::vector<std::string>& fields : *lines) {
      if (fields.size() != 3) {
        Problem(absl::StrCat(kChecksums, ": damaged line"));
        continue;
      }
      listed.insert(fields[2]);
      CheckFile(fields);
    }
    const auto files = FilesOf(folder_);
    if (!files.ok()) {
      Problem(std::string(files.status().message()));
      return;
    }
    for (const std::string& path : *files) {
      if (!listed.contains(path)) {
        Problem(absl::StrCat(path, ": not a file of this generation"));
      }
    }
  }

  void CheckFile(const std::vector<std::string>& fields) {
    const std::string path = folder_ + "/" + fields[2];
    std::error_code error;
    const uint64_t bytes = fs::file_size(path, error);
    if (error) {
      Problem(absl::StrCat(fields[2], ": ", error.message()));
      return;
    }
    ++found_.files;
    found_.bytes += bytes;
    if (absl::StrCat(bytes) != fields[1]) {
      Problem(absl::StrCat(fields[2], ": ", bytes, " bytes, should be ",
                           fields[1]));
      return;
    }
    const absl::StatusOr<std::string> digest = DigestOfFile(path);
    if (!digest.ok()) {
      Problem(std::string(digest.status().message()));
    } else if (*digest != fields[0]) {
      Problem(absl::StrCat(fields[2], ": other contents than were written"));
    }
  }

  void CheckCounts(const Manifest& manifest, const ArticleLedger& ledger) {
    std::map<std::string, LanguageStats> counted;
    for (const auto& [key, entry] : ledger) {
      LanguageStats& stats = counted[key.second];
      ++stats.articles;
      if (entry.audience == Audience::kPublic) ++stats.public_articles;
      stats.entries += entry.entries;
    }
    for (const LanguageStats& stats : manifest.languages) {
      const LanguageStats& count = counted[stats.language];
      if (count.articles != stats.articles ||
          count.public_articles != stats.public_articles ||
          count.entries != stats.entries) {
        Problem(absl::StrCat(stats.language, ": the manifest counts ",
                             stats.articles, " articles, the list ",
                             count.articles));
      }
    }
  }

  void CheckShard(const std::string& language, Audience audience,
                  const ArticleLedger& ledger) {
    const std::string folder = ShardFolder(folder_, language, audience);
    const std::string name =
        absl::StrCat(language, "/", std::string(AudienceName(audience)));
    uint64_t wanted = 0;
    for (const auto& [key, entry] : ledger) {
      if (key.second == language && entry.audience == audience) ++wanted;
    }
    std::error_code ignored;
    if (wanted == 0 && !fs::exists(folder, ignored)) return;
    const absl::Status status = CallXapian(name, [&] {
      CheckStructure(name, folder);
      const Xapian::Database database(folder);
      found_.documents += database.get_doccount();
      CheckTerms(name, database);
      for (const auto& [key, entry] : ledger) {
        if (key.second != language || entry.audience != audience) continue;
        CheckArticle(name, key.first, language, entry, database);
      }
    });
    if (!status.ok()) Problem(std::string(status.message()));
  }

  // Xapian opens for writing what it checks; where that is not possible, a copy
  // of it is.
  void CheckStructure(const std::string& name, const std::string& folder) {
    std::ostringstream report;
    std::optional<DoomedFolder> copy;
    if (::access(folder.c_str(), W_OK) != 0) {
      // Nobody else may read it.
      std::string path =
          (fs::temp_directory_path() / "kbsearch-verify-XXXXXX").string();
      if (::mkdtemp(path.data()) == nullptr) {
        Problem(absl::StrCat(name, ": cannot be copied to ", path,
                             " to be checked"));
        return;
      }
      copy.emplace(path);
      fs::copy(folder, path);
    }
    if (Xapian::Database::check(copy.has_value() ? copy->path() : folder, 0,
                                &report) != 0) {
      Problem(absl::StrCat(name, ": damaged database: ", report.str()));
    }
  }

  // Every term has a prefix of the schema and as many documents as it says.
  void CheckTerms(const std::string& name, const Xapian::Database& database) {
    constexpr std::string_view kPrefixes = "XZQJB";
    for (auto term = database.allterms_begin(); term != database.allterms_end();
         ++term) {
      const std::string text = *term;
      if (kPrefixes.find(text.front()) == std::string_view::npos ||
          term.get_termfreq() == 0 ||
          term.get_termfreq() > database.get_doccount()) {
        Problem(absl::StrCat(name, ": senseless term \"",
                             absl::CHexEscape(text), "\""));
        return;
      }
    }
  }

  void CheckArticle(const std::string& name, const std::string& id,
                    const std::string& language, const LedgerEntry& entry,
                    const Xapian::Database& database) {
    const std::string term = DocumentTerm(id, language);
    const auto found = database.postlist_begin(term);
    if (found == database.postlist_end(term)) {
      Problem(absl::StrCat(name, ": article \"", id, "\" is missing"));
      return;
    }
    const absl::StatusOr<StoredDocument> stored =
        ReadDocumentRecord(database, *found);
    if (!stored.ok()) {
      Problem(absl::StrCat(name, ": article \"", id,
                           "\": ", std::string(stored.status().message())));
      return;
    }
    if (!entry.digest.empty() &&
        ArticleDigest(stored->article) != entry.digest) {
      Problem(absl::StrCat(name, ": article \"", id,
                           "\" is not the one that was indexed"));
    }
    ++found_.articles;
  }

  const std::string folder_;
  Verification found_;
};

}  // namespace

absl::Status WriteChecksums(const std::string& generation_folder) {
  const auto paths = FilesOf(generation_folder);
  if (!paths.ok()) return paths.status();
  std::vector<absl::StatusOr<std::string>> lines(paths->size());
  RunInParallel(ThreadsOf(0), paths->size(), [&](size_t, size_t i) {
    lines[i] = ChecksumLine(generation_folder, (*paths)[i]);
  });
  std::string text;
  for (const absl::StatusOr<std::string>& line : lines) {
    if (!line.ok()) return line.status();
    text += *line;
  }
  return ReplaceFile(generation_folder + "/" + kChecksums, text);
}

absl::Status CheckFilesAreThere(const std::string& generation_folder) {
  const auto lines = ReadChecksums(generation_folder);
  if (absl::IsNotFound(lines.status())) return absl::OkStatus();
  if (!lines.ok()) return lines.status();
  for (const std::vector<std::string>& fields : *lines) {
    if (fields.size() != 3) continue;
    std::error_code error;
    const uint64_t bytes =
        fs::file_size(generation_folder + "/" + fields[2], error);
    if (!error && absl::StrCat(bytes) == fields[1]) continue;
    return absl::DataLossError(
        absl::StrCat(generation_folder, " is damaged: ", fields[2],
                     error ? " is missing" : " has changed"));
  }
  return absl::OkStatus();
}

absl::Status CheckFileContents(const std::string& generation_folder,
                               std::string_view only) {
  absl::Status status;
  if (only.empty()) status = CheckFilesAreThere(generation_folder);
  if (!status.ok()) return status;
  const auto lines = ReadChecksums(generation_folder);
  if (absl::IsNotFound(lines.status())) return absl::OkStatus();
  if (!lines.ok()) return lines.status();
  std::vector<absl::Status> found(lines->size());
  RunInParallel(ThreadsOf(0), lines->size(), [&](size_t, size_t i) {
    const std::vector<std::string>& fields = (*lines)[i];
    if (fields.size() != 3 || (!only.empty() && fields[2] != only)) return;
    const auto digest = DigestOfFile(generation_folder + "/" + fields[2]);
    if (!digest.ok()) {
      found[i] = digest.status();
    } else if (*digest != fields[0]) {
      found[i] = absl::DataLossError(
          absl::StrCat(generation_folder, " is damaged: ", fields[2],
                       " holds other bytes than were written"));
    }
  });
  for (const absl::Status& one : found) status.Update(one);
  return status;
}

absl::StatusOr<Verification> VerifyGeneration(
    const std::string& generation_folder) {
  std::error_code ignored;
  if (!fs::is_directory(generation_folder, ignored)) {
    return absl::NotFoundError(
        absl::StrCat("no generation ", generation_folder));
  }
  return Verifier(generation_folder).Run();
}

absl::Status CheckDiskSpace(const std::string& data_dir, uint64_t base_bytes,
                            uint64_t source_bytes) {
  std::error_code error;
  const fs::space_info space = fs::space(data_dir, error);
  if (error) return absl::OkStatus();  // some file systems do not tell
  const uint64_t need =
      std::max(base_bytes + base_bytes / 4, kIndexPerSource * source_bytes) +
      kSpareBytes;
  if (space.available >= need) return absl::OkStatus();
  return absl::ResourceExhaustedError(absl::StrCat(
      data_dir, ": ", space.available >> 20, " MB free, a build may need ",
      need >> 20, " MB; make room, or keep fewer generations (--keep)"));
}

}  // namespace kbsearch::engine
