#include "cli/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>

namespace kbsearch::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Values = std::map<std::string, std::string>;

absl::StatusOr<Settings> Resolve(const Values& flags,
                                 const Values& environment = {}) {
  return ResolveSettings(flags, [&](const char* name) -> const char* {
    const auto found = environment.find(name);
    return found == environment.end() ? nullptr : found->second.c_str();
  });
}

std::string WriteFile(const std::string& name, const std::string& content) {
  const std::string path = ::testing::TempDir() + "cli_settings_" + name;
  std::ofstream(path) << content;
  return path;
}

TEST(SettingsTest, HasDefaults) {
  const auto settings = Resolve({});
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ(settings->server, "127.0.0.1:50051");
  EXPECT_EQ(settings->timeout_seconds, 10);
  EXPECT_EQ(settings->token, "");
  EXPECT_EQ(settings->corpus, "");
}

TEST(SettingsTest, FlagBeatsEnvironmentBeatsFile) {
  const std::string file = WriteFile(
      "all.yaml", "server: file:1\ntimeout: 3\ncorpus: from-file\n");
  const auto settings =
      Resolve({{"config", file}, {"server", "flag:1"}},
              {{"KBSEARCH_SERVER", "environment:1"}, {"KBSEARCH_TIMEOUT", "2"}});
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ(settings->server, "flag:1");
  EXPECT_EQ(settings->timeout_seconds, 2);
  EXPECT_EQ(settings->corpus, "from-file");
}

TEST(SettingsTest, TheStrongerSourceOfATokenCounts) {
  const std::string token_file = WriteFile("token", "  from-file\n");
  const auto by_file = Resolve({{"token-file", token_file}},
                               {{"KBSEARCH_TOKEN", "from-environment"}});
  ASSERT_TRUE(by_file.ok()) << by_file.status();
  EXPECT_EQ(by_file->token, "from-file");
  const auto by_flag = Resolve({{"token", "from-flag"}},
                               {{"KBSEARCH_TOKEN_FILE", token_file}});
  ASSERT_TRUE(by_flag.ok()) << by_flag.status();
  EXPECT_EQ(by_flag->token, "from-flag");
}

TEST(SettingsTest, RefusesWithTheSettingAndItsPlace) {
  const std::string unknown = WriteFile("unknown.yaml", "corpus: a\nsrver: b\n");
  const std::string list = WriteFile("list.yaml", "- a\n");
  const std::string empty = WriteFile("empty", "\n");
  const struct {
    Values flags;
    Values environment;
    std::string message;
  } kCases[] = {
      {{{"server", "localhost"}}, {}, "--server: 'localhost' is not HOST:PORT"},
      {{{"server", ":50051"}}, {}, "HOST:PORT"},
      {{{"server", "h:0"}}, {}, "HOST:PORT"},
      {{{"server", "h:70000"}}, {}, "HOST:PORT"},
      {{{"server", "::1:50051"}}, {}, "HOST:PORT"},
      {{{"server", "http://h:80"}}, {}, "HOST:PORT"},
      {{}, {{"KBSEARCH_SERVER", "h"}}, "KBSEARCH_SERVER: 'h'"},
      {{{"timeout", "0"}}, {}, "--timeout: '0' is not"},
      {{{"timeout", "soon"}}, {}, "--timeout: 'soon' is not"},
      {{{"timeout", "nan"}}, {}, "--timeout: 'nan' is not"},
      {{{"config", unknown}}, {}, unknown + ":2: srver: not a setting"},
      {{{"config", list}}, {}, list + ": not a map"},
      {{{"config", "/nonexistent"}}, {}, "/nonexistent"},
      {{{"token", "a"}, {"token-file", empty}},
       {},
       "--token and --token-file: give one of them"},
      {{{"token-file", empty}}, {}, "holds no token"},
      {{{"token-file", "/nonexistent"}}, {}, "--token-file: open /nonexistent"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.message);
    const auto settings = Resolve(c.flags, c.environment);
    ASSERT_FALSE(settings.ok());
    EXPECT_THAT(std::string(settings.status().message()),
                HasSubstr(c.message));
  }
}

TEST(SettingsTest, TakesAddressesOfEveryForm) {
  for (const char* server : {"[::1]:50051", "search.example:443", "10.0.0.1:1",
                             "unix:/run/kbsearch.sock"}) {
    EXPECT_TRUE(Resolve({{"server", server}}).ok()) << server;
  }
}

TEST(SettingsTest, ATokenThatCannotBeSentIsNotRepeated) {
  const auto settings = Resolve({{"token", "μυστικό"}});
  ASSERT_FALSE(settings.ok());
  EXPECT_THAT(std::string(settings.status().message()), HasSubstr("--token"));
  EXPECT_THAT(std::string(settings.status().message()),
              Not(HasSubstr("μυστικό")));
}

}  // namespace
}  // namespace kbsearch::cli
