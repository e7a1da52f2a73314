#include "indexer/sources/source_digest.h"

#include <sys/stat.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "base/parallel.h"
#include "engine/index/sha256.h"
#include "indexer/sources/byte_stream.h"

namespace kbsearch::indexer {
namespace {

constexpr size_t kBufferBytes = size_t{1} << 18;

// Of the bytes; empty when they cannot be read.
std::string DigestOfFile(const std::string& path,
                         const std::atomic<bool>& stop) {
  const auto stream = OpenFileStream(path);
  if (!stream.ok()) return "";
  engine::Sha256 digest;
  std::string buffer(kBufferBytes, '\0');
  while (!stop) {
    const absl::StatusOr<size_t> got =
        (*stream)->Read(buffer.data(), buffer.size());
    if (!got.ok()) return "";
    if (*got == 0) return digest.Hex();
    digest.Add({buffer.data(), *got});
  }
  return "";
}

// No text runs into the next.
void AddText(std::string_view text, engine::Sha256* digest) {
  digest->Add(absl::StrCat(text.size(), ":"));
  digest->Add(text);
}

}  // namespace

std::string DigestOfSources(const std::vector<SourceFile>& files,
                            const ReaderOptions& options,
                            const std::atomic<bool>& stop) {
  std::vector<std::string> digests(files.size());
  RunInParallel(ThreadsOf(options.jobs), files.size(), [&](size_t, size_t i) {
    digests[i] = DigestOfFile(files[i].path, stop);
  });
  engine::Sha256 all;
  AddText(options.known_languages, &all);
  AddText(options.default_language, &all);
  AddText(options.format.has_value() ? FormatName(*options.format) : "", &all);
  for (const auto& [field, column] : options.columns) {
    AddText(field, &all);
    AddText(column, &all);
  }
  for (size_t i = 0; i < files.size(); ++i) {
    if (digests[i].empty()) return "";
    AddText(files[i].path, &all);
    AddText(files[i].name, &all);
    AddText(files[i].folder, &all);
    AddText(FormatName(files[i].format), &all);
    AddText(digests[i], &all);
  }
  return all.Hex();
}

std::string StampOfSources(const std::vector<SourceFile>& files) {
  engine::Sha256 all;
  for (const SourceFile& file : files) {
    struct stat info {};
    if (::stat(file.path.c_str(), &info) != 0) return "";
    AddText(absl::StrCat(info.st_ino, " ", info.st_size, " ",
                         info.st_mtim.tv_sec, " ", info.st_mtim.tv_nsec, " ",
                         info.st_ctim.tv_sec, " ", info.st_ctim.tv_nsec),
            &all);
  }
  return all.Hex();
}

}  // namespace kbsearch::indexer
