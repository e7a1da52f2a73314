// Prints what an evaluation found, for people and for programs.
#ifndef KBSEARCH_CLI_EVAL_EVALUATION_REPORT_H_
#define KBSEARCH_CLI_EVAL_EVALUATION_REPORT_H_

#include <string>
#include <vector>

#include "cli/eval/evaluation.h"
#include "cli/eval/judgements.h"
#include "cli/eval/metrics.h"

namespace kbsearch::cli {

// A line a language and one for their mean. Without `deep`, the ranking was
// too short for Recall@100 and its column is left out.
std::string ScoreTable(const LanguageScores& scores, bool deep);

// {"languages":{"el":{"queries":…,"MRR@10":…}},"mean":{…},"refused":[{"id",
// "reason"}]}, indented, with a newline.
std::string ScoreJson(const LanguageScores& scores, bool deep,
                      const std::vector<JudgedQuery>& queries,
                      const std::vector<QueryResult>& results);

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_EVAL_EVALUATION_REPORT_H_
