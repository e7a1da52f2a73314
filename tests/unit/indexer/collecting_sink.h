// A sink that keeps what a reader gives it.
#ifndef KBSEARCH_TESTS_UNIT_INDEXER_COLLECTING_SINK_H_
#define KBSEARCH_TESTS_UNIT_INDEXER_COLLECTING_SINK_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/reader.h"

namespace kbsearch::indexer {

class CollectingSink : public RecordSink {
 public:
  absl::Status Add(Record record) override {
    articles.push_back(std::move(record.article));
    lines.push_back(record.line);
    files.push_back(std::move(record.file));
    return absl::OkStatus();
  }
  void Report(ReportItem item) override { items.push_back(std::move(item)); }

  std::vector<engine::Article> articles;
  std::vector<uint64_t> lines;
  std::vector<std::string> files;
  std::vector<ReportItem> items;
};

// Knows the five languages, with or without a region.
inline ReaderOptions TestOptions() {
  ReaderOptions options;
  options.known_languages = "el, en, fr, nl, ru";
  options.normalize_language = [](std::string_view code) {
    const std::string_view base = code.substr(0, code.find_first_of("-_"));
    for (std::string_view known : {"el", "en", "fr", "nl", "ru"}) {
      if (base == known) return std::string(known);
    }
    return std::string();
  };
  return options;
}

inline SourceFile TestFile(std::string name, Format format) {
  SourceFile file;
  file.path = "src/" + name;
  file.name = std::move(name);
  file.folder = "src";
  file.format = format;
  return file;
}

// Reads `bytes` as a file called `name` below the source folder.
inline CollectingSink ReadBytes(Format format, std::string name,
                                std::string bytes,
                                const ReaderOptions& options = TestOptions()) {
  CollectingSink sink;
  const std::unique_ptr<Reader> reader = NewReader(format, options);
  absl::Status status =
      reader->Read(TestFile(std::move(name), format),
                   std::make_unique<StringStream>(std::move(bytes)), sink);
  if (status.ok()) status = reader->Finish(sink);
  if (!status.ok())
    sink.items.push_back({"", 0, "", Severity::kRejected,
                          std::string(status.message()), "", ""});
  return sink;
}

// "kind text" of every block, kind being P, H2, L, C or T, with "#anchor" of
// headings.
inline std::vector<std::string> Outline(
    const std::vector<engine::Block>& blocks) {
  std::vector<std::string> outline;
  for (const engine::Block& block : blocks) {
    std::string line(1, "PHLCT"[static_cast<size_t>(block.kind)]);
    if (block.kind == engine::BlockKind::kHeading) {
      line += std::to_string(block.level) + "#" + block.anchor;
    }
    outline.push_back(line + " " + block.text);
  }
  return outline;
}

// "severity:line reason" of every item.
inline std::vector<std::string> Reasons(const std::vector<ReportItem>& items) {
  std::vector<std::string> reasons;
  for (const ReportItem& item : items) {
    reasons.push_back(std::string(SeverityName(item.severity)) + ":" +
                      std::to_string(item.line) + " " + item.reason);
  }
  return reasons;
}

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_TESTS_UNIT_INDEXER_COLLECTING_SINK_H_
