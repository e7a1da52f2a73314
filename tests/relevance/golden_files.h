// The golden files: what each judged query of the sample corpus finds, and how
// well each language does, as texts that a change of ranking shows up in.
//
//   golden/<language>/<query id>.txt     golden/<language>/metrics.txt
#ifndef KBSEARCH_TESTS_RELEVANCE_GOLDEN_FILES_H_
#define KBSEARCH_TESTS_RELEVANCE_GOLDEN_FILES_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/search.h"
#include "tests/relevance/sample_corpus.h"

namespace kbsearch::relevance {

// Path below golden/ → content.
using GoldenFiles = std::map<std::string, std::string>;

// Puts every query to its own language, as `kbsearch eval` does. Scores are
// left out of the files: only what a user sees, the order, is compared.
absl::StatusOr<GoldenFiles> MakeGoldenFiles(
    const std::vector<SampleQuery>& queries, engine::Searcher& searcher);

absl::StatusOr<GoldenFiles> ReadGoldenFiles(const std::string& folder);

// Makes the folder hold these files and no other golden ones.
absl::Status WriteGoldenFiles(const GoldenFiles& files,
                              const std::string& folder);

// What a reader of a failed test wants to know: lines that went and came, file
// by file. Empty when nothing differs.
std::string DescribeDifferences(const GoldenFiles& expected,
                                const GoldenFiles& found);

}  // namespace kbsearch::relevance

#endif  // KBSEARCH_TESTS_RELEVANCE_GOLDEN_FILES_H_
