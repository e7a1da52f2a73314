// Explanations of searches over a real index, in five languages.
#include "engine/search/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/operators/rule_store.h"
#include "engine/search/absence.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Words {
  const char* language;
  const char* password;  // title of an article
  const char* refund;    // title of another
  const char* query;     // finds the first
  const char* typo;      // a word near one of the second article, in none
  const char* near;      // that word, folded
};

constexpr Words kWords[] = {
    {"el", "Επαναφορά κωδικού", "Επιστροφή χρημάτων", "τους κωδικούς",
     "χρημτων", "χρηματων"},
    {"fr", "Réinitialiser le mot de passe", "Demander un remboursement",
     "mots de passe", "remborsement", "remboursement"},
    {"nl", "Wachtwoord opnieuw instellen", "Geld terugkrijgen", "wachtwoorden",
     "terugkrygen", "terugkrijgen"},
    {"ru", "Восстановление пароля", "Возврат денег", "пароли", "возврт",
     "возврат"},
    {"en", "Reset your password", "Getting a refund", "the passwords", "refumd",
     "refund"},
};

class ExplainTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::vector<Article> articles;
    for (const Words& words : kWords) {
      articles.push_back(
          MakeArticle("reset", words.language, words.password, words.password));
      articles.push_back(
          MakeArticle("refund", words.language, words.refund, words.refund));
      Article internal =
          MakeArticle("sop", words.language, words.password, words.password);
      internal.audience = Audience::kAgent;
      articles.push_back(internal);
      for (int i = 0; i < 3; ++i) {
        articles.push_back(MakeArticle("more-" + std::to_string(i),
                                       words.language, words.password,
                                       words.password));
      }
    }
    articles.push_back(
        MakeArticle("english-only", "en", "Password policy", "Passwords."));
    Article faq = MakeArticle("faq", "en", "Questions", "Your questions.");
    faq.kind = ArticleKind::kFaq;
    faq.entries = {{"Are zebras striped?", "Yes.", "a"}};
    articles.push_back(faq);
    Build(data_.path(), articles);
    auto library = Library::Open(data_.path(), TestRegistry());
    ASSERT_TRUE(library.ok()) << library.status();
    library_ = *library;
    searcher_ = library_->NewSearcher();
  }

  static ExplainQuery Query(const std::string& text,
                            const std::string& language,
                            const std::string& article_id = "") {
    ExplainQuery query;
    query.search.corpus = "kb";
    query.search.text = text;
    query.search.language = language;
    query.search.languages = {language};
    query.article_id = article_id;
    return query;
  }

  Explanation Explain(const ExplainQuery& query) {
    auto explanation = searcher_->Explain(query);
    EXPECT_TRUE(explanation.ok()) << explanation.status();
    return explanation.ok() ? *std::move(explanation) : Explanation();
  }

  std::string WhyAbsent(const ExplainQuery& query) {
    const Explanation explanation = Explain(query);
    EXPECT_THAT(explanation.candidates, SizeIs(1));
    return explanation.candidates.empty()
               ? ""
               : explanation.candidates[0].absent_because;
  }

  // The stage's lines, one below the other.
  static std::string Stage(const Explanation& explanation,
                           const std::string& name) {
    std::string lines;
    for (const SearchStage& stage : explanation.stages) {
      if (stage.name == name) lines += stage.detail + "\n";
    }
    return lines;
  }

  TemporaryFolder data_;
  std::shared_ptr<Library> library_;
  std::unique_ptr<Searcher> searcher_;
};

TEST_F(ExplainTest, PartsAddUpToTheScoreInEveryLanguage) {
  for (const Words& words : kWords) {
    SCOPED_TRACE(words.language);
    const Explanation explanation =
        Explain(Query(words.password, words.language));
    ASSERT_THAT(explanation.candidates, testing::Not(IsEmpty()));
    int rank = 0;
    for (const ExplainedCandidate& candidate : explanation.candidates) {
      EXPECT_EQ(candidate.rank, ++rank);
      EXPECT_THAT(candidate.absent_because, IsEmpty());
      EXPECT_THAT(candidate.words, testing::Not(IsEmpty()));
      double sum = 0;
      for (const ScorePart& part : candidate.parts) sum += part.value;
      EXPECT_NEAR(sum, candidate.hit.score, 1e-6);
    }
  }
}

TEST_F(ExplainTest, ExplainsTheSearchThatIsRun) {
  for (const Words& words : kWords) {
    SCOPED_TRACE(words.language);
    const ExplainQuery query = Query(words.query, words.language);
    const auto result = searcher_->Search(query.search);
    ASSERT_TRUE(result.ok()) << result.status();
    const Explanation explanation = Explain(query);
    ASSERT_EQ(explanation.candidates.size(), result->hits.size());
    for (size_t i = 0; i < result->hits.size(); ++i) {
      EXPECT_EQ(explanation.candidates[i].hit.article_id,
                result->hits[i].article_id);
      EXPECT_EQ(explanation.candidates[i].hit.score, result->hits[i].score);
    }
  }
}

