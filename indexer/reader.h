// A reader turns the files of one format into articles. One format, one file
// (jsonl_reader.cc, …), listed in reader.cc. How to add one: docs/formats.md.
#ifndef KBSEARCH_INDEXER_READER_H_
#define KBSEARCH_INDEXER_READER_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "engine/article.h"
#include "indexer/sources/byte_stream.h"
#include "indexer/sources/report.h"

namespace kbsearch::indexer {

enum class Format : uint8_t {
  kJsonl,
  kHtml,
  kMarkdown,
  kText,
  kCsv,
  kZendesk,
  kForum,
  kCanned,
  kArchive,  // of files of the others
};

// "jsonl", "html", "zendesk"…; what --format takes.
std::string_view FormatName(Format format);
std::optional<Format> ParseFormat(std::string_view name);
// "jsonl, html, markdown…", for messages.
std::string FormatNames();
// By the ending, in any case: "a/b.HTM" → kHtml. With `wanted` given, only what
// may hold that format: files with its endings, and archives. Nothing: the file
// is not to be read.
std::optional<Format> FormatOfPath(std::string_view path,
                                   std::optional<Format> wanted = std::nullopt);

// A document that has to be held in memory whole is not read above this; nor
// is a line of JSONL above the second.
inline constexpr size_t kMaxDocumentBytes = 5'000'000;
inline constexpr size_t kMaxLineBytes = 50'000'000;

struct SourceFile {
  std::string path;    // to open, and as reports name it
  std::string name;    // relative to its source folder, "el/reset-password.md"
  std::string folder;  // last component of the source folder's name
  Format format = Format::kText;
  uint64_t bytes = 0;  // when it was listed
};

struct ReaderOptions {
  // A language code as written → registry code; empty when not known.
  std::function<std::string(std::string_view)> normalize_language;
  std::string known_languages;   // "el, en, fr, nl, ru", for remedies
  std::string default_language;  // of articles that do not say; empty = detect
  std::optional<Format> format;  // of all files; none: by their endings
  // Of CSV: field of an article → name of the column, where they differ.
  std::map<std::string, std::string> columns;
  int jobs = 0;  // threads that read; 0 = one for each core
  // Tells a text's language and how sure that is (0–1); may be null.
  std::function<std::pair<std::string, double>(std::string_view)> identify;
};

// The same page in another language, as <link rel="alternate" hreflang> says.
struct AlternatePage {
  std::string language;  // "el", "pt-BR", "x-default"
  std::string url;       // may be relative
};

// What a page says of others.
struct PageLinks {
  std::string name;      // SourceFile::name, from which relative links count
  std::string language;  // its own, as its alternates call it
  std::vector<AlternatePage> alternates;
};

struct Record {
  engine::Article article;
  std::string file;   // as reports name it
  uint64_t line = 0;  // where the article begins; 0 = the whole file
  PageLinks links;
  // As an index holds it: nothing in it is judged again.
  bool is_final = false;
};

// Takes what a reader finds.
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  // Not OK: reading must end (the build failed or was interrupted).
  virtual absl::Status Add(Record record) = 0;
  virtual void Report(ReportItem item) = 0;
};

// Not thread-safe: one per thread.
class Reader {
 public:
  virtual ~Reader() = default;
  // Gives every article of `bytes` to `sink` and reports what it cannot read.
  // Not OK only when the sink's Add was not: a bad file is a report item.
  virtual absl::Status Read(const SourceFile& file,
                            std::unique_ptr<ByteStream> bytes,
                            RecordSink& sink) = 0;

  // After the last file: gives what could not be given before all were read.
  virtual absl::Status Finish(RecordSink& sink) {
    (void)sink;
    return absl::OkStatus();
  }
};

std::unique_ptr<Reader> NewReader(Format format, const ReaderOptions& options);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READER_H_
