#include "server/events/article_use.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "engine/generations/generations.h"
#include "server/events/event_store.h"
#include "server/events/use_feed.h"
#include "tests/unit/engine/temporary_library.h"
#include "tests/unit/server/events/postgres_server.h"

namespace kbsearch::server::events {
namespace {

using ::kbsearch::testing::kStores;
using ::kbsearch::testing::StoreName;

class ArticleUseTest : public ::kbsearch::testing::StoreFixture {
 protected:
  void SetUp() override {
    StoreFixture::SetUp();
    if (IsSkipped()) return;
    auto store = EventStore::Open(location_);
    ASSERT_TRUE(store.ok()) << store.status();
    store_ = *std::move(store);
    batch_.batch_id = "all";
  }

  // A list of these articles, of the language "en".
  void Search(const std::string& id, const std::vector<std::string>& articles,
              TimeMs at = 1000) {
    SearchEvent event;
    event.search_id = id;
    event.corpus = "kb";
    event.at = at;
    for (const std::string& article : articles) {
      event.shown.push_back({article, "en", 0});
    }
    batch_.searches.push_back(event);
  }

  void Outcome(OutcomeType type, const std::string& search,
               const std::string& article, TimeMs at = 1001) {
    OutcomeEvent event;
    event.corpus = "kb";
    event.at = at;
    event.type = type;
    event.search_id = search;
    event.article_id = article;
    batch_.outcomes.push_back(event);
  }

  void Store() {
    const auto stored = store_->Append(batch_);
    ASSERT_TRUE(stored.ok()) << stored;
  }

  engine::ArticleUse Use(const std::string& article,
                         const std::string& language = "en") {
    const auto uses = ReadArticleUse(store_->database(), "kb", 0, 10000);
    EXPECT_TRUE(uses.ok()) << uses.status();
    for (const engine::ArticleUse& use : *uses) {
      if (use.hit_id == article && use.language == language) return use;
    }
    return {"none", "", -1, -1, -1, -1};
  }

