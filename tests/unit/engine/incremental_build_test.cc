// A second build: what is taken over, what is analysed, what goes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "engine/generations/generation_files.h"
#include "engine/generations/generations.h"
#include "engine/index/article_ledger.h"
#include "engine/live/change_log.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

GenerationBuilder::Options Options(const TemporaryFolder& data) {
  GenerationBuilder::Options options;
  options.data_dir = data.path();
  options.corpus = "kb";
  return options;
}

GenerationBuilder::Stats BuildWith(const GenerationBuilder::Options& options,
                                   const std::vector<Article>& articles) {
  auto builder = GenerationBuilder::Create(options, TestRegistry());
  EXPECT_TRUE(builder.ok()) << builder.status();
  for (const Article& article : articles) {
    EXPECT_TRUE((*builder)->Add(article).ok());
  }
  auto stats = (*builder)->Publish();
  EXPECT_TRUE(stats.ok()) << stats.status();
  return *std::move(stats);
}

std::vector<Article> FiveLanguages() {
  return {MakeArticle("a", "el", "Κωδικός", "Αλλάξτε τον κωδικό σας."),
          MakeArticle("a", "en", "Password", "Change your password."),
          MakeArticle("a", "fr", "Mot de passe", "Changez-le."),
          MakeArticle("a", "nl", "Wachtwoord", "Wijzig je wachtwoord."),
          MakeArticle("a", "ru", "Пароль", "Смените пароль."),
          MakeArticle("b", "el", "Τιμολόγιο", "Θα το βρείτε στον λογαριασμό.")};
}

// Ids of the hits, in order.
std::vector<std::string> Find(const TemporaryFolder& data,
                              const std::string& query,
                              const std::string& language,
                              Audience audience = Audience::kPublic) {
  auto library = Library::Open(data.path(), TestRegistry());
  EXPECT_TRUE(library.ok()) << library.status();
  SearchQuery search;
  search.corpus = "kb";
  search.text = query;
  search.languages = {language};
  search.audience = audience;
  search.verbatim = true;  // or translations would be found
  const auto result = (*library)->NewSearcher()->Search(search);
  EXPECT_TRUE(result.ok()) << result.status();
  std::vector<std::string> ids;
  for (const auto& hit : result->hits) ids.push_back(hit.article_id);
  return ids;
}

TEST(IncrementalBuildTest, NothingChangedLeavesTheLiveGeneration) {
  TemporaryFolder data;
  BuildWith(Options(data), FiveLanguages());
  const auto stats = BuildWith(Options(data), FiveLanguages());
  EXPECT_FALSE(stats.published);
  EXPECT_EQ(stats.generation, 1u);
  EXPECT_EQ(stats.unchanged, 6u);
  EXPECT_EQ(stats.articles, 6u);
  EXPECT_EQ(*ReadCurrent(data.path(), "kb"), 1u);
}

TEST(IncrementalBuildTest, ChangedArticlesTakeThePlaceOfTheOld) {
  TemporaryFolder data;
  BuildWith(Options(data), FiveLanguages());
  std::vector<Article> articles = FiveLanguages();
  articles[5].blocks[0].text = "Το στέλνουμε με ταχυδρομείο.";
  articles.push_back(MakeArticle("c", "ru", "Счёт", "Он в личном кабинете."));
  const auto stats = BuildWith(Options(data), articles);
  EXPECT_TRUE(stats.published);
  EXPECT_EQ(stats.generation, 2u);
  EXPECT_EQ(stats.added, 1u);
  EXPECT_EQ(stats.changed, 1u);
  EXPECT_EQ(stats.unchanged, 5u);
  EXPECT_EQ(stats.articles, 7u);
  EXPECT_THAT(Find(data, "ταχυδρομείο", "el"), ElementsAre("b"));
  EXPECT_THAT(Find(data, "λογαριασμό", "el"), ElementsAre());
  EXPECT_THAT(Find(data, "κωδικό", "el"), ElementsAre("a"));
  EXPECT_THAT(Find(data, "кабинете", "ru"), ElementsAre("c"));
  EXPECT_THAT(Find(data, "wachtwoord", "nl"), ElementsAre("a"));
}

