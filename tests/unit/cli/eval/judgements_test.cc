#include "cli/eval/judgements.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace kbsearch::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(ReadJudgementsTest, TakesIdsWithAndWithoutTheQueryLanguage) {
  std::istringstream lines(
      R"({"id":"q1","lang":"el","text":"κωδικός","relevant":["el:a","b"],"kind":"x"})"
      "\r\n\n"
      R"({"id":"q2","lang":"ru","text":"возврат","relevant":["en:a"]})");
  const Judgements judgements = ReadJudgements(lines);
  EXPECT_TRUE(judgements.bad_lines.empty());
  ASSERT_EQ(judgements.queries.size(), 2u);
  EXPECT_EQ(judgements.queries[0].id, "q1");
  EXPECT_EQ(judgements.queries[0].language, "el");
  EXPECT_EQ(judgements.queries[0].text, "κωδικός");
  EXPECT_THAT(judgements.queries[0].relevant, ElementsAre("el:a", "el:b"));
  // Another language's code is part of the id.
  EXPECT_THAT(judgements.queries[1].relevant, ElementsAre("ru:en:a"));
}

TEST(ReadJudgementsTest, NamesLineAndReasonOfWhatItCannotUse) {
  struct Case {
    const char* line;
    const char* reason;
  };
  const Case kCases[] = {
      {"{", "not JSON"},
      {"[1]", "not a JSON object"},
      {R"({"lang":"el","text":"t","relevant":["a"]})", "\"id\" is missing"},
      {R"({"id":1,"lang":"el","text":"t","relevant":["a"]})",
       "\"id\" is no string"},
      {R"({"id":"q","lang":"","text":"t","relevant":["a"]})",
       "\"lang\" is empty"},
      {R"({"id":"q","lang":"el","text":" ","relevant":["a"]})",
       "\"text\" is empty"},
      {R"({"id":"q","lang":"el","text":"t"})", "\"relevant\" is missing"},
      {R"({"id":"q","lang":"el","text":"t","relevant":"a"})",
       "\"relevant\" is no list"},
      {R"({"id":"q","lang":"el","text":"t","relevant":[]})",
       "\"relevant\" is empty"},
      {R"({"id":"q","lang":"el","text":"t","relevant":[2]})", "no article id"},
      {R"({"id":"first","lang":"el","text":"t","relevant":["a"]})",
       "used before"},
      {"{\"id\":\"q\",\"lang\":\"el\",\"text\":\"\xff\",\"relevant\":[\"a\"]}",
       "not JSON"},
  };
  for (const Case& test : kCases) {
    SCOPED_TRACE(test.line);
    std::istringstream lines(
        std::string(
            R"({"id":"first","lang":"nl","text":"t","relevant":["a"]})") +
        "\n\n" + test.line + "\n");
    const Judgements judgements = ReadJudgements(lines);
    EXPECT_EQ(judgements.queries.size(), 1u);
    ASSERT_EQ(judgements.bad_lines.size(), 1u);
    EXPECT_EQ(judgements.bad_lines[0].line, 3);
    EXPECT_THAT(judgements.bad_lines[0].reason, HasSubstr(test.reason));
  }
}

TEST(DocumentOfHitTest, CollapsesEntriesOntoJudgedPages) {
  struct Case {
    std::set<std::string> relevant;
    const char* article_id;
    const char* document;
  };
  const Case kCases[] = {
      {{"fr:faq"}, "faq#2", "fr:faq"},
      {{"fr:other"}, "faq#2", "fr:faq"},
      {{"fr:faq"}, "faq", "fr:faq"},
      {{"fr:faq#1"}, "faq#1", "fr:faq#1"},
      {{"fr:faq#1"}, "faq#2", "fr:faq#2"},
      {{"fr:faq#1"}, "faq", "fr:faq"},
      {{"fr:faq", "fr:more#1"}, "faq#2", "fr:faq"},
      {{"fr:faq", "fr:more#1"}, "more#2", "fr:more#2"},
      {{"fr:faq", "fr:faq#2"}, "faq#2", "fr:faq#2"},
  };
  for (const Case& test : kCases) {
    const JudgedQuery query{"q", "fr", "t", test.relevant};
    EXPECT_EQ(DocumentOfHit(query, test.article_id, "fr"), test.document)
        << test.article_id;
  }
}

TEST(DocumentOfHitTest, KeepsTheHitsLanguage) {
  const JudgedQuery query{"q", "fr", "t", {"fr:a"}};
  EXPECT_EQ(DocumentOfHit(query, "a", "en"), "en:a");
}

}  // namespace
}  // namespace kbsearch::cli