  std::unique_ptr<EventStore> store_;
  Batch batch_;
};

TEST_P(ArticleUseTest, NothingRecordedIsNothing) {
  const auto uses = ReadArticleUse(store_->database(), "kb", 0, 10000);
  ASSERT_TRUE(uses.ok()) << uses.status();
  EXPECT_TRUE(uses->empty());
}

TEST_P(ArticleUseTest, ClicksAreExpectedByPlace) {
  // First places are clicked in two lists of four, second ones in one of four.
  for (const char* id : {"1", "2", "3"}) Search(id, {"top", "second"});
  Search("4", {"second", "top"});
  Outcome(OutcomeType::kClick, "1", "top");
  Outcome(OutcomeType::kClick, "2", "top");
  Outcome(OutcomeType::kClick, "3", "second");
  Store();
  const engine::ArticleUse top = Use("top");
  EXPECT_EQ(top.clicks, 2);
  EXPECT_DOUBLE_EQ(top.expected_clicks, 3 * 2.0 / 4 + 1 * 1.0 / 4);
  const engine::ArticleUse second = Use("second");
  EXPECT_EQ(second.clicks, 1);
  EXPECT_DOUBLE_EQ(second.expected_clicks, 3 * 1.0 / 4 + 1 * 2.0 / 4);
}

TEST_P(ArticleUseTest, SeveralClicksInOneListAreOne) {
  Search("1", {"a"});
  for (int i = 0; i < 5; ++i) Outcome(OutcomeType::kClick, "1", "a");
  Store();
  EXPECT_EQ(Use("a").clicks, 1);
}

TEST_P(ArticleUseTest, RatingsAndSolvedTickets) {
  Search("1", {"a", "b"});
  Outcome(OutcomeType::kHelpful, "1", "a");
  Outcome(OutcomeType::kSolved, "1", "a");
  Outcome(OutcomeType::kNotHelpful, "1", "b");
  Store();
  EXPECT_EQ(Use("a").helpful, 2);
  EXPECT_EQ(Use("a").not_helpful, 0);
  EXPECT_EQ(Use("b").helpful, 0);
  EXPECT_EQ(Use("b").not_helpful, 1);
}

TEST_P(ArticleUseTest, OtherTimesAndCorporaDoNotCount) {
  Search("old", {"a"}, -5);
  Search("late", {"a"}, 10000);
  Search("other", {"a"});
  batch_.searches.back().corpus = "other";
  Outcome(OutcomeType::kClick, "old", "a", -4);
  Outcome(OutcomeType::kClick, "unknown", "a");
  Store();
  EXPECT_EQ(Use("a").hit_id, "none");
}

TEST_P(ArticleUseTest, AVoteCountsOnce) {
  // The list's session, not the one that the event names, is the voter.
  for (const char* id : {"1", "2"}) {
    Search(id, {"a"});
    batch_.searches.back().session = "visitor";
  }
  Search("3", {"a"});
  for (int i = 0; i < 5; ++i) {
    for (const char* id : {"1", "2", "3"}) {
      Outcome(OutcomeType::kHelpful, id, "a", 1001 + i);
      batch_.outcomes.back().session = "invented" + std::to_string(i);
      Outcome(OutcomeType::kNotHelpful, id, "a", 1001 + i);
    }
  }
  Store();
  EXPECT_EQ(Use("a").helpful, 2);
  EXPECT_EQ(Use("a").not_helpful, 2);
}

TEST_P(ArticleUseTest, SuggestionsHaveVotersToo) {
  for (const char* id : {"1", "2"}) {
    SuggestionEvent event;
    event.suggestion_id = id;
    event.corpus = "kb";
    event.at = 1000;
    event.session = "visitor";
    event.shown = {{"a", "en", 0.5}};
    batch_.suggestions.push_back(event);
    Outcome(OutcomeType::kSolved, "", "a");
    batch_.outcomes.back().suggestion_id = id;
  }
  Store();
  EXPECT_EQ(Use("a").helpful, 1);
}

TEST_P(ArticleUseTest, VotesOnWhatNoListShowedDoNotCount) {
  Search("1", {"a"});
  Search("old", {"a"}, -5);
  Search("other", {"a"});
  batch_.searches.back().corpus = "other";
  for (const char* list : {"unknown", "old", "other", ""}) {
    Outcome(OutcomeType::kHelpful, list, "a");
    Outcome(OutcomeType::kNotHelpful, list, "a");
    Outcome(OutcomeType::kClick, list, "a");
  }
  Outcome(OutcomeType::kHelpful, "1", "b");
  Store();
  EXPECT_EQ(Use("a").helpful, 0);
  EXPECT_EQ(Use("a").not_helpful, 0);
  EXPECT_EQ(Use("a").clicks, 0);
  EXPECT_EQ(Use("b").hit_id, "none");
}

TEST_P(ArticleUseTest, OneLanguageOfAnArticleIsMeant) {
  for (const char* id : {"told", "placed", "neither"}) {
    Search(id, {"a", "a"});
    batch_.searches.back().shown[1].language = "nl";
  }
  for (const OutcomeType type : {OutcomeType::kClick, OutcomeType::kHelpful}) {
    Outcome(type, "told", "a");
    batch_.outcomes.back().language = "nl";
    Outcome(type, "placed", "a");
    batch_.outcomes.back().position = 2;
    Outcome(type, "neither", "a");
    Outcome(type, "told", "a");
    batch_.outcomes.back().language = "ru";  // not shown
  }
  Store();
  EXPECT_EQ(Use("a", "nl").clicks, 2);
  EXPECT_EQ(Use("a", "nl").helpful, 2);
  EXPECT_EQ(Use("a", "en").clicks, 1);
  EXPECT_EQ(Use("a", "en").helpful, 1);
  EXPECT_EQ(Use("a", "ru").hit_id, "none");
}

TEST_P(ArticleUseTest, TheFeedTellsTheLibrary) {
  for (int i = 0; i < 30; ++i) {
    const std::string id = std::to_string(i);
    Search(id, {"a", "b"});
    Outcome(OutcomeType::kHelpful, id, "b");
  }
  Store();
  engine::TemporaryFolder data;
  engine::Build(data.path(), {engine::MakeArticle("a", "en", "A", "Refund."),
                              engine::MakeArticle("b", "en", "B", "Refund.")});
  auto library = engine::Library::Open(data.path(), engine::TestRegistry());
  ASSERT_TRUE(library.ok()) << library.status();
  const UseFeed feed(location_, *library, std::chrono::hours(1),
                     [] { return TimeMs{10000}; });
  std::shared_ptr<const engine::ArticlePriors> priors;
  for (int i = 0; i < 1000 && priors == nullptr; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    priors = (*library)->priors()->Find("kb");
  }
  ASSERT_NE(priors, nullptr);
  EXPECT_EQ(priors->Of("a", "en"), 0);
  EXPECT_DOUBLE_EQ(priors->Of("b", "en"), 30.0 / 40 / 2);
}

// Puts a view in the place of the table of what was shown.
void ReplaceShown(SqlDatabase& database, const std::string& select) {
  for (const std::string& sql :
       {std::string("ALTER TABLE shown RENAME TO shown_rows"),
        "CREATE VIEW shown AS " + select}) {
    const auto rows = database.Run(sql);
    ASSERT_TRUE(rows.ok()) << rows.status();
  }
}

TEST_P(ArticleUseTest, ACorpusThatCannotBeReadKeepsNoOtherBack) {
  Search("broken", {"x"});
  batch_.searches.back().corpus = "broken";
  Search("1", {"a"});
  Outcome(OutcomeType::kHelpful, "1", "a");
  Store();
  // The broken corpus' positions are out of range.
  ReplaceShown(store_->database(),
               "SELECT list_id, corpus, at, CASE WHEN corpus = 'broken' "
               "THEN abs(-9223372036854775807 - position) ELSE position END "
               "AS position, article_id, language, confidence FROM shown_rows");
  ASSERT_FALSE(ReadArticleUse(store_->database(), "broken", 0, 10000).ok());
  engine::TemporaryFolder data;
  const auto article = engine::MakeArticle("a", "en", "A", "Refund.");
  engine::Build(data.path(), {article});
  std::filesystem::copy(engine::CorpusFolder(data.path(), "kb"),
                        engine::CorpusFolder(data.path(), "broken"),
                        std::filesystem::copy_options::recursive |
                            std::filesystem::copy_options::copy_symlinks);
  auto library = engine::Library::Open(data.path(), engine::TestRegistry());
  ASSERT_TRUE(library.ok()) << library.status();
  ASSERT_EQ((*library)->ListCorpora().front().name, "broken");
  const UseFeed feed(location_, *library, std::chrono::hours(1),
                     [] { return TimeMs{10000}; });
  std::shared_ptr<const engine::ArticlePriors> priors;
  for (int i = 0; i < 1000 && priors == nullptr; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    priors = (*library)->priors()->Find("kb");
  }
  ASSERT_NE(priors, nullptr);
  EXPECT_GT(priors->Of("a", "en"), 0);
}

TEST_P(ArticleUseTest, AFeedThatIsReadingStopsAtOnce) {
  ReplaceShown(store_->database(),
               "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
               "FROM n WHERE i < 2000000000) SELECT 'l' AS list_id, "
               "'kb' AS corpus, i AS at, 1 AS position, 'a' AS article_id, "
               "'en' AS language, 0.0 AS confidence FROM n");
  engine::TemporaryFolder data;
  engine::Build(data.path(), {engine::MakeArticle("a", "en", "A", "Refund.")});
  auto library = engine::Library::Open(data.path(), engine::TestRegistry());
  ASSERT_TRUE(library.ok()) << library.status();
  auto feed = std::make_unique<UseFeed>(
      location_, *library, std::chrono::hours(1), [] { return TimeMs{10000}; });
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  const auto began = std::chrono::steady_clock::now();
  feed.reset();
  // Reading would go on for 20 seconds.
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
}

TEST(UseFeedTest, RestsLongerWhereCountingTakesLong) {
  using std::chrono::minutes;
  using std::chrono::seconds;
  EXPECT_EQ(RestAfter(seconds(1), minutes(5)), minutes(5));
  EXPECT_EQ(RestAfter(seconds(60), minutes(5)), minutes(20));
}

INSTANTIATE_TEST_SUITE_P(Stores, ArticleUseTest, ::testing::ValuesIn(kStores),
                         StoreName);

}  // namespace
}  // namespace kbsearch::server::events
