#include "engine/ranking/article_prior.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "engine/search/explain.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

using testing::ElementsAre;

TEST(ArticlePriorTest, NothingKnownIsNeutral) {
  EXPECT_EQ(PriorOf({}), 0);
  EXPECT_EQ(ArticlePriors({}).Of("vpn", "en"), 0);
}

TEST(ArticlePriorTest, TheExampleOfTheHeader) {
  EXPECT_NEAR(PriorOf({"vpn", "en", 60, 30, 12, 2}), 0.3447, 0.0001);
}

TEST(ArticlePriorTest, ClicksCountAgainstWhatThePlacesBring) {
  EXPECT_EQ(PriorOf({"vpn", "en", 300, 300, 0, 0}), 0);
  EXPECT_GT(PriorOf({"vpn", "en", 30, 10, 0, 0}), 0);
  EXPECT_LT(PriorOf({"vpn", "en", 10, 30, 0, 0}), 0);
}

TEST(ArticlePriorTest, FewEventsSayLessThanMany) {
  EXPECT_LT(PriorOf({"vpn", "en", 0, 0, 1, 0}), 0.06);
  EXPECT_GT(PriorOf({"vpn", "en", 0, 0, 100, 0}), 0.4);
}

TEST(ArticlePriorTest, StaysWithinOne) {
  EXPECT_LE(PriorOf({"vpn", "en", 1e9, 0, 1e9, 0}), 1);
  EXPECT_GE(PriorOf({"vpn", "en", 0, 1e9, 0, 1e9}), -1);
}

TEST(ArticlePriorTest, EachLanguageAndEntryHasItsOwn) {
  const ArticlePriors priors(
      {{"faq#1", "el", 0, 0, 9, 0}, {"faq#2", "el", 0, 0, 0, 9}});
  EXPECT_GT(priors.Of("faq#1", "el"), 0);
  EXPECT_LT(priors.Of("faq#2", "el"), 0);
  EXPECT_EQ(priors.Of("faq#1", "fr"), 0);
  EXPECT_EQ(priors.Of("faq", "el"), 0);
}

class PriorRankingTest : public testing::Test {
 protected:
  // Two articles that only their ids and use tell apart, and a better one.
  void SetUp() override {
    Build(data_.path(),
          {MakeArticle("a", "nl", "Factuur", "Zo ziet u uw factuur."),
           MakeArticle("b", "nl", "Factuur", "Zo ziet u uw factuur."),
           MakeArticle("best", "nl", "Factuur opvragen",
                       "Hoe u een factuur kunt opvragen.")});
    library_ = *Library::Open(data_.path(), TestRegistry());
    searcher_ = library_->NewSearcher();
  }

  SearchQuery Query(const std::string& text) {
    SearchQuery query;
    query.corpus = "kb";
    query.text = text;
    query.languages = {"nl"};
    return query;
  }

  std::vector<std::string> Search(const std::string& text) {
    const auto result = searcher_->Search(Query(text));
    EXPECT_TRUE(result.ok()) << result.status();
    std::vector<std::string> ids;
    for (const Hit& hit : result->hits) ids.push_back(hit.article_id);
    return ids;
  }

  void Use(const std::vector<ArticleUse>& uses) {
    library_->priors()->Put("kb", std::make_shared<ArticlePriors>(uses));
  }

  TemporaryFolder data_;
  std::shared_ptr<Library> library_;
  std::unique_ptr<Searcher> searcher_;
};

TEST_F(PriorRankingTest, DecidesBetweenEqualArticlesAtOnce) {
  const auto before = Search("factuur opvragen");
  EXPECT_THAT(before, ElementsAre("best", "a", "b"));
  Use({{"b", "nl", 40, 10, 5, 0}});
  EXPECT_THAT(Search("factuur opvragen"), ElementsAre("best", "b", "a"));
  library_->priors()->Put("kb", nullptr);
  EXPECT_EQ(Search("factuur opvragen"), before);
}

TEST_F(PriorRankingTest, DoesNotOvertakeAClearlyBetterAnswer) {
  Use({{"a", "nl", 1e6, 0, 1e6, 0}, {"best", "nl", 0, 1e6, 0, 1e6}});
  EXPECT_THAT(Search("factuur opvragen"), ElementsAre("best", "a", "b"));
}

TEST_F(PriorRankingTest, AnotherCorpusDoesNotCount) {
  library_->priors()->Put("other",
                          std::make_shared<ArticlePriors>(
                              std::vector<ArticleUse>{{"b", "nl", 40, 10, 5}}));
  EXPECT_THAT(Search("factuur opvragen"), ElementsAre("best", "a", "b"));
}