TEST(IncrementalBuildTest, VanishedArticlesStayUnlessPruned) {
  TemporaryFolder data;
  BuildWith(Options(data), FiveLanguages());
  const Article only = MakeArticle("a", "el", "Κωδικός", "Νέο κείμενο.");
  auto stats = BuildWith(Options(data), {only});
  EXPECT_EQ(stats.articles, 6u);
  EXPECT_EQ(stats.vanished.size(), 5u);
  EXPECT_FALSE(stats.pruned);
  EXPECT_THAT(Find(data, "пароль", "ru"), ElementsAre("a"));
  GenerationBuilder::Options options = Options(data);
  options.prune = true;
  stats = BuildWith(options, {only});
  EXPECT_TRUE(stats.published);
  EXPECT_EQ(stats.articles, 1u);
  EXPECT_THAT(Find(data, "пароль", "ru"), ElementsAre());
  EXPECT_THAT(Find(data, "κείμενο", "el"), ElementsAre("a"));
}

TEST(IncrementalBuildTest, DryRunChangesNothing) {
  TemporaryFolder data;
  BuildWith(Options(data), FiveLanguages());
  GenerationBuilder::Options options = Options(data);
  options.dry_run = true;
  options.prune = true;
  const auto stats =
      BuildWith(options, {MakeArticle("a", "el", "Άλλο", "Άλλο κείμενο.")});
  EXPECT_EQ(stats.changed, 1u);
  EXPECT_EQ(stats.vanished.size(), 5u);
  EXPECT_FALSE(stats.published);
  EXPECT_EQ(*ReadCurrent(data.path(), "kb"), 1u);
  EXPECT_EQ(ListGenerations(data.path(), "kb").size(), 1u);
}

TEST(IncrementalBuildTest, AnotherAnalysisTakesArticlesOverFromTheIndex) {
  TemporaryFolder data;
  BuildWith(Options(data), FiveLanguages());
  GenerationBuilder::Options options = Options(data);
  options.reanalyze = true;
  const auto stats =
      BuildWith(options, {MakeArticle("a", "el", "Κωδικός", "Νέο κείμενο.")});
  EXPECT_TRUE(stats.published);
  EXPECT_EQ(stats.articles, 6u);
  EXPECT_THAT(Find(data, "wachtwoord", "nl"), ElementsAre("a"));
  EXPECT_THAT(Find(data, "τιμολόγιο", "el"), ElementsAre("b"));
}

// Damages one file of the live generation: removed, or a byte flipped.
void Damage(const TemporaryFolder& data, const std::string& path, bool remove) {
  const std::string file = data.path() + "/corpora/kb/generations/1/" + path;
  ASSERT_TRUE(fs::exists(file)) << file;
  if (remove) {
    fs::remove(file);
    return;
  }
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  const auto middle = static_cast<std::streamoff>(fs::file_size(file) / 2);
  stream.seekg(middle);
  const char byte = static_cast<char>(stream.get() ^ 0x20);
  stream.seekp(middle);
  stream.put(byte);
}

TEST(IncrementalBuildTest, NothingIsTakenFromADamagedGeneration) {
  for (const bool remove : {false, true}) {
    for (const char* file : {"en/public/postlist.glass",
                             "ru/public/termlist.glass", "articles.tsv"}) {
      TemporaryFolder data;
      BuildWith(Options(data), FiveLanguages());
      Damage(data, file, remove);
      const auto stats = BuildWith(Options(data), FiveLanguages());
      EXPECT_TRUE(stats.published) << file;
      EXPECT_EQ(stats.articles, 6u) << file;
      const auto found = VerifyGeneration(
          GenerationFolder(data.path(), "kb", stats.generation));
      ASSERT_TRUE(found.ok()) << found.status();
      EXPECT_THAT(found->problems, IsEmpty()) << file;
      EXPECT_THAT(Find(data, "password", "en"), ElementsAre("a")) << file;
      EXPECT_THAT(Find(data, "пароль", "ru"), ElementsAre("a")) << file;
    }
  }
}

