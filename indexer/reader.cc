#include "indexer/reader.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "indexer/readers/archive_reader.h"
#include "indexer/readers/canned_reader.h"
#include "indexer/readers/csv_reader.h"
#include "indexer/readers/forum_reader.h"
#include "indexer/readers/html_reader.h"
#include "indexer/readers/jsonl_reader.h"
#include "indexer/readers/markdown_reader.h"
#include "indexer/readers/text_reader.h"
#include "indexer/readers/zendesk_reader.h"

namespace kbsearch::indexer {
namespace {

struct FormatRow {
  Format format;
  std::string_view name;
  std::vector<std::string_view> endings;
  // Formats of their own that end like others must be asked for.
  bool by_ending = true;
};

const std::vector<FormatRow>& Formats() {
  static const auto* const formats = new std::vector<FormatRow>{
      {Format::kJsonl, "jsonl", {".jsonl", ".ndjson"}},
      {Format::kHtml, "html", {".html", ".htm", ".xhtml"}},
      {Format::kMarkdown, "markdown", {".md", ".markdown"}},
      {Format::kText, "text", {".txt"}},
      {Format::kCsv, "csv", {".csv", ".tsv"}},
      {Format::kZendesk, "zendesk", {".json", ".jsonl", ".ndjson"}, false},
      {Format::kForum, "forum", {".json", ".jsonl", ".ndjson"}, false},
      {Format::kCanned, "canned", {".json", ".jsonl", ".ndjson"}, false},
      {Format::kArchive, "archive", {".zip", ".tar", ".tar.gz", ".tgz"}},
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

std::string FormatNames() {
  std::string names;
  for (const FormatRow& row : Formats()) {
    if (row.format == Format::kArchive) continue;
    absl::StrAppend(&names, names.empty() ? "" : ", ", std::string(row.name));
  }
  return names;
}

std::optional<Format> FormatOfPath(std::string_view path,
                                   std::optional<Format> wanted) {
  const std::string lower =
      absl::AsciiStrToLower(absl::string_view(path.data(), path.size()));
  for (const FormatRow& row : Formats()) {
    const bool may_be =
        !wanted.has_value()
            ? row.by_ending
            : row.format == *wanted || row.format == Format::kArchive;
    if (!may_be) continue;
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
    case Format::kCsv:
      return NewCsvReader(options);
    case Format::kZendesk:
      return NewZendeskReader(options);
    case Format::kForum:
      return NewForumReader(options);
    case Format::kCanned:
      return NewCannedReader(options);
    case Format::kArchive:
      return NewArchiveReader(options);
  }
  return nullptr;
}

}  // namespace kbsearch::indexer
