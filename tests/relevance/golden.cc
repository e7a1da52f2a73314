// golden CORPUS GOLDEN [--update]
//
// Indexes the sample corpus CORPUS (corpora/helpdesk), asks its judged queries
// and compares what they find with the files in GOLDEN. With --update it
// rewrites the files. Exit status: 0 same or rewritten, 1 different or failed,
// 2 wrong usage.
#include <stdlib.h>

#include <filesystem>
#include <iostream>
#include <string>

#include "tests/relevance/golden_files.h"
#include "tests/relevance/golden_tickets.h"
#include "tests/relevance/sample_corpus.h"

namespace kbsearch::relevance {
namespace {

namespace fs = std::filesystem;

int Fail(const absl::Status& status) {
  std::cerr << "golden: " << status << "\n";
  return 1;
}

absl::StatusOr<GoldenFiles> RunSampleCorpus(const std::string& corpus,
                                            const std::string& data_dir) {
  const auto queries = ReadSampleQueries(corpus + "/judged/queries.jsonl");
  if (!queries.ok()) return queries.status();
  const auto searcher = IndexSampleCorpus(corpus + "/content", data_dir);
  if (!searcher.ok()) return searcher.status();
  absl::StatusOr<GoldenFiles> files = MakeGoldenFiles(*queries, **searcher);
  const auto tickets =
      MakeTicketFile(corpus + "/judged/tickets.jsonl", **searcher);
  if (!tickets.ok()) return tickets.status();
  if (files.ok()) (*files)["tickets.txt"] = *tickets;
  return files;
}

int Compare(const GoldenFiles& files, const std::string& golden) {
  const absl::StatusOr<GoldenFiles> expected = ReadGoldenFiles(golden);
  if (!expected.ok()) return Fail(expected.status());
  const std::string differences = DescribeDifferences(*expected, files);
  if (differences.empty()) return 0;
  std::cout << differences
            << "\nThe sample corpus's judged queries find something else than "
               "before.\nIf that is meant: make golden, then look at git diff "
               "tests/relevance/golden\nand commit it with the change.\n";
  return 1;
}

int Run(const std::string& corpus, const std::string& golden, bool update) {
  std::string data_dir =
      (fs::temp_directory_path() / "kbsearch-golden-XXXXXX").string();
  if (::mkdtemp(data_dir.data()) == nullptr) {
    return Fail(absl::InternalError("no temporary folder " + data_dir));
  }
  const auto files = RunSampleCorpus(corpus, data_dir);
  std::error_code ignored;
  fs::remove_all(data_dir, ignored);
  if (!files.ok()) return Fail(files.status());
  if (!update) return Compare(*files, golden);
  const absl::Status written = WriteGoldenFiles(*files, golden);
  return written.ok() ? 0 : Fail(written);
}

}  // namespace
}  // namespace kbsearch::relevance

int main(int argc, char** argv) {
  const bool update = argc == 4 && std::string(argv[3]) == "--update";
  if (argc != 3 && !update) {
    std::cerr << "usage: golden CORPUS GOLDEN [--update]\n";
    return 2;
  }
  return kbsearch::relevance::Run(argv[1], argv[2], update);
}