TEST(IncrementalBuildTest, TellsWhatWasDamaged) {
  TemporaryFolder data;
  BuildWith(Options(data), FiveLanguages());
  Damage(data, "nl/public/postlist.glass", false);
  const auto stats = BuildWith(Options(data), FiveLanguages());
  EXPECT_THAT(stats.damage, HasSubstr("nl/public/postlist.glass"));
  EXPECT_EQ(BuildWith(Options(data), FiveLanguages()).damage, "");
}

TEST(IncrementalBuildTest, WhatOnlyADamagedGenerationHasIsNotLostInSilence) {
  TemporaryFolder data;
  BuildWith(Options(data), FiveLanguages());
  Damage(data, "el/public/postlist.glass", true);
  auto builder = GenerationBuilder::Create(Options(data), TestRegistry());
  ASSERT_TRUE(builder.ok()) << builder.status();
  auto articles = FiveLanguages();
  articles.pop_back();  // "b" is in no source any more, and not pruned
  for (const Article& article : articles) {
    EXPECT_TRUE((*builder)->Add(article).ok());
  }
  const auto stats = (*builder)->Publish();
  EXPECT_TRUE(absl::IsDataLoss(stats.status())) << stats.status();
  EXPECT_THAT(
      std::string(stats.status().message()),
      AllOf(HasSubstr("article \"b\" (el)"),
            HasSubstr("el/public/postlist.glass"), HasSubstr("Roll back")));
  builder->reset();
  EXPECT_EQ(*ReadCurrent(data.path(), "kb"), 1u);
}

TEST(IncrementalBuildTest, PushedArticlesOfADamagedGenerationAreNotForgotten) {
  for (const char* file : {"articles.tsv", "nl/public/postlist.glass"}) {
    TemporaryFolder data;
    BuildWith(Options(data), FiveLanguages());
    std::vector<Change> changes(1);
    changes[0].article = MakeArticle("pushed", "nl", "Levering", "Wanneer?");
    ASSERT_TRUE(ChangeLog(data.path(), "kb").Append(&changes).ok());
    BuildWith(Options(data), FiveLanguages());
    fs::remove(GenerationFolder(data.path(), "kb", 2) + "/" + file);
    auto builder = GenerationBuilder::Create(Options(data), TestRegistry());
    ASSERT_TRUE(builder.ok()) << builder.status();
    for (const Article& article : FiveLanguages()) {
      EXPECT_TRUE((*builder)->Add(article).ok());
    }
    const auto stats = (*builder)->Publish();
    EXPECT_TRUE(absl::IsDataLoss(stats.status())) << stats.status();
    EXPECT_THAT(std::string(stats.status().message()),
                AllOf(HasSubstr("pushed"), HasSubstr(file)));
  }
}

TEST(IncrementalBuildTest, AnArticleMayChangeItsAudience) {
  TemporaryFolder data;
  std::vector<Article> articles = FiveLanguages();
  BuildWith(Options(data), articles);
  articles[1].audience = Audience::kAgent;
  BuildWith(Options(data), articles);
  EXPECT_THAT(Find(data, "password", "en"), ElementsAre());
  EXPECT_THAT(Find(data, "password", "en", Audience::kAgent), ElementsAre("a"));
}

// A Greek article with an English paragraph.
Article Mixed(const std::string& greek) {
  Article article = MakeArticle("template", "el", "Πρότυπο", greek);
  article.blocks.push_back(
      {BlockKind::kParagraph, 0,
       "Dear customer, we are sorry for the delay of your parcel and will "
       "refund the shipping costs to your card within three days.",
       ""});
  return article;
}

