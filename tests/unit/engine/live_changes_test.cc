// Articles put and deleted in a live index, and what a build makes of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "base/file.h"
#include "engine/generations/generation_files.h"
#include "engine/generations/generations.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

struct Words {
  const char* language;
  const char* title;
  const char* old_word;
  const char* new_title;
  const char* new_word;  // typed in another form than it is written
};
constexpr Words kWords[] = {
    {"el", "Επαναφορά κωδικού", "κωδικός", "Αλλαγή διεύθυνσης", "διευθύνσεις"},
    {"en", "Resetting passwords", "password", "Changing addresses", "address"},
    {"fr", "Réinitialiser les mots de passe", "passe", "Changer d'adresse",
     "adresses"},
    {"nl", "Wachtwoorden herstellen", "wachtwoord", "Adressen wijzigen",
     "adres"},
    {"ru", "Сброс паролей", "пароль", "Изменение адресов", "адрес"},
};

class LiveChangesTest : public testing::Test {
 protected:
  void Open() {
    auto library = Library::Open(data_.path(), TestRegistry());
    ASSERT_TRUE(library.ok()) << library.status();
    library_ = *std::move(library);
    searcher_ = library_->NewSearcher();
  }
  static Change Put(Article article) {
    Change change;
    change.article = std::move(article);
    return change;
  }
  static Change Gone(const std::string& id, const std::string& language = "") {
    Change change;
    change.is_delete = true;
    change.article.id = id;
    change.article.language = language;
    return change;
  }
  void Apply(std::vector<Change> changes) {
    const auto number = library_->AppendChanges("kb", std::move(changes));
    ASSERT_TRUE(number.ok()) << number.status();
    const absl::Status refreshed = library_->Refresh();
    ASSERT_TRUE(refreshed.ok()) << refreshed;
  }
  SearchResult Search(const std::string& text, const std::string& language,
                      Audience audience = Audience::kPublic) {
    SearchQuery query;
    query.corpus = "kb";
    query.text = text;
    query.language = language;
    query.languages = {language};
    query.audience = audience;
    query.facets = {FacetField::kTag};
    auto result = searcher_->Search(query);
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *std::move(result) : SearchResult();
  }
  std::vector<std::string> Ids(const std::string& text,
                               const std::string& language,
                               Audience audience = Audience::kPublic) {
    std::vector<std::string> ids;
    for (const Hit& hit : Search(text, language, audience).hits) {
      ids.push_back(hit.article_id);
    }
    return ids;
  }
  uint64_t Articles(const std::string& language) {
    const CorpusInfo info = *library_->GetCorpus("kb");
    for (const LanguageStats& stats : info.languages) {
      if (stats.language == language) return stats.articles;
    }
    return 0;
  }

  TemporaryFolder data_;
  std::shared_ptr<Library> library_;
  std::unique_ptr<Searcher> searcher_;
};

