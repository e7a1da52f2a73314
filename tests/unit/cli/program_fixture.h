// Runs the program in-process against a FakeServer.
#ifndef KBSEARCH_TESTS_UNIT_CLI_PROGRAM_FIXTURE_H_
#define KBSEARCH_TESTS_UNIT_CLI_PROGRAM_FIXTURE_H_

#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "cli/program.h"
#include "tests/unit/cli/fake_server.h"

namespace kbsearch::cli {

class ProgramFixture : public testing::Test {
 protected:
  // Returns the exit status; out() and err() hold what was written.
  int Run(const std::vector<std::string>& arguments) {
    out_.str("");
    err_.str("");
    std::istringstream in(input_);
    const Environment environment{
        in,
        out_,
        err_,
        [this](const char* name) -> const char* {
          const auto found = variables_.find(name);
          return found == variables_.end() ? nullptr : found->second.c_str();
        },
        style_,
        false};
    return RunProgram(arguments, environment);
  }

  std::string out() const { return out_.str(); }
  std::string err() const { return err_.str(); }

  FakeServer server_;
  std::map<std::string, std::string> variables_ = {
      {"KBSEARCH_SERVER", server_.address()}};
  TextStyle style_;
  std::string input_;

 private:
  std::ostringstream out_;
  std::ostringstream err_;
};

}  // namespace kbsearch::cli

#endif  // KBSEARCH_TESTS_UNIT_CLI_PROGRAM_FIXTURE_H_
