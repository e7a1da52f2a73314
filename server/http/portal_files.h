// The portal's pages, read into memory at start.
#ifndef KBSEARCH_SERVER_HTTP_PORTAL_FILES_H_
#define KBSEARCH_SERVER_HTTP_PORTAL_FILES_H_

#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace kbsearch::server {

struct PortalFile {
  std::string content_type;
  std::string etag;
  std::shared_ptr<const std::string> content;
  std::shared_ptr<const std::string> gzipped;  // null when it does not pay
};

// Immutable after Load, hence thread-safe.
class PortalFiles {
 public:
  // `directory` empty: $KBSEARCH_RESOURCES/portal, else
  // ../share/kbsearch/portal beside the program, else the build tree's own.
  // NotFound: no such folder. Files of a kind that the portal does not use are
  // left out.
  static absl::StatusOr<PortalFiles> Load(const std::string& directory);

  // "/" is "/index.html", "/ticket" is "/ticket.html". nullptr: no such file.
  const PortalFile* Find(const std::string& path) const;

 private:
  std::map<std::string, PortalFile> files_;
};

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_HTTP_PORTAL_FILES_H_
