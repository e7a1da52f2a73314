#include "engine/generations/generation_builder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "engine/generations/generations.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;

GenerationBuilder::Options Options(const std::string& data_dir) {
  GenerationBuilder::Options options;
  options.data_dir = data_dir;
  options.corpus = "kb";
  return options;
}

TEST(GenerationBuilderTest, CountsArticlesOfEachLanguage) {
  TemporaryFolder data;
  Article internal = MakeArticle("sop", "el", "Οδηγίες", "Εσωτερικό κείμενο.");
  internal.audience = Audience::kAgent;
  Article faq = MakeArticle("faq", "en", "Payment", "Questions on payment.");
  faq.kind = ArticleKind::kFaq;
  faq.entries = {{"How do I pay?", "By card.", ""}, {"When?", "At once.", ""}};
  const auto stats = Build(
      data.path(),
      {MakeArticle("a", "el", "Κωδικός", "Αλλαγή κωδικού."), internal, faq});
  EXPECT_EQ(stats.articles, 3u);
  EXPECT_EQ(stats.entries, 2u);
  ASSERT_EQ(stats.languages.size(), 2u);
  EXPECT_EQ(stats.languages[0].language, "el");
  EXPECT_EQ(stats.languages[0].articles, 2u);
  EXPECT_EQ(stats.languages[0].public_articles, 1u);
}

TEST(GenerationBuilderTest, LaterArticleOfTheSameIdAndLanguageWins) {
  TemporaryFolder data;
  auto builder =
      GenerationBuilder::Create(Options(data.path()), TestRegistry());
  ASSERT_TRUE(builder.ok());
  EXPECT_FALSE(
      (*builder)->Add(MakeArticle("a", "en", "One", "x one"))->replaced);
  EXPECT_FALSE(
      (*builder)->Add(MakeArticle("a", "nl", "Een", "x een"))->replaced);
  EXPECT_TRUE(
      (*builder)->Add(MakeArticle("a", "en", "Two", "x two"))->replaced);
  const auto stats = (*builder)->Publish();
  ASSERT_TRUE(stats.ok()) << stats.status();
  EXPECT_EQ(stats->articles, 2u);
  auto library = Library::Open(data.path(), TestRegistry());
  std::vector<std::string> languages;
  const auto article = (*library)->NewSearcher()->GetArticle(
      "kb", "a", "en", Audience::kPublic, &languages);
  ASSERT_TRUE(article.ok()) << article.status();
  EXPECT_EQ(article->title, "Two");
  EXPECT_EQ(languages, (std::vector<std::string>{"en", "nl"}));
}

TEST(GenerationBuilderTest, ArticlesThatCannotBeIndexedAreRefused) {
  TemporaryFolder data;
  auto builder =
      GenerationBuilder::Create(Options(data.path()), TestRegistry());
  ASSERT_TRUE(builder.ok());
  for (const Article& bad :
       {MakeArticle("", "en", "T", "text"), MakeArticle("a#1", "en", "T", "b"),
        MakeArticle("a", "en", "T", " \n"), MakeArticle("a", "xx", "T", "b"),
        MakeArticle("a", "", "123", "456 789"),
        MakeArticle(std::string(201, 'a'), "en", "T", "b")}) {
    const auto added = (*builder)->Add(bad);
    EXPECT_TRUE(absl::IsInvalidArgument(added.status())) << bad.id;
  }
  EXPECT_TRUE((*builder)->Add(MakeArticle("good", "en", "T", "text")).ok());
}

TEST(GenerationBuilderTest, DetectsTheLanguage) {
  TemporaryFolder data;
  auto builder =
      GenerationBuilder::Create(Options(data.path()), TestRegistry());
  ASSERT_TRUE(builder.ok());
  const struct {
    const char* language;
    const char* text;
  } kCases[] = {
      {"el", "Πώς αλλάζω τον κωδικό πρόσβασης του λογαριασμού μου;"},
      {"en", "How do I change the password of my account and log in again?"},
      {"fr", "Comment puis-je changer le mot de passe de mon compte client ?"},
      {"nl", "Hoe kan ik het wachtwoord van mijn account wijzigen?"},
      {"ru", "Как изменить пароль моей учётной записи на сайте?"},
  };
  for (const auto& test : kCases) {
    const auto added = (*builder)->Add(
        MakeArticle(std::string("id-") + test.language, "", "", test.text));
    ASSERT_TRUE(added.ok()) << added.status();
    EXPECT_EQ(added->language, test.language);
    EXPECT_TRUE(added->detected);
  }
}

TEST(GenerationBuilderTest, GivenUpLeavesTheLiveGeneration) {
  TemporaryFolder data;
  Build(data.path(), {MakeArticle("a", "en", "One", "text one")});
  {
    auto builder =
        GenerationBuilder::Create(Options(data.path()), TestRegistry());
    ASSERT_TRUE(builder.ok());
    ASSERT_TRUE((*builder)->Add(MakeArticle("b", "en", "Two", "text")).ok());
  }
  EXPECT_EQ(*ReadCurrent(data.path(), "kb"), 1u);
  EXPECT_EQ(ListGenerations(data.path(), "kb"), std::vector<uint64_t>{1});
}

TEST(GenerationBuilderTest, GivenUpFirstBuildLeavesNothing) {
  TemporaryFolder data;
  {
    auto builder =
        GenerationBuilder::Create(Options(data.path()), TestRegistry());
  }
  EXPECT_TRUE(ListCorpusNames(data.path())->empty());
  EXPECT_FALSE(fs::exists(CorpusFolder(data.path(), "kb")));
}

TEST(GenerationBuilderTest, RemovesWhatACrashLeftAndOldGenerations) {
  TemporaryFolder data;
  for (int i = 0; i < 5; ++i) {
    Build(data.path(),
          {MakeArticle("a", "en", "One", "text " + std::to_string(i))});
  }
  fs::create_directories(GenerationFolder(data.path(), "kb", 17) + "/en");
  Build(data.path(), {MakeArticle("a", "en", "One", "another text")});
  EXPECT_EQ(*ReadCurrent(data.path(), "kb"), 6u);
  EXPECT_EQ(ListGenerations(data.path(), "kb"),
            (std::vector<uint64_t>{4, 5, 6}));
}

TEST(GenerationBuilderTest, SecondBuilderIsToldWhoBuilds) {
  TemporaryFolder data;
  auto first = GenerationBuilder::Create(Options(data.path()), TestRegistry());
  ASSERT_TRUE(first.ok());
  const auto second =
      GenerationBuilder::Create(Options(data.path()), TestRegistry());
  EXPECT_TRUE(absl::IsUnavailable(second.status())) << second.status();
}

}  // namespace
}  // namespace kbsearch::engine
