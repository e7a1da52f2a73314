#include "indexer/reader.h"

#include "absl/strings/ascii.h"
#include "indexer/html_reader.h"
#include "indexer/jsonl_reader.h"
#include "indexer/markdown_reader.h"
#include "indexer/text_reader.h"

namespace kbsearch::indexer {
namespace {

struct FormatRow {
  Format format;
  std::string_view name;
  std::vector<std::string_view> endings;
};

const std::vector<FormatRow>& Formats() {
  static const auto* const formats = new std::vector<FormatRow>{
      {Format::kJsonl, "jsonl", {".jsonl", ".ndjson"}},
      {Format::kHtml, "html", {".html", ".htm", ".xhtml"}},
      {Format::kMarkdown, "markdown", {".md", ".markdown"}},
      {Format::kText, "text", {".txt"}},
  };
  return *formats;
}

}  // namespace

std::string_view FormatName(Format format) {
  for (const FormatRow& row : Formats()) {
    if (row.format == format) return row.name;
  }
  return "";
}

std::optional<Format> ParseFormat(std::string_view name) {
  for (const FormatRow& row : Formats()) {
    if (row.name == name) return row.format;
  }
  return std::nullopt;
}

std::optional<Format> FormatOfPath(std::string_view path) {
  const std::string lower =
      absl::AsciiStrToLower(absl::string_view(path.data(), path.size()));
  for (const FormatRow& row : Formats()) {
    for (std::string_view ending : row.endings) {
      if (lower.ends_with(ending)) return row.format;
    }
  }
  return std::nullopt;
}

std::unique_ptr<Reader> NewReader(Format format, const ReaderOptions& options) {
  switch (format) {
    case Format::kJsonl:
      return NewJsonlReader(options);
    case Format::kHtml:
      return NewHtmlReader(options);
    case Format::kMarkdown:
      return NewMarkdownReader(options);
    case Format::kText:
      return NewTextReader(options);
  }
  return nullptr;
}

}  // namespace kbsearch::indexer
