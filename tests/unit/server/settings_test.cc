#include "server/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <string>

#include "base/file.h"
#include "base/setting_names.h"

namespace kbsearch::server {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using Values = std::map<std::string, std::string>;

class SettingsTest : public ::testing::Test {
 protected:
  SettingsTest()
      : path_(::testing::TempDir() + "/kbsearch-settings-" +
              ::testing::UnitTest::GetInstance()->current_test_info()->name()) {
  }
  ~SettingsTest() override { std::filesystem::remove(path_); }

  absl::StatusOr<Settings> Resolve(const Values& flags,
                                   const Values& environment = {}) {
    return ResolveSettings(flags, [&](const char* name) -> const char* {
      const auto it = environment.find(name);
      return it == environment.end() ? nullptr : it->second.c_str();
    });
  }
  void WriteFile(const std::string& content) {
    ASSERT_TRUE(WriteFileAtomically(path_, content).ok());
  }

  const std::string path_;
};

TEST_F(SettingsTest, Defaults) {
  const auto settings = Resolve({{"data", "d"}});
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ(settings->data, "d");
  EXPECT_EQ(settings->listen, "127.0.0.1:50051");
  EXPECT_EQ(settings->http, "127.0.0.1:8080");
  EXPECT_EQ(settings->tokens, "");
  EXPECT_FALSE(settings->anonymous_portal);
  EXPECT_EQ(settings->cors_origins, "");
  EXPECT_EQ(settings->ticket_webhook, "");
  EXPECT_EQ(settings->workers, 0);
  EXPECT_EQ(settings->queue, 128);
  EXPECT_EQ(settings->suggest_min_confidence, 0.4);
  EXPECT_TRUE(settings->rank_by_use);
  EXPECT_EQ(settings->log_level, "info");
  EXPECT_EQ(settings->events.location, "d/events.sqlite");
  EXPECT_EQ(settings->events.key_file, "d/events.key");
  EXPECT_EQ(settings->events.flush_interval, std::chrono::seconds(1));
  EXPECT_EQ(settings->events.retention_days, 400);
  EXPECT_FALSE(settings->events.keep_text);
  EXPECT_FALSE(settings->events.all_callers);
}

TEST_F(SettingsTest, Events) {
  const auto settings = Resolve({{"data", "d"},
                                 {"events", "postgresql:///events"},
                                 {"events-text", "on"},
                                 {"events-callers", "all"},
                                 {"rank-by-use", "off"},
                                 {"events-days", "0"},
                                 {"events-flush-ms", "250"},
                                 {"events-key", "k"}});
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ(settings->events.location, "postgresql:///events");
  EXPECT_TRUE(settings->events.keep_text);
  EXPECT_TRUE(settings->events.all_callers);
  EXPECT_FALSE(settings->rank_by_use);
  EXPECT_EQ(settings->events.retention_days, 0);
  EXPECT_EQ(settings->events.flush_interval, std::chrono::milliseconds(250));
  EXPECT_EQ(settings->events.key_file, "k");
  EXPECT_EQ(Resolve({{"data", "d"}, {"events", "off"}})->events.location, "");
  for (const auto& [name, value] : Values{{"events-text", "yes"},
                                          {"events-callers", "agents"},
                                          {"rank-by-use", "true"},
                                          {"events-days", "-1"},
                                          {"events-flush-ms", "0"}}) {
    const auto wrong = Resolve({{"data", "d"}, {name, value}});
    EXPECT_THAT(std::string(wrong.status().message()),
                HasSubstr("--" + name + ": '" + value + "'"));
  }
}

TEST_F(SettingsTest, FlagBeforeEnvironmentBeforeFile) {
  WriteFile("data: file\nlisten: 127.0.0.1:1\nworkers: 1\nlog-level: error\n");
  const auto settings = Resolve({{"config", path_}, {"data", "flag"}},
                                {{"KBSEARCH_DATA", "environment"},
                                 {"KBSEARCH_LISTEN", "127.0.0.1:2"},
                                 {"KBSEARCH_LOG_LEVEL", "debug"}});
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ(settings->data, "flag");
  EXPECT_EQ(settings->listen, "127.0.0.1:2");
  EXPECT_EQ(settings->workers, 1);
  EXPECT_EQ(settings->log_level, "debug");
}

TEST_F(SettingsTest, TheFileMayBeNamedInTheEnvironment) {
  WriteFile("data: file\n");
  const auto settings = Resolve({}, {{"KBSEARCH_CONFIG", path_}});
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ(settings->data, "file");
}

TEST_F(SettingsTest, SettingsOfTheIndexerInTheFileArePassedOver) {
  for (const SettingInfo& row : SettingTable()) {
    EXPECT_TRUE(IsNamed(row.name, kServerSettingNames)) << row.name;
  }
  EXPECT_EQ(std::size(kServerSettingNames), SettingTable().size());
  WriteFile("data: file\njobs: 3\nsource: [a, b]\ncorpus: c\n");
  const auto settings = Resolve({}, {{"KBSEARCH_CONFIG", path_}});
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ(settings->data, "file");
  WriteFile("data = \"file\"\njobs = 3\n");
  const auto lines = Resolve({}, {{"KBSEARCH_CONFIG", path_}});
  EXPECT_THAT(std::string(lines.status().message()),
              AllOf(HasSubstr(path_), HasSubstr("data: DIR")));
}

TEST_F(SettingsTest, HttpCanBeSwitchedOff) {
  for (const char* off : {"", "off"}) {
    const auto settings = Resolve({{"data", "d"}, {"http", off}});
    ASSERT_TRUE(settings.ok()) << settings.status();
    EXPECT_EQ(settings->http, "");
  }
}

TEST_F(SettingsTest, EveryRowHasAnEnvironmentName) {
  for (const SettingInfo& row : SettingTable()) {
    EXPECT_EQ(EnvironmentName(row).rfind("KBSEARCH_", 0), 0u);
    EXPECT_EQ(EnvironmentName(row).find('-'), std::string::npos);
  }
}

TEST_F(SettingsTest, WrongValuesAreNamedWithTheirSource) {
  const struct {
    Values flags;
    Values environment;
    const char* message;
  } kCases[] = {
      {{}, {}, "--data DIR is required"},
      {{{"data", "d"}, {"workers", "many"}}, {}, "--workers: 'many'"},
      {{{"data", "d"}, {"workers", "-1"}}, {}, "--workers: '-1'"},
      {{{"data", "d"}, {"queue", "0"}}, {}, "--queue: '0'"},
      {{{"data", "d"}}, {{"KBSEARCH_QUEUE", "x"}}, "KBSEARCH_QUEUE: 'x'"},
      {{{"data", "d"}, {"listen", "here"}}, {}, "--listen: 'here'"},
      {{{"data", "d"}, {"http", "8080"}}, {}, "--http: '8080'"},
      {{{"data", "d"}, {"anonymous-role", "agent"}},
       {},
       "--anonymous-role: 'agent' is not portal or none"},
      {{{"config", "/nonexistent/c.yaml"}}, {}, "/nonexistent/c.yaml"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.message);
    const auto settings = Resolve(c.flags, c.environment);
    ASSERT_FALSE(settings.ok());
    EXPECT_THAT(std::string(settings.status().message()), HasSubstr(c.message));
  }
}

TEST_F(SettingsTest, WrongFilesAreNamedWithTheLine) {
  const struct {
    const char* content;
    const char* message;
  } kCases[] = {
      {"data: d\nthreads: 3\n", ":2: threads: not a setting"},
      {"config: other.yaml\n", ":1: config: not a setting"},
      {"data: [a]\n", ":1: data: one value"},
      {"- data\n", "not a map"},
      {"data: [\n", ": "},
      {"data: d\nqueue: no\n", ":2: queue: 'no'"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.content);
    WriteFile(c.content);
    const auto settings = Resolve({{"config", path_}});
    ASSERT_FALSE(settings.ok());
    EXPECT_THAT(std::string(settings.status().message()), HasSubstr(path_));
    EXPECT_THAT(std::string(settings.status().message()), HasSubstr(c.message));
  }
}

TEST_F(SettingsTest, SuggestMinConfidenceIsAShare) {
  for (const char* value : {"0", "0.5", "1"}) {
    const auto settings =
        Resolve({{"data", "d"}}, {{"KBSEARCH_SUGGEST_MIN_CONFIDENCE", value}});
    ASSERT_TRUE(settings.ok()) << settings.status();
    EXPECT_EQ(settings->suggest_min_confidence, std::stod(value));
  }
  for (const char* value : {"-0.1", "1.5", "nan", "half", "50%"}) {
    const auto settings =
        Resolve({{"data", "d"}, {"suggest-min-confidence", value}});
    EXPECT_THAT(settings.status().message(),
                HasSubstr("--suggest-min-confidence"));
    EXPECT_THAT(settings.status().message(), HasSubstr("from 0 to 1"));
  }
}

}  // namespace
}  // namespace kbsearch::server
