// The sample corpus as the golden relevance tests use it: indexed into a folder
// and searched in the test's own process, always in the same order.
#ifndef KBSEARCH_TESTS_RELEVANCE_SAMPLE_CORPUS_H_
#define KBSEARCH_TESTS_RELEVANCE_SAMPLE_CORPUS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/eval/judgements.h"
#include "engine/search.h"

namespace kbsearch::relevance {

inline constexpr char kCorpusName[] = "helpdesk";

// A line of corpora/helpdesk/judged/queries.jsonl.
struct SampleQuery {
  cli::JudgedQuery judged;
  std::vector<std::string> wanted;  // ids of the right articles, best first
  std::string kind;                 // "keywords", "question", …
  engine::Audience audience = engine::Audience::kPublic;
};

// InvalidArgument names the line that cannot be used.
absl::StatusOr<std::vector<SampleQuery>> ReadSampleQueries(
    const std::string& path);

// Indexes `content` into the empty folder `data_dir` with one thread, so that
// documents have the same numbers each time. A record that cannot be read is an
// error: the corpus is ours.
absl::StatusOr<std::unique_ptr<engine::Searcher>> IndexSampleCorpus(
    const std::string& content, const std::string& data_dir);

}  // namespace kbsearch::relevance

#endif  // KBSEARCH_TESTS_RELEVANCE_SAMPLE_CORPUS_H_
