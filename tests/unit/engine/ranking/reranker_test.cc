#include "engine/ranking/reranker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <span>
#include <string>
#include <vector>

#include "engine/generations/generations.h"
#include "engine/index/schema.h"
#include "engine/index/snapshot.h"
#include "engine/search/search_pipeline.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

using testing::ElementsAre;

// Stands for a model: longest text first, whatever the words.
class LongestTextFirst : public Reranker {
 public:
  void Score(const LanguageLookup& lookup, Audience audience,
             SearchContext& context, std::span<Candidate> candidates) override {
    Xapian::Database& database =
        *context.corpus.Find(lookup.language.language, audience);
    for (Candidate& candidate : candidates) {
      candidate.score =
          static_cast<double>(database.get_document(candidate.document)
                                  .get_value(kRecordSlot)
                                  .size());
    }
  }
};

class RerankerTest : public testing::Test {
 protected:
  std::vector<std::string> Search(const std::vector<Article>& articles,
                                  const std::string& text,
                                  const std::string& language,
                                  Reranker& reranker) {
    Build(data_.path(), articles);
    const auto generation = ReadCurrent(data_.path(), "kb");
    EXPECT_TRUE(generation.ok()) << generation.status();
    OpenCorpus corpus(*LoadSnapshot(data_.path(), "kb", *generation));
    AnalyzerSet analyzers(TestRegistry());
    SearchContext context{corpus, analyzers, reranker};
    SearchQuery query;
    query.corpus = "kb";
    query.text = text;
    query.languages = {language};
    const auto result = RunSearch(query, context);
    EXPECT_TRUE(result.ok()) << result.status();
    std::vector<std::string> ids;
    for (const Hit& hit : result->hits) ids.push_back(hit.article_id);
    return ids;
  }

  TemporaryFolder data_;
};

TEST_F(RerankerTest, AnotherRerankerDecidesTheOrder) {
  const std::vector<Article> articles = {
      MakeArticle("a", "en", "Refund", "Refund."),
      MakeArticle("b", "en", "Delivery",
                  "How long it takes, where it stands, and when a refund of "
                  "what was paid for the delivery is due.")};
  FeatureReranker features;
  EXPECT_THAT(Search(articles, "refund", "en", features),
              ElementsAre("a", "b"));
  LongestTextFirst other;
  EXPECT_THAT(Search(articles, "refund", "en", other), ElementsAre("b", "a"));
}

TEST_F(RerankerTest, AllWordsBeatManyOccurrencesOfOneInEveryLanguage) {
  const struct {
    const char* language;
    const char* query;
    const char* one_word;
    const char* all_words;
  } cases[] = {
      {"el", "ακύρωση παραγγελίας",
       "Παραγγελία εδώ, παραγγελία εκεί, παραγγελία παντού.",
       "Η ακύρωση μιας παραγγελίας γίνεται από τον λογαριασμό σας."},
      {"en", "cancel subscription", "Subscription, subscription, subscription.",
       "You can cancel a subscription from your account at any time."},
      {"fr", "annuler abonnement", "Abonnement, abonnement et abonnement.",
       "Vous pouvez annuler un abonnement depuis votre compte."},
      {"nl", "abonnement opzeggen", "Abonnement, abonnement en abonnement.",
       "U kunt een abonnement opzeggen via uw account."},
      {"ru", "отменить подписку", "Подписка, подписка и ещё раз подписка.",
       "Вы можете отменить подписку в личном кабинете."},
  };
  for (const auto& test : cases) {
    SCOPED_TRACE(test.language);
    FeatureReranker reranker;
    EXPECT_THAT(Search({MakeArticle("one", test.language, "", test.one_word),
                        MakeArticle("all", test.language, "", test.all_words)},
                       test.query, test.language, reranker),
                ElementsAre("all", "one"));
  }
}

TEST_F(RerankerTest, TheTitleThatIsTheQueryComesFirst) {
  FeatureReranker reranker;
  EXPECT_THAT(Search({MakeArticle("long", "nl", "Factuur betalen in termijnen",
                                  "Een factuur kunt u in termijnen betalen."),
                      MakeArticle("same", "nl", "Factuur betalen",
                                  "Betaal de factuur voor de vervaldatum.")},
                     "factuur betalen", "nl", reranker),
              ElementsAre("same", "long"));
}

}  // namespace
}  // namespace kbsearch::engine
