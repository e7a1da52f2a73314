#include "cli/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace kbsearch::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class SettingsTest : public testing::Test {
 protected:
  std::string WriteFile(const std::string& name, const std::string& content) {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    const std::string path =
        testing::TempDir() + "cli_settings_" + test->name() + "_" + name;
    std::ofstream(path) << content;
    return path;
  }

  absl::StatusOr<Settings> Resolve() {
    return ResolveSettings(flags_, [this](const char* name) -> const char* {
      const auto found = environment_.find(name);
      return found == environment_.end() ? nullptr : found->second.c_str();
    });
  }

  std::map<std::string, std::string> flags_;
  std::map<std::string, std::string> environment_;
};

TEST_F(SettingsTest, HasDefaults) {
  const auto settings = Resolve();
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ(settings->server, "127.0.0.1:50051");
  EXPECT_EQ(settings->token, "");
  EXPECT_EQ(settings->timeout, std::chrono::seconds(30));
}

TEST_F(SettingsTest, FlagBeatsEnvironmentBeatsFile) {
  environment_["KBSEARCH_CLI_CONFIG"] =
      WriteFile("config", "server: file:1\ntimeout: 2.5\ntoken: from-file\n");
  auto settings = Resolve();
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ(settings->server, "file:1");
  EXPECT_EQ(settings->timeout, std::chrono::milliseconds(2500));
  EXPECT_EQ(settings->token, "from-file");
  environment_["KBSEARCH_SERVER"] = "environment:2";
  EXPECT_EQ(Resolve()->server, "environment:2");
  flags_["server"] = "flag:3";
  EXPECT_EQ(Resolve()->server, "flag:3");
}

TEST_F(SettingsTest, TakesTheNearestOfTokenAndTokenFile) {
  const std::string path = WriteFile("token", "  secret\n");
  environment_["KBSEARCH_TOKEN"] = "from-environment";
  EXPECT_EQ(Resolve()->token, "from-environment");
  flags_["token-file"] = path;
  EXPECT_EQ(Resolve()->token, "secret");
  flags_["token"] = "from-flag";
  EXPECT_THAT(std::string(Resolve().status().message()),
              AllOf(HasSubstr("--token"), HasSubstr("both")));
}

TEST_F(SettingsTest, RefusalsNameTheSettingAndItsPlace) {
  struct Case {
    const char* flag;
    std::string value;
    const char* message;
  };
  const Case kCases[] = {
      {"server", "nowhere", "--server: 'nowhere'"},
      {"server", ":50051", "--server"},
      {"server", "host:70000", "--server"},
      {"server", "host:", "--server"},
      {"timeout", "soon", "--timeout: 'soon'"},
      {"timeout", "0", "--timeout"},
      {"timeout", "-1", "--timeout"},
      {"timeout", "nan", "--timeout"},
      {"token", "two words", "--token"},
      {"token", "κωδικός", "--token"},
      {"token-file", "/nonexistent/token", "--token-file: "},
      {"token-file", WriteFile("empty", "\n"), "is empty"},
      {"config", "/nonexistent/config", "--config: "},
      {"config", WriteFile("unknown", "server: a:1\nport: 7\n"), ":2: 'port'"},
      {"config", WriteFile("list", "- a\n"), "not a map"},
      {"config", WriteFile("values", "server: [a]\n"), ":1: 'server'"},
      {"config", WriteFile("broken", "server: 'a\n"), "broken:"},
  };
  for (const Case& test : kCases) {
    flags_ = {{test.flag, test.value}};
    const auto settings = Resolve();
    ASSERT_FALSE(settings.ok()) << test.flag << " " << test.value;
    EXPECT_THAT(std::string(settings.status().message()),
                HasSubstr(test.message));
  }
}

}  // namespace
}  // namespace kbsearch::cli
