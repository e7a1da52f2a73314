// Prints what an evaluation of suggestions found, for people and for programs.
#ifndef KBSEARCH_CLI_EVAL_SUGGEST_REPORT_H_
#define KBSEARCH_CLI_EVAL_SUGGEST_REPORT_H_

#include <map>
#include <string>

#include "cli/eval/suggest_scores.h"

namespace kbsearch::cli {

// A line a language and one for all, then the abstention curve of all.
std::string SuggestTable(const std::map<std::string, SuggestScores>& scores);

// {"languages":{"el":{…,"curve":[…]},…,"all":{…}}}, indented, with a newline.
std::string SuggestJson(const std::map<std::string, SuggestScores>& scores);

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_EVAL_SUGGEST_REPORT_H_
