// A reader turns the files of one format into articles. One format, one file
// (jsonl_reader.cc, …), listed in reader.cc. A new reader: a value of Format
// with its name and endings in reader.cc, a class behind this interface, tests
// with good and bad files in the five languages.
#ifndef KBSEARCH_INDEXER_READER_H_
#define KBSEARCH_INDEXER_READER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "engine/article.h"
#include "indexer/byte_stream.h"
#include "indexer/report.h"

namespace kbsearch::indexer {

enum class Format : uint8_t { kJsonl, kHtml, kMarkdown, kText };

// "jsonl", "html", "markdown", "text".
std::string_view FormatName(Format format);
std::optional<Format> ParseFormat(std::string_view name);
// By the ending, in any case: "a/b.HTM" → kHtml.
std::optional<Format> FormatOfPath(std::string_view path);

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
};

// Takes what a reader finds.
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  // `line` is where the article begins (0 = the whole file). Not OK: reading
  // must end (the build failed or was interrupted).
  virtual absl::Status Add(engine::Article article, uint64_t line) = 0;
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
};

std::unique_ptr<Reader> NewReader(Format format, const ReaderOptions& options);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READER_H_
