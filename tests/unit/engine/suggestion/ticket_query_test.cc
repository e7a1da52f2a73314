// Which words of a ticket are looked up, and in which language.
#include "engine/suggestion/ticket_query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engine/generations/generations.h"
#include "engine/index/snapshot.h"
#include "engine/ranking/reranker.h"
#include "tests/unit/engine/suggestion/bicycle_shop.h"

namespace kbsearch::engine {
namespace {

using ::testing::Contains;
using ::testing::Not;

class TicketQueryTest : public ::testing::Test {
 protected:
  TicketQueryTest() : analyzers_(TestRegistry()) {
    Build(data_.path(), ShopArticles());
    const auto generation = ReadCurrent(data_.path(), "kb");
    EXPECT_TRUE(generation.ok()) << generation.status();
    const auto snapshot = LoadSnapshot(data_.path(), "kb", *generation);
    EXPECT_TRUE(snapshot.ok()) << snapshot.status();
    corpus_ = std::make_unique<OpenCorpus>(*snapshot);
  }

  std::vector<TicketQuery> Make(const std::vector<TicketSentence>& sentences,
                                size_t max_words = kMaxTicketWords) {
    SearchContext context{*corpus_, analyzers_, reranker_};
    return MakeTicketQueries(sentences, {}, max_words, context);
  }

  // What the word weighs in the query; 0 when it is not looked up.
  static double WeightOf(const std::string& exact, const TicketQuery& query) {
    const auto& words = query.lookup.words.words;
    for (size_t i = 0; i < words.size(); ++i) {
      if (std::count(words[i].exact.begin(), words[i].exact.end(), exact)) {
        return query.weights[i];
      }
    }
    return 0;
  }

  TemporaryFolder data_;
  AnalyzerSet analyzers_;
  FeatureReranker reranker_;
  std::unique_ptr<OpenCorpus> corpus_;
};

TEST_F(TicketQueryTest, RareWordsWeighMoreThanCommonOnes) {
  const auto queries =
      Make({{"The patch on my bicycle came off.", false, false, false}});
  ASSERT_FALSE(queries.empty());
  EXPECT_EQ(queries[0].lookup.language.language, "en");
  EXPECT_GT(WeightOf("patch", queries[0]), WeightOf("bicycle", queries[0]));
  EXPECT_EQ(WeightOf("the", queries[0]), 0);
}

TEST_F(TicketQueryTest, SubjectAndQuestionsWeighMore) {
  const auto plain =
      Make({{"Hello.", false, false, false},
            {"Hello.", false, false, false},
            {"The charger of my bicycle.", false, false, false}});
  const auto question =
      Make({{"Hello.", false, false, false},
            {"Hello.", false, false, false},
            {"The charger of my bicycle?", false, true, false}});
  const auto subject =
      Make({{"The charger of my bicycle", true, false, false}});
  const double least = WeightOf("charger", plain.at(0));
  EXPECT_GT(least, 0);
  EXPECT_GT(WeightOf("charger", question.at(0)), least);
  EXPECT_GT(WeightOf("charger", subject.at(0)),
            WeightOf("charger", question.at(0)));
  EXPECT_TRUE(subject[0].in_subject[0]);
  EXPECT_FALSE(plain[0].in_subject[0]);
}

TEST_F(TicketQueryTest, KeepsTheWeightiestInTheOrderOfTheText) {
  const auto queries = Make(
      {{"My bicycle, the levers, the deposit, the saw and the insurance of the "
        "lock of my bicycle.",
        false, false, false}},
      3);
  ASSERT_EQ(queries.size(), 1u);
  const auto& words = queries[0].lookup.words.words;
  ASSERT_EQ(words.size(), 3u);
  EXPECT_TRUE(std::is_sorted(words.begin(), words.end(),
                             [](const QueryWord& a, const QueryWord& b) {
                               return a.position < b.position;
                             }));
  EXPECT_EQ(WeightOf("bicycle", queries[0]), 0);
}

TEST_F(TicketQueryTest, ToldButNotLookedUpAreWordsOfNoArticle) {
  const auto queries =
      Make({{"The trombone of my bicycle needs a battery, part 48213977.",
             false, false, false}});
  ASSERT_EQ(queries.size(), 1u);
  EXPECT_EQ(WeightOf("trombone", queries[0]), 0);
  EXPECT_GT(queries[0].unknown_weight, 0);
  EXPECT_LT(queries[0].unknown_weight, queries[0].all_weight);
  // The number is no word: three are left beside "needs" and "part".
  EXPECT_LE(queries[0].content_words, 5u);
}

TEST_F(TicketQueryTest, EachSentenceGoesToItsLanguage) {
  const auto queries = Make(
      {{"Je n'arrive pas à ouvrir l'antivol de mon vélo, la clé est perdue.",
        false, false, true},
       {"Когда мне вернут залог за велосипед на банковскую карту?", false, true,
        true}});
  ASSERT_EQ(queries.size(), 2u);
  for (const TicketQuery& query : queries) {
    const bool french = query.lookup.language.language == "fr";
    EXPECT_EQ(WeightOf("antivol", query) > 0, french);
    EXPECT_EQ(WeightOf("залог", query) > 0, !french);
  }
}

}  // namespace
}  // namespace kbsearch::engine
