#include "server/events/article_use.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

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

  engine::ArticleUse Use(const std::string& article) {
    const auto uses = ReadArticleUse(store_->database(), "kb", 0, 10000);
    EXPECT_TRUE(uses.ok()) << uses.status();
    for (const engine::ArticleUse& use : *uses) {
      if (use.hit_id == article) {
        EXPECT_EQ(use.language, "en");
        return use;
      }
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

INSTANTIATE_TEST_SUITE_P(Stores, ArticleUseTest, ::testing::ValuesIn(kStores),
                         StoreName);

}  // namespace
}  // namespace kbsearch::server::events
