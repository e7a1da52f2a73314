// The program kbsearch-server itself: exit statuses, messages, signals.
#include "tests/integration/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/version.h"
#include "tests/integration/server_program.h"

namespace kbsearch::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string RunToEnd(const std::vector<std::string>& arguments, int status) {
  return Program(KBSEARCH_SERVER_PROGRAM, arguments).Finish(status);
}

class ProgramTest : public ::testing::Test {
 protected:
  ProgramTest()
      : folder_(
            ::testing::TempDir() + "/kbsearch-program-" +
            ::testing::UnitTest::GetInstance()->current_test_info()->name()) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ + "/data");
  }
  ~ProgramTest() override { std::filesystem::remove_all(folder_); }

  std::vector<std::string> OnFreePorts(std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"--data",   folder_ + "/data",
                                          "--listen", "127.0.0.1:0",
                                          "--http",   "127.0.0.1:0"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }

  const std::string folder_;
};

TEST_F(ProgramTest, HelpAndVersion) {
  EXPECT_THAT(RunToEnd({"--help"}, 0),
              AllOf(HasSubstr("--data"), HasSubstr("KBSEARCH_LOG_LEVEL"),
                    HasSubstr("new-token")));
  EXPECT_THAT(RunToEnd({"--version"}, 0), HasSubstr(kVersion));
}

TEST_F(ProgramTest, WrongUsageIsTwo) {
  EXPECT_THAT(RunToEnd({}, 2), HasSubstr("--data DIR is required"));
  RunToEnd({"--nothing"}, 2);
  EXPECT_THAT(RunToEnd(OnFreePorts({"--workers", "x"}), 2),
              HasSubstr("--workers: 'x'"));
  EXPECT_THAT(RunToEnd(OnFreePorts({"--log-level", "loud"}), 2),
              HasSubstr("loud"));
  EXPECT_THAT(RunToEnd({"new-token", "--name", "a", "--role", "admin"}, 2),
              HasSubstr("portal, agent or operator"));
}

TEST_F(ProgramTest, AMissingDataFolderSaysWhatToRun) {
  const std::string missing = folder_ + "/missing";
  EXPECT_THAT(
      RunToEnd({"--data", missing, "--listen", "127.0.0.1:0", "--http", "off"},
               1),
      AllOf(HasSubstr(missing), HasSubstr("kbsearch-indexer build")));
}

TEST_F(ProgramTest, AnEmptyDataFolderIsServedWithAWarning) {
  Program program(KBSEARCH_SERVER_PROGRAM, OnFreePorts());
  ASSERT_TRUE(program.ReadUntil("event=serving"));
  program.Signal(SIGTERM);
  EXPECT_THAT(program.Finish(0),
              AllOf(HasSubstr("event=no_token_file"),
                    HasSubstr("event=no_corpora"), HasSubstr("event=stopped")));
}

TEST_F(ProgramTest, InterruptStopsToo) {
  Program program(KBSEARCH_SERVER_PROGRAM, OnFreePorts());
  ASSERT_TRUE(program.ReadUntil("event=serving"));
  program.Signal(SIGINT);
  EXPECT_THAT(program.Finish(0), HasSubstr("signal=SIGINT"));
}

TEST_F(ProgramTest, HangupReadsTheTokensAgain) {
  const std::string printed =
      RunToEnd({"new-token", "--name", "desk", "--role", "agent"}, 0);
  const std::string entry = printed.substr(printed.find("- name:"));
  const std::string tokens = folder_ + "/tokens.yaml";
  ASSERT_TRUE(WriteFileAtomically(tokens, entry).ok());
  Program program(KBSEARCH_SERVER_PROGRAM, OnFreePorts({"--tokens", tokens}));
  ASSERT_TRUE(program.ReadUntil("event=serving"));
  program.Signal(SIGHUP);
  EXPECT_TRUE(program.ReadUntil("event=tokens_reloaded"));
  ASSERT_TRUE(WriteFileAtomically(tokens, "nonsense").ok());
  program.Signal(SIGHUP);
  EXPECT_TRUE(program.ReadUntil("event=tokens_kept"));
  program.Signal(SIGTERM);
  program.Finish(0);
}

TEST_F(ProgramTest, AMalformedTokenFileIsOne) {
  const std::string tokens = folder_ + "/tokens.yaml";
  ASSERT_TRUE(WriteFileAtomically(tokens, "- name: a\n- name: b\n").ok());
  EXPECT_THAT(RunToEnd(OnFreePorts({"--tokens", tokens}), 1),
              AllOf(HasSubstr(tokens + ":1:"), HasSubstr("new-token")));
}

}  // namespace
}  // namespace kbsearch::testing
