// Run and judgement files in the TREC formats, for scorers of others.
#ifndef KBSEARCH_CLI_EVAL_RUN_FILE_H_
#define KBSEARCH_CLI_EVAL_RUN_FILE_H_

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "cli/eval/judgements.h"

namespace kbsearch::cli {

struct RankedDocument {
  std::string document;  // "<language>:<article id>"
  double score = 0;
};

// "qid Q0 document rank score tag" a line, rank from 1. Scorers sort by score
// and some keep scores in single precision, so scores are written strictly
// falling with the rank: the server's where they fall, otherwise the next
// smaller number.
void WriteRun(const std::string& query_id,
              const std::vector<RankedDocument>& ranking,
              const std::string& tag, std::ostream& out);

// "qid 0 document 1" a line.
void WriteQrels(const JudgedQuery& query, std::ostream& out);

// Fields end at white space: spaces, control characters and '%' are
// percent-encoded. "el:α β" → "el:α%20β".
std::string EncodeField(std::string_view text);

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_EVAL_RUN_FILE_H_