TEST_F(LiveChangesTest, PutReplacesAndDeletesInFiveLanguages) {
  std::vector<Article> articles;
  for (const Words& words : kWords) {
    articles.push_back(
        MakeArticle("a", words.language, words.title, words.title));
    articles.push_back(
        MakeArticle("stays", words.language, words.title, words.title));
  }
  Build(data_.path(), articles);
  Open();
  for (const Words& words : kWords) {
    SCOPED_TRACE(words.language);
    EXPECT_THAT(Ids(words.old_word, words.language),
                UnorderedElementsAre("a", "stays"));
    Article changed =
        MakeArticle("a", words.language, words.new_title, words.new_title);
    changed.tags = {"new"};
    Apply({Put(changed)});
    EXPECT_THAT(Ids(words.old_word, words.language), ElementsAre("stays"));
    const SearchResult found = Search(words.new_word, words.language);
    ASSERT_EQ(found.hits.size(), 1u);
    EXPECT_EQ(found.hits[0].title, words.new_title);
    EXPECT_EQ(found.total_size, 1u);
    ASSERT_EQ(found.facets[0].values.size(), 1u);
    EXPECT_EQ(found.facets[0].values[0].count, 1u);
    bool highlighted = false;
    for (const Span& span : found.hits[0].snippet) {
      highlighted = highlighted || span.highlighted;
    }
    EXPECT_TRUE(highlighted);
    std::vector<std::string> languages;
    const auto shown = searcher_->GetArticle("kb", "a", words.language,
                                             Audience::kPublic, &languages);
    ASSERT_TRUE(shown.ok()) << shown.status();
    EXPECT_EQ(shown->title, words.new_title);
    EXPECT_EQ(languages.size(), 5u);
  }
  for (const Words& words : kWords) EXPECT_EQ(Articles(words.language), 2u);
  Apply({Gone("a")});
  for (const Words& words : kWords) {
    SCOPED_TRACE(words.language);
    EXPECT_THAT(Ids(words.new_word, words.language), IsEmpty());
    EXPECT_THAT(Ids(words.old_word, words.language), ElementsAre("stays"));
    EXPECT_EQ(Articles(words.language), 1u);
  }
  std::vector<std::string> languages;
  EXPECT_TRUE(absl::IsNotFound(
      searcher_->GetArticle("kb", "a", "el", Audience::kPublic, &languages)
          .status()));
}

TEST_F(LiveChangesTest, OneVersionGoesTheOthersStay) {
  Build(data_.path(), {MakeArticle("a", "el", "Κωδικός", "Κωδικός"),
                       MakeArticle("a", "en", "Password", "Password")});
  Open();
  Apply({Gone("a", "el")});
  EXPECT_THAT(Ids("password", "en"), ElementsAre("a"));
  std::vector<std::string> languages;
  ASSERT_TRUE(
      searcher_->GetArticle("kb", "a", "el", Audience::kPublic, &languages)
          .ok());
  EXPECT_THAT(languages, ElementsAre("en"));
  Apply({Put(MakeArticle("a", "ru", "Пароль", "Пароль"))});
  EXPECT_THAT(Ids("пароли", "ru"), ElementsAre("a"));
  EXPECT_THAT(Ids("password", "en"), ElementsAre("a"));
}

TEST_F(LiveChangesTest, UnpublishingHidesFromPortalsAtOnce) {
  Build(data_.path(), {MakeArticle("a", "fr", "Remboursement", "Délais"),
                       MakeArticle("b", "fr", "Livraison", "Délais")});
  Open();
  Article hidden = MakeArticle("a", "fr", "Remboursement", "Délais");
  hidden.audience = Audience::kAgent;
  Apply({Put(hidden)});
  EXPECT_THAT(Ids("remboursements", "fr"), IsEmpty());
  EXPECT_THAT(Ids("délai", "fr"), ElementsAre("b"));
  EXPECT_THAT(Ids("remboursements", "fr", Audience::kAgent), ElementsAre("a"));
  AutocompleteQuery typing;
  typing.corpus = "kb";
  typing.prefix = "rembou";
  typing.language = "fr";
  EXPECT_THAT(searcher_->Autocomplete(typing)->completions, IsEmpty());
}

TEST_F(LiveChangesTest, NewWordsAreKnownAndMisspellingsOfThemMended) {
  Build(data_.path(), {MakeArticle("a", "en", "Printer", "Printer")});
  Open();
  Apply({Put(MakeArticle("b", "en", "Thermostat", "The thermostat."))});
  EXPECT_THAT(Ids("thermostat", "en"), ElementsAre("b"));
  EXPECT_THAT(Ids("termostat", "en"), ElementsAre("b"));
  EXPECT_THAT(Ids("printre", "en"), ElementsAre("a"));
}

