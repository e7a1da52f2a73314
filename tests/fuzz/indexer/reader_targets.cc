// Each reader, and the JSON repair.
#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/utf8.h"
#include "indexer/reader.h"
#include "indexer/sources/encoding.h"
#include "indexer/text/lenient_json.h"
#include "tests/fuzz/fuzz_target.h"

namespace kbsearch::fuzz {
namespace {

using indexer::Format;
using indexer::Reader;
using indexer::ReaderOptions;
using indexer::Record;
using indexer::ReportItem;

constexpr Format kFormats[] = {
    Format::kJsonl, Format::kHtml,   Format::kMarkdown,
    Format::kText,  Format::kCsv,    Format::kZendesk,
    Format::kForum, Format::kCanned, Format::kArchive};
constexpr std::string_view kPrefix = "reader.";
constexpr std::string_view kRepairJson = "repair_json";

void RequireSound(const engine::Article& article) {
  Require(!article.id.empty(), "an article has an id");
  Require(IsValidUtf8(article.title), "titles are UTF-8");
  for (const engine::Block& block : article.blocks) {
    Require(!block.text.empty(), "a block has a text");
    Require(IsValidUtf8(block.text), "blocks are UTF-8");
    Require(IsValidUtf8(block.anchor), "anchors are UTF-8");
  }
  for (const engine::FaqEntry& entry : article.entries) {
    Require(!entry.question.empty(), "an entry has a question");
    Require(IsValidUtf8(entry.question), "questions are UTF-8");
    Require(IsValidUtf8(entry.answer), "answers are UTF-8");
  }
}

class CheckingSink : public indexer::RecordSink {
 public:
  absl::Status Add(Record record) override {
    RequireSound(record.article);
    ++found_;
    return absl::OkStatus();
  }
  void Report(ReportItem item) override {
    Require(!item.reason.empty(), "a report has a reason");
    Require(item.detail.size() < 100'000, "a report is short");
    ++found_;
  }
  size_t found() const { return found_; }

 private:
  size_t found_ = 0;
};

ReaderOptions Options() {
  ReaderOptions options;
  options.known_languages = "el, en, fr, nl, ru";
  options.normalize_language = [](std::string_view code) {
    const std::string_view base = code.substr(0, 2);
    for (const std::string_view known : {"el", "en", "fr", "nl", "ru"}) {
      if (base == known) return std::string(known);
    }
    return std::string();
  };
  return options;
}

void ReadAs(Format format, std::string_view bytes) {
  indexer::SourceFile file;
  file.path = file.name = "el/a";
  file.folder = "source";
  file.format = format;
  file.bytes = bytes.size();
  CheckingSink sink;
  const std::unique_ptr<Reader> reader = NewReader(format, Options());
  Require(
      reader
          ->Read(file,
                 std::make_unique<indexer::StringStream>(std::string(bytes)),
                 sink)
          .ok(),
      "a bad file is a report, no error");
  Require(reader->Finish(sink).ok(), "a bad file is a report, no error");
}

}  // namespace

std::span<const std::string> TargetNames() {
  static const auto* const names = [] {
    auto* made = new std::vector<std::string>();
    for (const Format format : kFormats) {
      made->push_back(std::string(kPrefix) +
                      std::string(indexer::FormatName(format)));
    }
    made->emplace_back(kRepairJson);
    return made;
  }();
  return *names;
}

void RunTarget(std::string_view target, std::string_view bytes) {
  if (target == kRepairJson) {
    bool repaired = false;
    (void)indexer::ParseLenientJson(bytes, &repaired);
    return;
  }
  for (const Format format : kFormats) {
    if (indexer::FormatName(format) == target.substr(kPrefix.size())) {
      ReadAs(format, bytes);
    }
  }
}

}  // namespace kbsearch::fuzz
