// Speed of the readers, one thread, files in memory.
//   read_bench PATH... [--format NAME]
// Walks the paths as `kbsearch-indexer build --source` does and prints for each
// format how much of its input one thread reads in a second: the best of some
// passes, in processor time of the thread, so that a busy machine counts less.
// For HTML also what the tree builder alone takes.
#include <time.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "analyzers/registry.h"
#include "base/file.h"
#include "indexer/command_line.h"
#include "indexer/html/html_document.h"
#include "indexer/reader.h"
#include "indexer/reader_options.h"
#include "indexer/sources/source_walk.h"

namespace kbsearch::indexer {
namespace {

constexpr int kPasses = 5;
constexpr uint64_t kMostBytes = 200'000'000;  // of a format

struct Input {
  SourceFile file;
  std::string bytes;
};

class CountingSink : public RecordSink {
 public:
  absl::Status Add(Record record) override {
    ++articles_;
    blocks_ += record.article.blocks.size() + record.article.entries.size();
    return absl::OkStatus();
  }
  void Report(ReportItem) override { ++reports_; }

  uint64_t articles() const { return articles_; }
  uint64_t blocks() const { return blocks_; }
  uint64_t reports() const { return reports_; }

 private:
  uint64_t articles_ = 0;
  uint64_t blocks_ = 0;
  uint64_t reports_ = 0;
};

double ThreadSeconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) +
         static_cast<double>(now.tv_nsec) * 1e-9;
}

template <typename Work>
double Best(Work work) {
  double best = 1e9;
  for (int pass = 0; pass < kPasses; ++pass) {
    const double begin = ThreadSeconds();
    work();
    best = std::min(best, ThreadSeconds() - begin);
  }
  return best;
}

void Measure(Format format, const std::vector<Input>& inputs,
             const ReaderOptions& options) {
  uint64_t bytes = 0;
  for (const Input& input : inputs) bytes += input.bytes.size();
  CountingSink sink;
  const double seconds = Best([&] {
    sink = CountingSink();
    const std::unique_ptr<Reader> reader = NewReader(format, options);
    for (const Input& input : inputs) {
      (void)reader->Read(input.file,
                         std::make_unique<StringStream>(input.bytes), sink);
    }
    (void)reader->Finish(sink);
  });
  const double megabytes = static_cast<double>(bytes) / 1e6;
  std::cout << absl::StrFormat(
      "%-10s %6d files %8.1f MB %7.1f MB/s  (%d articles, %d blocks, %d "
      "reports)\n",
      std::string(FormatName(format)), inputs.size(), megabytes,
      megabytes / seconds, sink.articles(), sink.blocks(), sink.reports());
  if (format != Format::kHtml) return;
  const double parsing = Best([&] {
    for (const Input& input : inputs) (void)HtmlDocument::Parse(input.bytes);
  });
  std::cout << absl::StrFormat("  tree builder alone %.1f MB/s\n",
                               megabytes / parsing);
}

int Run(const Settings& settings) {
  auto registry = analyzers::Registry::Load();
  if (!registry.ok()) {
    std::cerr << registry.status() << "\n";
    return 1;
  }
  absl::StatusOr<ReaderOptions> options =
      MakeReaderOptions(settings, *std::move(registry));
  if (!options.ok()) {
    std::cerr << options.status() << "\n";
    return 2;
  }
  WalkResult walk;
  const absl::Status walked = WalkSources(
      settings.sources, options->format, [](const ReportItem&) {}, &walk);
  if (!walked.ok()) {
    std::cerr << walked << "\n";
    return 1;
  }
  std::map<Format, std::vector<Input>> inputs;
  std::map<Format, uint64_t> sizes;
  for (const SourceFile& file : walk.files) {
    if (sizes[file.format] > kMostBytes) continue;
    absl::StatusOr<std::string> bytes = ReadFile(file.path);
    if (!bytes.ok()) continue;
    sizes[file.format] += bytes->size();
    inputs[file.format].push_back({file, *std::move(bytes)});
  }
  for (const auto& [format, files] : inputs) Measure(format, files, *options);
  return 0;
}

}  // namespace
}  // namespace kbsearch::indexer

int main(int argc, char** argv) {
  kbsearch::indexer::Settings settings;
  settings.jobs = 1;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--format" && i + 1 < argc) {
      settings.format = argv[++i];
    } else {
      settings.sources.push_back(argument);
    }
  }
  if (settings.sources.empty()) {
    std::cerr << "usage: read_bench PATH... [--format NAME]\n";
    return 2;
  }
  return kbsearch::indexer::Run(settings);
}