TEST_F(LiveChangesTest, AForeignPartFollowsItsArticle) {
  const std::string english =
      "Please restart the router and wait until the green light is steady "
      "before you connect again.";
  Article article = MakeArticle("a", "el", "Δρομολογητής",
                                "Στείλτε στον πελάτη το εξής κείμενο.");
  article.blocks.push_back({BlockKind::kParagraph, 0, english, ""});
  Build(data_.path(), {MakeArticle("b", "el", "Άλλο", "Άλλο κείμενο")});
  Open();
  Apply({Put(article)});
  EXPECT_THAT(Ids("restart the router", "en"), ElementsAre("a"));
  Apply({Put(MakeArticle("c", "el", "Τρίτο", "Τρίτο κείμενο"))});
  EXPECT_THAT(Ids("restart the router", "en"), ElementsAre("a"));
  article.blocks.pop_back();
  Apply({Put(article)});
  EXPECT_THAT(Ids("restart the router", "en"), IsEmpty());
}

TEST_F(LiveChangesTest, ChangesOutliveTheProcessAndTheBuild) {
  const std::vector<Article> sources = {
      MakeArticle("a", "nl", "Factuur", "Factuur"),
      MakeArticle("b", "nl", "Betaling", "Betaling")};
  Build(data_.path(), sources);
  Open();
  Apply({Put(MakeArticle("a", "nl", "Rekening", "Rekening")), Gone("b"),
         Put(MakeArticle("c", "nl", "Korting", "Korting"))});
  Open();  // as another process
  EXPECT_THAT(Ids("rekening", "nl"), ElementsAre("a"));
  EXPECT_THAT(Ids("betaling", "nl"), IsEmpty());
  // Twice: what the second build starts from has taken in the log.
  for (int i = 0; i < 2; ++i) {
    SCOPED_TRACE(i);
    Build(data_.path(), sources);  // the same sources, pruning
    ASSERT_TRUE(library_->Refresh().ok());
    EXPECT_THAT(Ids("rekening", "nl"), ElementsAre("a"));
    EXPECT_THAT(Ids("factuur", "nl"), IsEmpty());
    EXPECT_THAT(Ids("betaling", "nl"), IsEmpty());
    EXPECT_THAT(Ids("korting", "nl"), ElementsAre("c"));
    EXPECT_EQ(Articles("nl"), 2u);
  }
  EXPECT_EQ(library_->GetState("kb")->pending_changes, 0u);
  // A source that has changed is newer than what was pushed before.
  Build(data_.path(), {MakeArticle("a", "nl", "Bonnetje", "Bonnetje"),
                       MakeArticle("b", "nl", "Betaling", "Nu anders")});
  ASSERT_TRUE(library_->Refresh().ok());
  EXPECT_THAT(Ids("bonnetje", "nl"), ElementsAre("a"));
  EXPECT_THAT(Ids("betaling", "nl"), ElementsAre("b"));
  EXPECT_THAT(Ids("korting", "nl"), ElementsAre("c"));
  const auto verified = VerifyGeneration(
      GenerationFolder(data_.path(), "kb", *ReadCurrent(data_.path(), "kb")));
  ASSERT_TRUE(verified.ok()) << verified.status();
  EXPECT_THAT(verified->problems, IsEmpty());
  EXPECT_EQ(verified->articles, 3u);
}