TEST_F(PriorRankingTest, ExplainTellsTheUseOfTheVersionThatWasScored) {
  Build(data_.path(),
        {MakeArticle("x", "en", "Restart the router", "Restart the router."),
         MakeArticle("x", "nl", "Apparaten", "Over kabels en de router."),
         MakeArticle("y", "nl", "Kabels", "Over kabels.")});
  library_ = *Library::Open(data_.path(), TestRegistry());
  searcher_ = library_->NewSearcher();
  Use({{"x", "en", 40, 10, 5, 0}, {"x", "nl", 0, 30, 0, 5}});
  ExplainQuery query;
  query.search = Query("restart the router");
  query.search.languages = {"nl", "en"};
  query.search.language = "nl";
  query.article_id = "x";
  const auto explanation = searcher_->Explain(query);
  ASSERT_TRUE(explanation.ok()) << explanation.status();
  ASSERT_EQ(explanation->candidates.size(), 1);
  const ExplainedCandidate& candidate = explanation->candidates[0];
  EXPECT_EQ(candidate.hit.language, "nl");
  double sum = 0;
  double use = 0;
  std::string best_version;
  for (const ScorePart& part : candidate.parts) {
    sum += part.value;
    if (part.name == "use") use = part.value;
    if (part.name == "best version") best_version = part.detail;
  }
  EXPECT_NEAR(sum, candidate.hit.score, 1e-6);
  EXPECT_GT(use, 0);
  EXPECT_NE(best_version.find("in en"), std::string::npos) << best_version;
}

// Articles that only their ids, ages and kinds tell apart.
class KnownArticlesTest : public testing::Test {
 protected:
  struct Words {
    const char* language;
    const char* title;
    const char* text;
  };
  static constexpr Words kWords[] = {
      {"el", "Επιστροφή χρημάτων", "Έτσι ζητάτε επιστροφή χρημάτων."},
      {"en", "Refund", "This is how you ask for a refund."},
      {"fr", "Remboursement", "Comment demander un remboursement."},
      {"nl", "Terugbetaling", "Zo vraagt u een terugbetaling aan."},
      {"ru", "Возврат денег", "Как запросить возврат денег."},
  };

  // One article in each language for each of `made`.
  void Start(const std::vector<Article>& made) {
    std::vector<Article> articles;
    for (const Words& words : kWords) {
      for (const Article& one : made) {
        Article article =
            MakeArticle(one.id, words.language, words.title, words.text);
        article.updated_at = one.updated_at;
        article.kind = one.kind;
        articles.push_back(article);
      }
    }
    Build(data_.path(), articles);
    library_ = *Library::Open(data_.path(), TestRegistry());
    searcher_ = library_->NewSearcher();
  }

  std::vector<std::string> Search(const Words& words) {
    SearchQuery query;
    query.corpus = "kb";
    query.text = words.title;
    query.languages = {words.language};
    const auto result = searcher_->Search(query);
    EXPECT_TRUE(result.ok()) << result.status();
    std::vector<std::string> ids;
    for (const Hit& hit : result->hits) ids.push_back(hit.article_id);
    return ids;
  }

  static Article Made(const std::string& id, int64_t year,
                      ArticleKind kind = ArticleKind::kArticle) {
    Article article;
    article.id = id;
    article.kind = kind;
    if (year != 0) article.updated_at = (year - 1970) * 365 * 86'400;
    return article;
  }

  TemporaryFolder data_;
  std::shared_ptr<Library> library_;
  std::unique_ptr<Searcher> searcher_;
};

TEST_F(KnownArticlesTest, OfEqualArticlesTheOneUpdatedLastComesFirst) {
  Start({Made("a-old", 2019), Made("b-undated", 0), Made("c-new", 2026),
         Made("d-last-year", 2024)});
  for (const Words& words : kWords) {
    EXPECT_THAT(Search(words),
                ElementsAre("c-new", "b-undated", "d-last-year", "a-old"))
        << words.language;
  }
}

TEST_F(KnownArticlesTest, WithoutDatesNothingChanges) {
  Start({Made("a", 0), Made("b", 0)});
  for (const Words& words : kWords) {
    EXPECT_THAT(Search(words), ElementsAre("a", "b")) << words.language;
  }
}

TEST_F(KnownArticlesTest, WhatUsersSayComesBehindWhatTheCompanySays) {
  Start({Made("a-thread", 0, ArticleKind::kForumThread), Made("b-article", 0)});
  for (const Words& words : kWords) {
    EXPECT_THAT(Search(words), ElementsAre("b-article", "a-thread"))
        << words.language;
  }
}

TEST_F(PriorRankingTest, ExplainNamesIt) {
  Use({{"b", "nl", 40, 10, 5, 0}});
  ExplainQuery query;
  query.search = Query("factuur opvragen");
  query.article_id = "b";
  const auto explanation = searcher_->Explain(query);
  ASSERT_TRUE(explanation.ok()) << explanation.status();
  const ScorePart* use = nullptr;
  for (const ExplainedCandidate& candidate : explanation->candidates) {
    for (const ScorePart& part : candidate.parts) {
      EXPECT_NE(part.name, "not ranked");
      if (part.name == "use") use = &part;
    }
  }
  ASSERT_NE(use, nullptr);
  EXPECT_NEAR(use->value, 0.5 * PriorOf({"b", "nl", 40, 10, 5, 0}), 1e-6);
}

}  // namespace
}  // namespace kbsearch::engine
