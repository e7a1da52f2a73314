#include "indexer/readers/document.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "indexer/sources/encoding.h"

namespace kbsearch::indexer {
namespace {

void RejectFile(const SourceFile& file, std::string reason, std::string detail,
                std::string remedy, RecordSink& sink) {
  sink.Report({file.path, 0, "", Severity::kRejected, std::move(reason),
               std::move(detail), std::move(remedy)});
}

}  // namespace

PlaceInSource IdentifyByPlace(const SourceFile& file,
                              const ReaderOptions& options) {
  PlaceInSource place;
  std::string_view name = file.name;
  const size_t slash = name.find('/');
  if (slash != std::string_view::npos) {
    place.language = options.normalize_language(name.substr(0, slash));
    if (!place.language.empty()) name.remove_prefix(slash + 1);
  }
  if (place.language.empty()) {
    place.language = options.normalize_language(file.folder);
  }
  const size_t dot = name.rfind('.');
  if (dot != std::string_view::npos && dot > name.rfind('/') + 1) {
    name = name.substr(0, dot);
  }
  // "page.fr.html", as web servers negotiate languages.
  const size_t second = name.rfind('.');
  if (second != std::string_view::npos && second > name.rfind('/') + 1) {
    std::string language = options.normalize_language(name.substr(second + 1));
    if (!language.empty()) {
      place.language = std::move(language);
      name = name.substr(0, second);
    }
  }
  // '#' and a number would name an FAQ entry.
  place.id = absl::StrReplaceAll(absl::string_view(name.data(), name.size()),
                                 {{"#", "%23"}});
  return place;
}

std::optional<std::string> ReadDocument(
    const SourceFile& file, ByteStream& bytes, RecordSink& sink,
    std::string (*find_declared)(std::string_view bytes)) {
  absl::StatusOr<std::string> content = ReadAll(bytes, kMaxDocumentBytes);
  if (!content.ok()) {
    const bool too_large = absl::IsInvalidArgument(content.status());
    RejectFile(file, too_large ? "file too large" : "unreadable file",
               std::string(content.status().message()),
               too_large ? "divide the document" : "check the disk", sink);
    return std::nullopt;
  }
  if (content->find_first_not_of(" \t\r\n\f") == std::string::npos) {
    RejectFile(file, "empty file", "", "remove it or write its text", sink);
    return std::nullopt;
  }
  const std::string declared =
      find_declared == nullptr ? std::string() : find_declared(*content);
  absl::StatusOr<DecodedText> decoded =
      DecodeToUtf8(*std::move(content), declared);
  if (!decoded.ok()) {
    RejectFile(file, "not a text file", std::string(decoded.status().message()),
               "remove it, or save it as UTF-8", sink);
    return std::nullopt;
  }
  if (decoded->converted) {
    sink.Report({file.path, 0, "", Severity::kRepaired, "converted to UTF-8",
                 absl::StrCat("from ", decoded->encoding),
                 "save the file as UTF-8"});
  }
  return std::move(decoded->text);
}

}  // namespace kbsearch::indexer
