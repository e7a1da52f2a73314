#include "engine/index/article_ledger.h"

#include <elf.h>
#include <link.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "analyzers/resource_folder.h"
#include "base/file.h"
#include "base/folder_walk.h"
#include "engine/index/sha256.h"
#include "engine/index/stored_document.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;

// 128 bits are plenty to tell texts apart.
constexpr size_t kDigestDigits = 32;

// The note that the linker writes of the program's contents, in the first
// loaded object, which is the program.
std::string BuildId() {
  std::string id;
  dl_iterate_phdr(
      [](dl_phdr_info* info, size_t, void* result) {
        for (int i = 0; i < info->dlpi_phnum; ++i) {
          const auto& header = info->dlpi_phdr[i];
          if (header.p_type != PT_NOTE) continue;
          const char* at =
              reinterpret_cast<const char*>(info->dlpi_addr + header.p_vaddr);
          const char* const end = at + header.p_memsz;
          while (at + sizeof(ElfW(Nhdr)) <= end) {
            const auto* note = reinterpret_cast<const ElfW(Nhdr)*>(at);
            const char* const name = at + sizeof(*note);
            const char* const value = name + ((note->n_namesz + 3) & ~3u);
            if (note->n_type == NT_GNU_BUILD_ID) {
              static_cast<std::string*>(result)->assign(value, note->n_descsz);
              return 1;
            }
            at = value + ((note->n_descsz + 3) & ~3u);
          }
        }
        return 1;  // only the program
      },
      &id);
  return id;
}

// False: a file cannot be read.
bool AddResources(Sha256* digest) {
  const auto folder = analyzers::ResourceFolder::Find("");
  if (!folder.ok()) return false;
  std::vector<std::string> paths;
  const absl::Status status =
      WalkFolder(folder->path(), [&](const fs::directory_entry& entry) {
        std::error_code error;
        if (entry.is_regular_file(error))
          paths.push_back(entry.path().string());
      });
  if (!status.ok()) return false;
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) {
    const auto file = analyzers::MappedFile::Open(path);
    if (!file.ok()) return false;
    digest->Add(path.substr(folder->path().size()));
    digest->Add((*file)->bytes());
  }
  return true;
}

std::string LedgerPath(const std::string& generation_folder) {
  return generation_folder + "/" + std::string(kLedgerFile);
}

}  // namespace

std::string ArticleDigest(const Article& article) {
  Sha256 digest;
  digest.Add(EncodeStoredDocument(DocumentRole::kPage, 0, article));
  return digest.Hex().substr(0, kDigestDigits);
}

std::string AnalysisIdentity() {
  const std::string build = BuildId();
  Sha256 digest;
  if (build.empty() || !AddResources(&digest)) return "";
  digest.Add(build);
  return digest.Hex().substr(0, kDigestDigits);
}

absl::Status WriteLedger(const std::string& generation_folder,
                         const ArticleLedger& ledger) {
  std::string text;
  for (const auto& [key, entry] : ledger) {
    absl::StrAppend(&text, key.second, "\t",
                    std::string(AudienceName(entry.audience)), "\t",
                    entry.entries, "\t", entry.digest, "\t", key.first, "\n");
  }
  return ReplaceFile(LedgerPath(generation_folder), text);
}

absl::StatusOr<ArticleLedger> ReadLedger(const std::string& generation_folder) {
  const std::string path = LedgerPath(generation_folder);
  const absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok()) return text.status();
  ArticleLedger ledger;
  for (absl::string_view line :
       absl::StrSplit(*text, '\n', absl::SkipEmpty())) {
    const std::vector<std::string> fields = absl::StrSplit(line, '\t');
    LedgerEntry entry;
    if (fields.size() != 5 || !ParseAudience(fields[1], &entry.audience) ||
        !absl::SimpleAtoi(fields[2], &entry.entries) || fields[4].empty()) {
      return absl::DataLossError(absl::StrCat(path, ": damaged"));
    }
    entry.digest = fields[3];
    ledger[{fields[4], fields[0]}] = std::move(entry);
  }
  return ledger;
}

}  // namespace kbsearch::engine