// By a new analysis nothing is taken over of itself: what no source has must be
// read from the generation before.
TEST_F(LiveChangesTest, ChangesOutliveEveryNewAnalysis) {
  std::vector<Article> sources;
  for (const char* language : {"el", "en", "fr", "nl", "ru"}) {
    sources.push_back(MakeArticle("a", language, "Router", "Router"));
    sources.push_back(MakeArticle("b", language, "Webcam", "Webcam"));
  }
  Build(data_.path(), sources);
  Open();
  for (const char* language : {"el", "en", "fr", "nl", "ru"}) {
    // One in the place of a source's, one that no source has.
    Apply({Put(MakeArticle("a", language, "Tablet", "Tablet")),
           Put(MakeArticle("c", language, "Scanner", "Scanner"))});
  }
  Apply({Put(MakeArticle("only", "de", "Drucker", "Drucker"))});
  for (const bool prune : {false, true, false, true}) {
    SCOPED_TRACE(prune);
    GenerationBuilder::Options options;
    options.data_dir = data_.path();
    options.corpus = "kb";
    options.reanalyze = true;
    options.prune = prune;
    auto builder = GenerationBuilder::Create(options, TestRegistry());
    ASSERT_TRUE(builder.ok()) << builder.status();
    for (const Article& article : sources) {
      ASSERT_TRUE((*builder)->Add(article).ok());
    }
    const auto stats = (*builder)->Publish();
    ASSERT_TRUE(stats.ok()) << stats.status();
    EXPECT_EQ(stats->articles, 16u);
    ASSERT_TRUE(library_->Refresh().ok());
    for (const char* language : {"el", "en", "fr", "nl", "ru"}) {
      EXPECT_THAT(Ids("tablet", language), ElementsAre("a")) << language;
      EXPECT_THAT(Ids("webcam", language), ElementsAre("b")) << language;
      EXPECT_THAT(Ids("scanner", language), ElementsAre("c")) << language;
    }
    EXPECT_THAT(Ids("drucker", "de"), ElementsAre("only"));
    const auto verified = VerifyGeneration(
        GenerationFolder(data_.path(), "kb", *ReadCurrent(data_.path(), "kb")));
    ASSERT_TRUE(verified.ok()) << verified.status();
    EXPECT_THAT(verified->problems, IsEmpty());
  }
}

TEST_F(LiveChangesTest, ADamagedGenerationIsNotGoneBackTo) {
  Build(data_.path(), {MakeArticle("a", "fr", "Facture", "Facture")});
  Build(data_.path(), {MakeArticle("a", "fr", "Paiement", "Paiement")});
  Open();
  std::filesystem::remove_all(GenerationFolder(data_.path(), "kb", 1) + "/fr");
  EXPECT_FALSE(library_->RollBack("kb", 1).ok());
  EXPECT_EQ(*ReadCurrent(data_.path(), "kb"), 2u);
  EXPECT_EQ(library_->GetState("kb")->problem, "");
  EXPECT_THAT(Ids("paiement", "fr"), ElementsAre("a"));
}

TEST_F(LiveChangesTest, ChangesDuringABuildAreThereAfterTheSwitch) {
  const std::vector<Article> sources = {
      MakeArticle("a", "ru", "Счёт", "Счёт"),
      MakeArticle("b", "ru", "Оплата", "Оплата")};
  Build(data_.path(), sources);
  Open();
  GenerationBuilder::Options options;
  options.data_dir = data_.path();
  options.corpus = "kb";
  options.reanalyze = true;
  options.before_switch = [&](uint64_t) {
    // The last moment: after the build has looked at the log.
    Apply({Put(MakeArticle("d", "ru", "Возврат", "Возврат")), Gone("b")});
    return absl::OkStatus();
  };
  auto builder = GenerationBuilder::Create(options, TestRegistry());
  ASSERT_TRUE(builder.ok()) << builder.status();
  for (const Article& article : sources) {
    ASSERT_TRUE((*builder)->Add(article).ok());
  }
  Apply({Put(MakeArticle("c", "ru", "Доставка", "Доставка")), Gone("a")});
  EXPECT_THAT(Ids("доставки", "ru"), ElementsAre("c"));  // at once
  const auto stats = (*builder)->Publish();
  ASSERT_TRUE(stats.ok()) << stats.status();
  ASSERT_TRUE(library_->Refresh().ok());
  EXPECT_EQ(library_->GetCorpus("kb")->generation, 2u);
  EXPECT_EQ(library_->GetCorpus("kb")->applied_changes, 2u);
  EXPECT_THAT(Ids("доставки", "ru"), ElementsAre("c"));
  EXPECT_THAT(Ids("возврата", "ru"), ElementsAre("d"));
  EXPECT_THAT(Ids("счета", "ru"), IsEmpty());
  EXPECT_THAT(Ids("оплаты", "ru"), IsEmpty());
  // Going back loses no change either.
  ASSERT_TRUE(RollBack(data_.path(), "kb", 0).ok());
  ASSERT_TRUE(library_->Refresh().ok());
  EXPECT_EQ(library_->GetCorpus("kb")->generation, 1u);
  EXPECT_THAT(Ids("возврата", "ru"), ElementsAre("d"));
  EXPECT_THAT(Ids("счета", "ru"), IsEmpty());
}

