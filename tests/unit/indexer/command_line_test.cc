#include "indexer/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "base/setting_names.h"

namespace kbsearch::indexer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class CommandLineTest : public testing::Test {
 protected:
  void TearDown() override {
    for (const char* name : {"KBSEARCH_DATA", "KBSEARCH_CORPUS",
                             "KBSEARCH_JOBS", "KBSEARCH_CONFIG"}) {
      unsetenv(name);
    }
  }

  std::optional<int> Parse(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "kbsearch-indexer");
    settings_ = {};
    out_.str("");
    error_.str("");
    return ParseCommandLine(static_cast<int>(arguments.size()),
                            arguments.data(), &settings_, out_, error_);
  }

  std::string WriteConfig(const std::string& content) {
    const std::string path = testing::TempDir() + "command_line_test.conf";
    std::ofstream(path) << content;
    return path;
  }

  Settings settings_;
  std::ostringstream out_;
  std::ostringstream error_;
};

TEST_F(CommandLineTest, ReadsFlags) {
  EXPECT_EQ(Parse({"build", "--data", "D", "--corpus", "c", "--source", "a",
                   "--source", "b", "--format", "html", "--language", "el",
                   "--jobs", "3", "--report", "r"}),
            std::nullopt);
  EXPECT_EQ(settings_.command, Command::kBuild);
  EXPECT_EQ(settings_.data, "D");
  EXPECT_EQ(settings_.corpus, "c");
  EXPECT_THAT(settings_.sources, ElementsAre("a", "b"));
  EXPECT_EQ(settings_.format, "html");
  EXPECT_EQ(settings_.language, "el");
  EXPECT_EQ(settings_.jobs, 3);
  EXPECT_EQ(settings_.report, "r");
  EXPECT_EQ(Parse({"list", "--data", "D", "--json"}), std::nullopt);
  EXPECT_EQ(settings_.command, Command::kList);
  EXPECT_TRUE(settings_.json);
}

TEST_F(CommandLineTest, PrefersFlagThenEnvironmentThenFile) {
  const std::string config = WriteConfig(
      "data = \"from-file\"\ncorpus = \"from-file\"\njobs = 5\n"
      "source = [\"x\", \"y\"]\nlanguage = \"ru\"\n");
  setenv("KBSEARCH_CORPUS", "from-environment", 1);
  setenv("KBSEARCH_JOBS", "6", 1);
  EXPECT_EQ(Parse({"build", "--jobs", "7", "--config", config.c_str()}),
            std::nullopt)
      << error_.str();
  EXPECT_EQ(settings_.data, "from-file");
  EXPECT_EQ(settings_.corpus, "from-environment");
  EXPECT_EQ(settings_.jobs, 7);
  EXPECT_EQ(settings_.language, "ru");
  EXPECT_THAT(settings_.sources, ElementsAre("x", "y"));
  // The same file serves a command that has fewer options.
  EXPECT_EQ(Parse({"list", "--config", config.c_str()}), std::nullopt)
      << error_.str();
  EXPECT_EQ(settings_.data, "from-file");
}

TEST_F(CommandLineTest, ReadsTheServersYamlToo) {
  const std::string config = WriteConfig(
      "# of both programs\ndata: from-file\nlisten: 127.0.0.1:50051\n"
      "corpus: \"from: file\"\njobs: 5\nsource: [x, y]\nlanguage: ru\n");
  setenv("KBSEARCH_CONFIG", config.c_str(), 1);
  setenv("KBSEARCH_CORPUS", "from-environment", 1);
  EXPECT_EQ(Parse({"build", "--jobs", "7"}), std::nullopt) << error_.str();
  EXPECT_EQ(settings_.data, "from-file");
  EXPECT_EQ(settings_.corpus, "from-environment");
  EXPECT_EQ(settings_.jobs, 7);
  EXPECT_EQ(settings_.language, "ru");
  EXPECT_THAT(settings_.sources, ElementsAre("x", "y"));
  EXPECT_EQ(Parse({"list"}), std::nullopt) << error_.str();
  EXPECT_EQ(settings_.data, "from-file");
}

TEST_F(CommandLineTest, AFileThatTheEnvironmentNamesMustBeThere) {
  setenv("KBSEARCH_CONFIG", "/nonexistent/file", 1);
  EXPECT_EQ(Parse({"list", "--data", "D"}), kExitUsage);
  EXPECT_THAT(error_.str(), HasSubstr("/nonexistent/file"));
  setenv("KBSEARCH_CONFIG", "", 1);
  EXPECT_EQ(Parse({"list", "--data", "D"}), std::nullopt);
}

TEST_F(CommandLineTest, NamesFileAndLineOfAMistakeInYaml) {
  for (const auto& [content, line, what] :
       std::vector<std::tuple<std::string, std::string, std::string>>{
           {"data: d\ndta: x\n", ":2:", "dta"},
           {"data: d\nlanguage: {a: b}\n", ":2:", "language"},
           {"data: d\n  : [\n", ":2:", ""},
           {"---\n- data\n", ":2:", "data: DIR"}}) {
    const std::string config = WriteConfig(content);
    EXPECT_EQ(Parse({"list", "--data", "D", "--config", config.c_str()}),
              kExitUsage)
        << content;
    EXPECT_THAT(error_.str(), HasSubstr(config + line)) << content;
    EXPECT_THAT(error_.str(), HasSubstr(what)) << content;
  }
}

