// The program kbsearch without its main(): tests run it in-process.
#ifndef KBSEARCH_CLI_PROGRAM_H_
#define KBSEARCH_CLI_PROGRAM_H_

#include <string>
#include <vector>

#include "cli/environment.h"

namespace kbsearch::cli {

// `arguments` without the program's name. Returns the exit status.
int RunProgram(const std::vector<std::string>& arguments,
               const Environment& environment);

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_PROGRAM_H_