TEST_F(LiveChangesTest, SearchesGoOnWhileArticlesChange) {
  std::vector<Article> articles;
  for (int i = 0; i < 50; ++i) {
    articles.push_back(MakeArticle("a" + std::to_string(i), "en",
                                   "Common words " + std::to_string(i),
                                   "Every article has common words."));
  }
  Build(data_.path(), articles);
  Open();
  std::atomic<bool> stop{false};
  std::atomic<int> searches{0};
  std::thread reader([&] {
    const auto searcher = library_->NewSearcher();
    SearchQuery query;
    query.corpus = "kb";
    query.text = "common words";
    query.languages = {"en"};
    query.page_size = 100;
    while (!stop) {
      const auto result = searcher->Search(query);
      ASSERT_TRUE(result.ok()) << result.status();
      // Never an article twice, never one missing.
      ASSERT_EQ(result->hits.size(), 50u);
      ++searches;
    }
  });
  for (int i = 0; i < 8; ++i) {
    Apply({Put(MakeArticle("a" + std::to_string(i), "en", "Common words, new",
                           "Still common words."))});
  }
  stop = true;
  reader.join();
  EXPECT_GT(searches, 5);
}

TEST_F(LiveChangesTest, WhatAProcessThatDiedLeftIsRemoved) {
  Build(data_.path(), {MakeArticle("a", "en", "Printer", "Printer")});
  const fs::path live = CorpusFolder(data_.path(), "kb") + "/live";
  fs::create_directories(live / "999-1" / "base");
  Open();
  EXPECT_FALSE(fs::exists(live / "999-1"));
  Apply({Put(MakeArticle("b", "en", "Scanner", "Scanner"))});
  EXPECT_FALSE(fs::is_empty(live));
  searcher_.reset();
  library_.reset();
  EXPECT_TRUE(fs::is_empty(live));
}

TEST_F(LiveChangesTest, ADamagedLogIsNamedAndTheRestServed) {
  Build(data_.path(), {MakeArticle("a", "en", "Printer", "Printer")});
  Open();
  Apply({Put(MakeArticle("b", "en", "Scanner", "Scanner"))});
  for (const char* id : {"c", "d"}) {
    ASSERT_TRUE(library_
                    ->AppendChanges(
                        "kb", {Put(MakeArticle(id, "en", "Laptop", "Laptop"))})
                    .ok());
  }
  for (const auto& entry :
       fs::directory_iterator(ChangesFolder(data_.path(), "kb"))) {
    if (entry.path().extension() != ".log") continue;
    const auto text = *ReadFile(entry.path());
    std::string damaged = text;
    damaged[damaged.size() / 2] ^= 0x10;
    ASSERT_TRUE(WriteFileAtomically(entry.path(), damaged).ok());
  }
  EXPECT_TRUE(absl::IsDataLoss(library_->Refresh()));
  EXPECT_THAT(library_->GetState("kb")->problem, HasSubstr("damaged record"));
  EXPECT_THAT(Ids("scanner", "en"), ElementsAre("b"));
}

}  // namespace
}  // namespace kbsearch::engine