TEST_F(CommandLineTest, EveryOptionIsANamedSetting) {
  for (const char* command :
       {"build", "reindex", "upsert", "delete", "verify", "rollback", "list",
        "compact", "export", "backup", "restore"}) {
    ASSERT_EQ(Parse({command, "--help"}), kExitDone) << command;
    const std::string help = out_.str();
    for (size_t at = help.find("  --"); at != std::string::npos;
         at = help.find("  --", at + 1)) {
      const size_t end = help.find_first_of(" \n[,", at + 4);
      const std::string name = help.substr(at + 4, end - at - 4);
      EXPECT_TRUE(IsNamed(name, kIndexerSettingNames)) << name;
    }
  }
}

// A corpus that a setting names for other commands is not all that a backup
// holds.
TEST_F(CommandLineTest, ABackupIsOfOneCorpusOnlyWhenTheLineSaysSo) {
  const std::string config = WriteConfig("data = \"D\"\ncorpus = \"c\"\n");
  setenv("KBSEARCH_CORPUS", "c", 1);
  EXPECT_EQ(Parse({"--config", config.c_str(), "backup", "--to", "b.tar"}),
            std::nullopt)
      << error_.str();
  EXPECT_EQ(settings_.command, Command::kBackup);
  EXPECT_EQ(settings_.data, "D");
  EXPECT_EQ(settings_.corpus, "");
  EXPECT_EQ(settings_.backup, "b.tar");
  EXPECT_EQ(Parse({"restore", "--data", "D", "--from", "b", "--corpus", "k"}),
            std::nullopt);
  EXPECT_EQ(settings_.command, Command::kRestore);
  EXPECT_EQ(settings_.corpus, "k");
  EXPECT_EQ(settings_.backup, "b");
  EXPECT_EQ(Parse({"backup", "--data", "D"}), kExitUsage);
  EXPECT_THAT(error_.str(), HasSubstr("--to"));
}

TEST_F(CommandLineTest, RefusesWrongUsage) {
  const std::vector<std::vector<const char*>> cases = {
      {},
      {"destroy"},
      {"build"},
      {"build", "--data", "D", "--corpus", "c"},
      {"build", "--data", "D", "--corpus", "c", "--source", "s", "--jobs", "x"},
      {"build", "--data", "D", "--corpus", "c", "--source", "s", "--jobs",
       "-1"},
      {"build", "--data", "D", "--corpus", "c", "--source", "s", "--format",
       "pdf"},
      {"list", "--data", "D", "--corpus", "c"},
      {"list", "--data", "D", "--config", "/nonexistent/file"},
  };
  for (const auto& arguments : cases) {
    EXPECT_EQ(Parse(arguments), kExitUsage);
    EXPECT_NE(error_.str(), "");
  }
}

TEST_F(CommandLineTest, NamesAnUnknownSetting) {
  const std::string config = WriteConfig("dta = \"x\"\n");
  EXPECT_EQ(Parse({"list", "--data", "D", "--config", config.c_str()}),
            kExitUsage);
  EXPECT_THAT(error_.str(), HasSubstr("dta"));
}

TEST_F(CommandLineTest, ShowsHelpAndVersion) {
  EXPECT_EQ(Parse({"--help"}), kExitDone);
  EXPECT_THAT(out_.str(), HasSubstr("build"));
  EXPECT_EQ(Parse({"build", "--help"}), kExitDone);
  EXPECT_THAT(out_.str(), HasSubstr("--source"));
  EXPECT_EQ(Parse({"--version"}), kExitDone);
  EXPECT_THAT(out_.str(), HasSubstr("kbsearch-indexer "));
}

TEST_F(CommandLineTest, NamesWhatWasMistyped) {
  EXPECT_EQ(Parse({"build", "--data", "D", "--corpus", "c", "--sorce", "a"}),
            kExitUsage);
  EXPECT_THAT(error_.str(),
              HasSubstr("build has no option --sorce; did you mean --source?"));
  EXPECT_EQ(Parse({"build", "--data", "D", "--corpus", "c", "--source", "a",
                   "--fromat=html"}),
            kExitUsage);
  EXPECT_THAT(error_.str(), HasSubstr("--fromat; did you mean --format?"));
  EXPECT_EQ(Parse({"biuld", "--data", "D"}), kExitUsage);
  EXPECT_THAT(error_.str(), HasSubstr("no command biuld; did you mean build?"));
  EXPECT_EQ(Parse({"list", "--data", "D", "--zzzzzzzz"}), kExitUsage);
  EXPECT_THAT(error_.str(), HasSubstr("list has no option --zzzzzzzz\n"));
  // What is known but wrong or missing is told as before.
  EXPECT_EQ(Parse({"build", "--data", "D", "--corpus", "c"}), kExitUsage);
  EXPECT_THAT(error_.str(), HasSubstr("--source is required"));
}

}  // namespace
}  // namespace kbsearch::indexer
