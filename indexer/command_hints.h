// What was meant by an option or a command that does not exist?
#ifndef KBSEARCH_INDEXER_COMMAND_HINTS_H_
#define KBSEARCH_INDEXER_COMMAND_HINTS_H_

#include <CLI/CLI.hpp>
#include <string>

namespace kbsearch::indexer {

// A sentence about the first command or option of the command line that `app`
// does not know, with the likeliest one it does:
//   build --sorce DIR → "build has no option --sorce; did you mean --source?"
// Empty: all are known. Parsing tells of required options first, which says
// little when one of them was mistyped.
std::string HintAtUnknown(const CLI::App& app, int argc,
                          const char* const* argv);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_COMMAND_HINTS_H_