TEST(IncrementalBuildTest, PartsInOtherLanguagesFollowTheirArticles) {
  TemporaryFolder data;
  const std::string greek =
      "Στείλτε στον πελάτη το παρακάτω κείμενο, όταν το δέμα του άργησε να "
      "φτάσει και ζητά επιστροφή χρημάτων για τα μεταφορικά.";
  const Article other = MakeArticle("x", "en", "Other", "Something else.");
  BuildWith(Options(data), {Mixed(greek), other});
  EXPECT_THAT(Find(data, "delay parcel", "en"), ElementsAre("template"));
  // Unchanged while others change.
  BuildWith(Options(data),
            {Mixed(greek), MakeArticle("x", "en", "Other", "Changed.")});
  EXPECT_THAT(Find(data, "delay parcel", "en"), ElementsAre("template"));
  // Changed: found once.
  BuildWith(Options(data), {Mixed(greek + " Νέο."), other});
  EXPECT_THAT(Find(data, "delay parcel", "en"), ElementsAre("template"));
  // A version of its own takes its place, and gives it back.
  const Article version =
      MakeArticle("template", "en", "Template", "An English text of its own.");
  BuildWith(Options(data), {Mixed(greek + " Νέο."), other, version});
  EXPECT_THAT(Find(data, "delay parcel", "en"), ElementsAre());
  GenerationBuilder::Options prune = Options(data);
  prune.prune = true;
  BuildWith(prune, {Mixed(greek + " Νέο."), other});
  EXPECT_THAT(Find(data, "delay parcel", "en"), ElementsAre("template"));
}

TEST(IncrementalBuildTest, ManyThreadsAndOneFindTheSame) {
  std::vector<Article> articles;
  for (int i = 0; i < 400; ++i) {
    const std::string n = std::to_string(i);
    articles.push_back(MakeArticle("n" + n, "nl", "Artikel " + n,
                                   "Tekst nummer " + n + " over pakketten."));
  }
  // The later of two wins, whichever part each goes to.
  articles.push_back(MakeArticle("n3", "nl", "Nieuw", "Vervangen inhoud."));
  for (const int jobs : {1, 4}) {
    TemporaryFolder data;
    GenerationBuilder::Options options = Options(data);
    options.jobs = jobs;
    const auto stats = BuildWith(options, articles);
    EXPECT_EQ(stats.articles, 400u);
    EXPECT_THAT(Find(data, "vervangen inhoud", "nl"), ElementsAre("n3"));
    EXPECT_THAT(Find(data, "nummer 399", "nl").front(), "n399");
    EXPECT_FALSE(fs::exists(GenerationFolder(data.path(), "kb", 1) + "/parts"));
  }
}

TEST(ArticleLedgerTest, KeepsWhatAGenerationHolds) {
  TemporaryFolder folder;
  ArticleLedger ledger;
  ledger[{"a b", "el"}] = {"00ff", Audience::kAgent, 3};
  ledger[{"a b", "ru"}] = {"11", Audience::kPublic, 0};
  ASSERT_TRUE(WriteLedger(folder.path(), ledger).ok());
  const auto read = ReadLedger(folder.path());
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->size(), 2u);
  EXPECT_EQ(read->at({"a b", "el"}).audience, Audience::kAgent);
  EXPECT_EQ(read->at({"a b", "el"}).entries, 3u);
  std::ofstream(folder.path() + "/articles.tsv") << "el\tpublic\n";
  EXPECT_TRUE(absl::IsDataLoss(ReadLedger(folder.path()).status()));
}

TEST(ArticleLedgerTest, DigestsDifferWhereArticlesDo) {
  Article article = MakeArticle("a", "fr", "T", "texte");
  const std::string digest = ArticleDigest(article);
  EXPECT_EQ(ArticleDigest(article), digest);
  article.blocks[0].weight = 0;
  EXPECT_NE(ArticleDigest(article), digest);
  article.blocks[0].weight = 1;
  article.tags = {"x"};
  EXPECT_NE(ArticleDigest(article), digest);
  EXPECT_FALSE(AnalysisIdentity().empty());
  EXPECT_EQ(AnalysisIdentity(), AnalysisIdentity());
}

}  // namespace
}  // namespace kbsearch::engine
