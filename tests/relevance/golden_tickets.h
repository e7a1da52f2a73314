// What is suggested for the judged tickets of the sample corpus, as a golden
// file that a change of suggestions shows up in.
#ifndef KBSEARCH_TESTS_RELEVANCE_GOLDEN_TICKETS_H_
#define KBSEARCH_TESTS_RELEVANCE_GOLDEN_TICKETS_H_

#include <string>

#include "absl/status/statusor.h"
#include "engine/search.h"

namespace kbsearch::relevance {

// Of every ticket of `path` what a customer is shown at a threshold of 0.4,
// `*` marking what is judged right, and the table of `kbsearch eval --mode
// suggest`. InvalidArgument names a line that cannot be used.
absl::StatusOr<std::string> MakeTicketFile(const std::string& path,
                                           engine::Searcher& searcher);

}  // namespace kbsearch::relevance

#endif  // KBSEARCH_TESTS_RELEVANCE_GOLDEN_TICKETS_H_
