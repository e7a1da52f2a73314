#include "indexer/readers/front_matter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kbsearch::indexer {
namespace {

using testing::ElementsAre;

TEST(FrontMatterTest, DividesFrontMatterAndBody) {
  struct Case {
    const char* text;
    const char* front_matter;
    const char* body;
  };
  const Case cases[] = {
      {"---\nid: a\n---\nbody\n", "id: a\n", "body\n"},
      {"---\r\nid: a\r\n...\r\nbody", "id: a\r\n", "body"},
      {"---\n---\nbody", "", "body"},
      {"no front matter\n---\n", "", "no front matter\n---\n"},
      {"---\n\na rule above\n\n---\n", "", "---\n\na rule above\n\n---\n"},
      {"---\nnever closed", "", "---\nnever closed"},
      {"----\nid: a\n----\n", "", "----\nid: a\n----\n"},
  };
  for (const Case& expected : cases) {
    std::string_view front_matter;
    std::string_view body;
    EXPECT_TRUE(SplitFrontMatter(expected.text, &front_matter, &body).ok());
    EXPECT_EQ(front_matter, expected.front_matter) << expected.text;
    EXPECT_EQ(body, expected.body) << expected.text;
  }
}

TEST(FrontMatterTest, RefusesFrontMatterThatDoesNotEnd) {
  std::string_view front_matter;
  std::string_view body;
  EXPECT_FALSE(
      SplitFrontMatter("---\naudience: agent\n\ntext", &front_matter, &body)
          .ok());
}

TEST(FrontMatterTest, ReadsFields) {
  ArticleFields fields;
  uint64_t line = 0;
  ASSERT_TRUE(ParseFrontMatter("id: 42\n"
                               "title: \"Κωδικός: αλλαγή\"\n"
                               "language: ru\n"
                               "tags: [пароль, вход]\n"
                               "category: Compte\n"
                               "updated_at: 2026-03-14T09:00:00Z\n"
                               "audience: agent\n"
                               "kind: ~\n"
                               "layout: {page: wide}\n",
                               &fields, &line)
                  .ok());
  EXPECT_EQ(fields.id, "42");
  EXPECT_EQ(fields.title, "Κωδικός: αλλαγή");
  EXPECT_EQ(fields.language, "ru");
  EXPECT_THAT(fields.tags, ElementsAre("пароль", "вход"));
  EXPECT_THAT(fields.category, ElementsAre("Compte"));
  EXPECT_EQ(fields.updated_at, "2026-03-14T09:00:00Z");
  EXPECT_EQ(fields.audience, "agent");
  EXPECT_EQ(fields.kind, "");
}

TEST(FrontMatterTest, NamesTheLineOfAFault) {
  const std::pair<std::string, uint64_t> cases[] = {
      {"id: a\ntitle: [b\n", 4},
      {"id: a\ntitle: {b: c}\n", 3},
      {"id: a\ntags:\n  b: c\n", 3},
      {"id: a\ntags: [a, [b]]\n", 3},
      {"just text\n", 2},
      {"title: a: b\n", 2},
  };
  for (const auto& [text, expected_line] : cases) {
    ArticleFields fields;
    uint64_t line = 0;
    EXPECT_FALSE(ParseFrontMatter(text, &fields, &line).ok()) << text;
    EXPECT_EQ(line, expected_line) << text;
  }
}

TEST(FrontMatterTest, SurvivesDeepNesting) {
  ArticleFields fields;
  uint64_t line = 0;
  EXPECT_FALSE(
      ParseFrontMatter("z: " + std::string(200'000, '['), &fields, &line).ok());
}

}  // namespace
}  // namespace kbsearch::indexer
