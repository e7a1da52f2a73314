#include "cli/judged_queries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace kbsearch::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

absl::StatusOr<std::vector<JudgedQuery>> Parse(const std::string& text) {
  std::istringstream lines(text);
  return ParseJudgedQueries(lines, "q.jsonl");
}

TEST(JudgedQueriesTest, ReadsEveryLanguageInFileOrder) {
  const auto queries = Parse(
      R"({"id":"1","lang":"el","text":"κωδικός","relevant":["el:reset"]})"
      "\n"
      R"({"id":"2","lang":"fr","text":"mot de passe","relevant":["reset"]})"
      "\n"
      R"({"id":"3","lang":"nl","text":"wachtwoord","relevant":["nl:a","b"]})"
      "\n"
      R"({"id":"4","lang":"ru","text":"пароль","relevant":["ru:a/b.html"]})"
      "\n"
      R"({"id":"5","lang":"en","text":"password","relevant":["en:a","a"]})");
  ASSERT_TRUE(queries.ok()) << queries.status();
  ASSERT_EQ(queries->size(), 5u);
  EXPECT_EQ((*queries)[0].language, "el");
  EXPECT_EQ((*queries)[0].text, "κωδικός");
  EXPECT_THAT((*queries)[0].relevant, ElementsAre("reset"));
  EXPECT_THAT((*queries)[1].relevant, ElementsAre("reset"));
  EXPECT_THAT((*queries)[2].relevant, ElementsAre("a", "b"));
  EXPECT_THAT((*queries)[3].relevant, ElementsAre("a/b.html"));
  EXPECT_THAT((*queries)[4].relevant, ElementsAre("a"));
}

TEST(JudgedQueriesTest, StripsTheQuerysOwnLanguageOnly) {
  const auto queries = Parse(
      R"({"id":"1","lang":"el","text":"x","relevant":["en:a","el:el:b"]})");
  ASSERT_TRUE(queries.ok()) << queries.status();
  EXPECT_THAT((*queries)[0].relevant, ElementsAre("el:b", "en:a"));
}

TEST(JudgedQueriesTest, IgnoresOtherKeysEmptyLinesAndByteOrderMark) {
  const auto queries = Parse(
      "\xEF\xBB\xBF"
      R"({"id":"1","lang":"en","text":"x","relevant":["a"],"kind":3,"audience":"agent"})"
      "\r\n\n  \n"
      R"({"id":"2","lang":"en","text":"x","relevant":["a"]})"
      "\n");
  ASSERT_TRUE(queries.ok()) << queries.status();
  EXPECT_EQ(queries->size(), 2u);
}

TEST(JudgedQueriesTest, NamesFileLineAndReasonOfBadLines) {
  const struct {
    const char* line;
    const char* reason;
  } kCases[] = {
      {"not json", "not JSON"},
      {"[1]", "not a JSON object"},
      {"{\"id\":\"\xFF\"}", "not JSON in UTF-8"},
      {R"({"lang":"en","text":"x","relevant":["a"]})", "\"id\" is missing"},
      {R"({"id":7,"lang":"en","text":"x","relevant":["a"]})",
       "\"id\" is not a string"},
      {R"({"id":"1","text":"x","relevant":["a"]})", "\"lang\" is missing"},
      {R"({"id":"1","lang":"en","text":" ","relevant":["a"]})",
       "\"text\" is empty"},
      {R"({"id":"1","lang":"en","text":"x"})", "\"relevant\" is missing"},
      {R"({"id":"1","lang":"en","text":"x","relevant":"a"})",
       "\"relevant\" is not a list"},
      {R"({"id":"1","lang":"en","text":"x","relevant":[1]})", "non-string"},
      {R"({"id":"1","lang":"en","text":"x","relevant":["en:"]})", "empty id"},
      {R"({"id":"1","lang":"en","text":"x","relevant":[]})",
       "\"relevant\" is empty"},
      {R"({"id":"ok","lang":"en","text":"x","relevant":["a"]})",
       "taken by line 1"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.line);
    const auto queries = Parse(
        std::string(
            R"({"id":"ok","lang":"en","text":"x","relevant":["a"]})") +
        "\n" + c.line + "\n");
    ASSERT_FALSE(queries.ok());
    EXPECT_THAT(std::string(queries.status().message()),
                HasSubstr("q.jsonl:2: "));
    EXPECT_THAT(std::string(queries.status().message()), HasSubstr(c.reason));
  }
}

TEST(JudgedQueriesTest, ReportsAllBadLinesUpToALimit) {
  std::string text;
  for (int i = 0; i < 25; ++i) text += "bad\n";
  const auto queries = Parse(text);
  ASSERT_FALSE(queries.ok());
  const std::string message(queries.status().message());
  EXPECT_THAT(message, HasSubstr("q.jsonl:1: "));
  EXPECT_THAT(message, HasSubstr("q.jsonl:20: "));
  EXPECT_THAT(message, Not(HasSubstr("q.jsonl:21: ")));
  EXPECT_THAT(message, HasSubstr("5 more bad lines"));
}

TEST(JudgedQueriesTest, AnEmptyOrMissingFileIsAnError) {
  EXPECT_THAT(std::string(Parse("\n").status().message()),
              HasSubstr("q.jsonl: holds no queries"));
  const auto missing = ReadJudgedQueries("/nonexistent/q.jsonl");
  EXPECT_TRUE(absl::IsNotFound(missing.status()));
  EXPECT_THAT(std::string(missing.status().message()),
              HasSubstr("/nonexistent/q.jsonl"));
}

}  // namespace
}  // namespace kbsearch::cli