TEST_F(ExplainTest, StagesTellLanguageWordsSynonymsAndCurations) {
  ASSERT_TRUE(library_->rules()
                  .PutSynonyms("kb", "el", {{{"κωδικός"}, {"χρήμα"}, true}})
                  .ok());
  ASSERT_TRUE(library_->rules()
                  .PutCurations("kb", {{"κωδικός", "el", {"refund"}, {"sop"}}})
                  .ok());
  const Explanation explanation = Explain(Query("τους ΚΩΔΙΚΟΎΣ", "el"));
  EXPECT_THAT(Stage(explanation, "language"), HasSubstr("el "));
  EXPECT_THAT(Stage(explanation, "words"), HasSubstr("κωδικουσ = κωδικ"));
  EXPECT_THAT(Stage(explanation, "synonyms"), HasSubstr("κωδικουσ → χρήμα"));
  EXPECT_THAT(Stage(explanation, "curations"),
              HasSubstr("“κωδικός”, pins refund, hides sop"));
  EXPECT_THAT(Stage(explanation, "candidates"), HasSubstr("ranked"));
  ASSERT_THAT(explanation.candidates, testing::Not(IsEmpty()));
  EXPECT_TRUE(explanation.candidates[0].hit.pinned);
}

TEST_F(ExplainTest, AnArticleBelowThePageHasARank) {
  for (const Words& words : kWords) {
    SCOPED_TRACE(words.language);
    ExplainQuery query = Query(words.query, words.language, "more-2");
    query.search.page_size = 1;
    const Explanation explanation = Explain(query);
    ASSERT_THAT(explanation.candidates, SizeIs(1));
    EXPECT_GT(explanation.candidates[0].rank, 1);
    EXPECT_THAT(explanation.candidates[0].absent_because,
                HasSubstr("below the cut: its rank is"));
    EXPECT_EQ(explanation.candidates[0].hit.title, words.password);
  }
}

TEST_F(ExplainTest, AnArticleOfAnEarlierPageOrAnotherLanguageIsNotBelow) {
  ExplainQuery query = Query("the passwords", "en");
  query.search.page_size = 1;
  const auto first_page = searcher_->Search(query.search);
  ASSERT_TRUE(first_page.ok()) << first_page.status();
  query.article_id = first_page->hits.at(0).article_id;
  query.search.page_token = first_page->next_page_token;
  EXPECT_THAT(WhyAbsent(query), HasSubstr("on an earlier page: its rank is 1"));
  query = Query("the passwords", "en", "reset");
  query.language = "el";
  EXPECT_THAT(WhyAbsent(query), HasSubstr("it is shown in en"));
}

TEST_F(ExplainTest, AnArticleWithoutAWordInCommonTellsItsNearestOnes) {
  for (const Words& words : kWords) {
    SCOPED_TRACE(words.language);
    ExplainQuery query = Query(words.typo, words.language, "refund");
    query.search.verbatim = true;  // or the slip would be mended
    EXPECT_THAT(
        WhyAbsent(query),
        AllOf(HasSubstr("no word in common in "),
              HasSubstr(std::string("nearest in the article: ") + words.near)));
  }
}

TEST_F(ExplainTest, InternalArticlesAreAbsentFromPortalsOnly) {
  for (const Words& words : kWords) {
    SCOPED_TRACE(words.language);
    ExplainQuery query = Query(words.query, words.language, "sop");
    EXPECT_THAT(WhyAbsent(query), HasSubstr("internal: only agents see it"));
    query.search.audience = Audience::kAgent;
    EXPECT_THAT(WhyAbsent(query), IsEmpty());
  }
}

TEST_F(ExplainTest, AbsentArticlesHaveTheirReason) {
  EXPECT_THAT(WhyAbsent(Query("password", "en", "nowhere")),
              HasSubstr("not in the corpus: no article \"nowhere\""));
  EXPECT_THAT(WhyAbsent(Query("κωδικός", "el", "english-only")),
              HasSubstr("only articles in el were asked for; this one is in "
                        "en"));
  ExplainQuery query = Query("κωδικός", "el", "english-only");
  query.search.languages.clear();
  EXPECT_THAT(WhyAbsent(query),
              HasSubstr("looked up in el; the article is in en"));
  query = Query("κωδικός", "el", "english-only");
  query.language = "el";
  EXPECT_THAT(WhyAbsent(query),
              HasSubstr("not in the corpus in el; it is there in en"));
  query = Query("password", "en", "reset");
  query.search.filter.kinds = {ArticleKind::kFaq};
  EXPECT_THAT(WhyAbsent(query),
              HasSubstr("outside the filter: kind: the article is "
                        "\"article\""));
  query = Query("password", "en", "reset");
  query.search.filter.tags = {"account"};
  EXPECT_THAT(WhyAbsent(query), HasSubstr("tag: the article has none"));
  query = Query("password", "en", "reset");
  query.search.filter.updated_after = 1;
  EXPECT_THAT(WhyAbsent(query), HasSubstr("at an unknown time"));
  ASSERT_TRUE(library_->rules()
                  .PutCurations("kb", {{"password", "en", {}, {"reset"}}})
                  .ok());
  EXPECT_THAT(WhyAbsent(Query("passwords", "en", "reset")),
              HasSubstr("hidden by the operators' curation of “password”"));
}

TEST_F(ExplainTest, APageIsFoundThroughItsEntries) {
  const Explanation explanation = Explain(Query("zebras", "en", "faq"));
  ASSERT_THAT(explanation.candidates, SizeIs(1));
  EXPECT_EQ(explanation.candidates[0].hit.article_id, "faq#1");
  EXPECT_EQ(explanation.candidates[0].rank, 1);
}

TEST(EditDistanceTest, CountsLetters) {
  EXPECT_EQ(EditDistance(U"κωδικος", U"κωδικους", 5), 1u);
  EXPECT_EQ(EditDistance(U"пароль", U"", 9), 6u);
  EXPECT_EQ(EditDistance(U"", U"", 3), 0u);
  EXPECT_EQ(EditDistance(U"refund", U"password", 3), 3u);
}

}  // namespace
}  // namespace kbsearch::engine
