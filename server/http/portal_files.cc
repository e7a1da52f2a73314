#include "server/http/portal_files.h"

#include <openssl/sha.h>

#include <cstdlib>
#include <filesystem>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "server/http/gzip.h"

namespace kbsearch::server {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kMaxFileBytes = 8 << 20;

struct ContentType {
  const char* extension;
  const char* type;
};
constexpr ContentType kContentTypes[] = {
    {".html", "text/html; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
};

const char* TypeOf(const fs::path& file) {
  for (const ContentType& known : kContentTypes) {
    if (file.extension() == known.extension) return known.type;
  }
  return nullptr;
}

std::string ResourceFolder(const std::string& directory) {
  if (!directory.empty()) return directory;
  const char* set = std::getenv("KBSEARCH_RESOURCES");
  if (set != nullptr && *set != '\0') return absl::StrCat(set, "/portal");
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path installed =
      program.parent_path().parent_path() / "share/kbsearch/portal";
  if (!error && fs::is_directory(installed, error)) return installed;
  return KBSEARCH_BUILD_RESOURCES "/portal";
}

std::string Etag(const std::string& content) {
  unsigned char hash[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(content.data()), content.size(),
         hash);
  const absl::string_view half(reinterpret_cast<const char*>(hash),
                               sizeof(hash) / 2);
  return absl::StrCat("\"", absl::BytesToHexString(half), "\"");
}

}  // namespace

absl::StatusOr<PortalFiles> PortalFiles::Load(const std::string& directory) {
  const fs::path folder = ResourceFolder(directory);
  std::error_code error;
  fs::recursive_directory_iterator it(folder, error);
  if (error) {
    return absl::NotFoundError(absl::StrCat(
        "no portal pages in ", folder.string(), ": ", error.message(),
        "; set KBSEARCH_RESOURCES to the installed share/kbsearch"));
  }
  PortalFiles files;
  for (; it != fs::recursive_directory_iterator(); it.increment(error)) {
    const char* type = TypeOf(it->path());
    if (type == nullptr || !it->is_regular_file(error)) continue;
    absl::StatusOr<std::string> content =
        ReadFile(it->path().string(), kMaxFileBytes);
    if (!content.ok()) return content.status();
    PortalFile file;
    file.content_type = type;
    file.etag = Etag(*content);
    if (std::string small = Gzip(*content, 9); small.size() < content->size()) {
      file.gzipped = std::make_shared<const std::string>(std::move(small));
    }
    file.content = std::make_shared<const std::string>(*std::move(content));
    const std::string name = fs::relative(it->path(), folder, error).string();
    files.files_.emplace(absl::StrCat("/", name), std::move(file));
  }
  return files;
}

const PortalFile* PortalFiles::Find(const std::string& path) const {
  auto it = files_.find(path == "/" ? "/index.html" : path);
  if (it == files_.end()) it = files_.find(absl::StrCat(path, ".html"));
  return it == files_.end() ? nullptr : &it->second;
}

}  // namespace kbsearch::server
