// Synonyms and curations in searches over a real index, in five languages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"
#include "engine/operators/rule_files.h"
#include "engine/operators/rule_store.h"
#include "engine/search.h"
#include "engine/search/explain.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

// What customers say, inflected otherwise than the operators wrote it, and what
// the company writes.
struct Words {
  const char* language;
  const char* synonym;  // as the operators wrote it
  const char* typed;    // the same word, inflected
  const char* company;  // as the operators wrote it
  const char* title;    // of an article in the company's words
  const char* own;      // of an article in the customers' words
  const char* filler;
};

constexpr Words kWords[] = {
    {"el", "σπασμένο", "ΣΠΑΣΜΕΝΑ ακουστικά", "ελαττωματικό",
     "Ελαττωματικά ακουστικά", "Τα σπασμένα ακουστικά", "Ώρες λειτουργίας"},
    {"fr", "cassé", "écouteurs CASSES", "défectueux", "Écouteurs défectueux",
     "Les écouteurs cassés", "Heures d'ouverture"},
    {"nl", "kapot", "kapotte koptelefoon", "defect", "Defecte koptelefoon",
     "De kapotte koptelefoon", "Openingstijden"},
    {"ru", "сломанный", "сломанные наушники", "неисправный",
     "Неисправные наушники", "Мои сломанные наушники", "Часы работы"},
    {"en", "broken", "headphones broken", "faulty", "Faulty headphones",
     "The broken headphones", "Opening hours"},
};

class OperatorsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::vector<Article> articles;
    for (const Words& words : kWords) {
      articles.push_back(
          MakeArticle("company", words.language, words.title, words.title));
      articles.push_back(
          MakeArticle("customer", words.language, words.own, words.own));
      articles.push_back(
          MakeArticle("hours", words.language, words.filler, words.filler));
      Article internal =
          MakeArticle("internal", words.language, words.filler, words.filler);
      internal.audience = Audience::kAgent;
      articles.push_back(internal);
    }
    Article faq = MakeArticle("faq", "en", "Questions", "Your questions.");
    faq.kind = ArticleKind::kFaq;
    faq.entries = {{"Are headphones waterproof?", "No.", "a"},
                   {"Are headphones heavy?", "No, 200 grams.", "b"}};
    articles.push_back(faq);
    Build(data_.path(), articles);
    auto library = Library::Open(data_.path(), TestRegistry());
    ASSERT_TRUE(library.ok()) << library.status();
    library_ = *library;
    searcher_ = library_->NewSearcher();
  }

  SearchQuery Query(const std::string& text, const std::string& language) {
    SearchQuery query;
    query.corpus = "kb";
    query.text = text;
    query.language = language;
    query.languages = {language};
    return query;
  }

  SearchResult Search(const SearchQuery& query) {
    auto result = searcher_->Search(query);
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *std::move(result) : SearchResult();
  }

  std::vector<std::string> Ids(const SearchQuery& query) {
    std::vector<std::string> ids;
    for (const Hit& hit : Search(query).hits) ids.push_back(hit.article_id);
    return ids;
  }

  void PutSynonyms(const std::string& language,
                   const std::vector<Synonym>& synonyms) {
    const auto problems =
        library_->rules().PutSynonyms("kb", language, synonyms);
    ASSERT_TRUE(problems.ok()) << problems.status();
    for (const RuleProblem& problem : *problems) {
      ADD_FAILURE() << problem.field << " " << problem.description;
    }
  }

  void PutCurations(const std::vector<Curation>& curations) {
    const auto problems = library_->rules().PutCurations("kb", curations);
    ASSERT_TRUE(problems.ok()) << problems.status();
    for (const RuleProblem& problem : *problems) {
      ADD_FAILURE() << problem.field << " " << problem.description;
    }
  }

  std::string ProblemOf(const std::vector<Synonym>& synonyms) {
    const auto problems = library_->rules().PutSynonyms("kb", "en", synonyms);
    EXPECT_TRUE(problems.ok()) << problems.status();
    EXPECT_THAT(*problems, SizeIs(1));
    return problems->empty()
               ? ""
               : problems->front().field + " " + problems->front().description;
  }

  std::string ProblemOf(const std::vector<Curation>& curations) {
    const auto problems = library_->rules().PutCurations("kb", curations);
    EXPECT_TRUE(problems.ok()) << problems.status();
    EXPECT_THAT(*problems, SizeIs(1));
    return problems->empty()
               ? ""
               : problems->front().field + " " + problems->front().description;
  }

  TemporaryFolder data_;
  std::shared_ptr<Library> library_;
  std::unique_ptr<Searcher> searcher_;
};

TEST_F(OperatorsTest, CustomersWordsFindTheCompanysInEveryLanguage) {
  for (const Words& words : kWords) {
    SCOPED_TRACE(words.language);
    const SearchQuery query = Query(words.typed, words.language);
    const double before = Search(query).hits.at(1).score;
    EXPECT_EQ(Ids(query)[1], "company") << "found by the other word only";
    PutSynonyms(words.language, {{{words.synonym}, {words.company}, true}});
    const SearchResult result = Search(query);
    EXPECT_EQ(result.hits.at(0).article_id, "customer");
    EXPECT_EQ(result.hits.at(1).article_id, "company");
    EXPECT_GT(result.hits.at(1).score, before);
  }
}

TEST_F(OperatorsTest, WordsTypedRankAtLeastAsWellAsTheirSynonyms) {
  for (const Words& words : kWords) {
    SCOPED_TRACE(words.language);
    const SearchQuery query = Query(words.synonym, words.language);
    EXPECT_THAT(Ids(query), ElementsAre("customer"));
    const double before = Search(query).hits[0].score;
    PutSynonyms(words.language, {{{words.synonym}, {words.company}, true}});
    const SearchResult result = Search(query);
    ASSERT_THAT(result.hits, SizeIs(2));
    EXPECT_EQ(result.hits[0].article_id, "customer");
    EXPECT_EQ(result.hits[1].article_id, "company");
    EXPECT_DOUBLE_EQ(result.hits[0].score, before);
    EXPECT_LT(result.hits[1].score, before);
    EXPECT_THAT(result.hits[1].matched_by, Contains("synonym"));
    EXPECT_THAT(result.hits[0].matched_by, Not(Contains("synonym")));
  }
}

TEST_F(OperatorsTest, OneWaySynonymsWorkOneWayAndTwoWayOnesBoth) {
  for (const Words& words : kWords) {
    SCOPED_TRACE(words.language);
    PutSynonyms(words.language, {{{words.synonym}, {words.company}, true}});
    EXPECT_THAT(Ids(Query(words.company, words.language)),
                ElementsAre("company"));
    PutSynonyms(words.language, {{{words.synonym, words.company}, {}, false}});
    EXPECT_THAT(Ids(Query(words.company, words.language)),
                ElementsAre("company", "customer"));
    EXPECT_THAT(Ids(Query(words.synonym, words.language)),
                ElementsAre("customer", "company"));
  }
}

TEST_F(OperatorsTest, PhrasesMayStandOnBothSides) {
  const struct {
    const char* language;
    const char* from;
    const char* typed;
    const char* to;
  } kCases[] = {
      {"el", "δεν λειτουργεί", "Δεν λειτουργούν;", "ελαττωματικά ακουστικά"},
      {"fr", "ne marche pas", "ça ne marche pas", "écouteurs défectueux"},
      {"nl", "werkt niet", "Werkt NIET!", "defecte koptelefoon"},
      {"ru", "не работает", "не работают", "неисправные наушники"},
      {"en", "does not work", "do not work", "faulty headphones"},
  };
  for (const auto& test : kCases) {
    SCOPED_TRACE(test.language);
    EXPECT_THAT(Ids(Query(test.typed, test.language)),
                Not(Contains("company")));
    PutSynonyms(test.language, {{{test.from}, {test.to}, true}});
    // All words of the other side must be there: "customer" has one of them.
    EXPECT_THAT(Ids(Query(test.typed, test.language)), Contains("company"));
    EXPECT_THAT(Ids(Query(test.typed, test.language)),
                Not(Contains("customer")));
  }
}

TEST_F(OperatorsTest, TheLongerPhraseIsTakenAndWordsApartAreNotAPhrase) {
  PutSynonyms("en", {{{"opening hours"}, {"faulty"}, true},
                     {{"opening"}, {"broken"}, true}});
  EXPECT_THAT(Ids(Query("opening hours", "en")),
              UnorderedElementsAre("hours", "company"));
  EXPECT_THAT(Ids(Query("hours opening", "en")),
              UnorderedElementsAre("hours", "customer"));
}

TEST_F(OperatorsTest, LoopsDoNoHarm) {
  PutSynonyms("en", {{{"broken"}, {"faulty"}, true},
                     {{"faulty"}, {"broken"}, true},
                     {{"broken"}, {"broken"}, true}});
  EXPECT_THAT(Ids(Query("broken", "en")), ElementsAre("customer", "company"));
}

TEST_F(OperatorsTest, SynonymsAreOfTheirLanguage) {
  PutSynonyms("fr", {{{"broken"}, {"faulty"}, true}});
  EXPECT_THAT(Ids(Query("broken", "en")), ElementsAre("customer"));
}

TEST_F(OperatorsTest, WrongSynonymsAreNamedAndNothingIsStored) {
  PutSynonyms("en", {{{"broken", "faulty"}, {}, false}});
  EXPECT_THAT(ProblemOf(std::vector<Synonym>{{{"a phone"}, {}, true}}),
              HasSubstr("synonyms[0] one-way, has nothing in \"to\""));
  EXPECT_THAT(ProblemOf(std::vector<Synonym>{{{"phone", "mobile"}, {}, false},
                                             {{"phone"}, {}, false}}),
              HasSubstr("synonyms[1] two-way, needs at least two"));
  EXPECT_THAT(
      ProblemOf(std::vector<Synonym>{{{"phone", "mobile"}, {"x"}, false}}),
      HasSubstr("set one_way"));
  EXPECT_THAT(ProblemOf(std::vector<Synonym>{{{"phone"}, {"…!?"}, true}}),
              HasSubstr("synonyms[0].to[0] \"…!?\" holds no word"));
  EXPECT_THAT(ProblemOf(std::vector<Synonym>{{{"phone", " "}, {}, false}}),
              HasSubstr("synonyms[0].from[1] is empty"));
  EXPECT_THAT(ProblemOf(std::vector<Synonym>{
                  {{std::string(300, 'a')}, {"phone"}, true}}),
              HasSubstr("at most 200"));
  EXPECT_THAT(ProblemOf(std::vector<Synonym>{
                  {std::vector<std::string>(21, "phone"), {"b"}, true}}),
              HasSubstr("at most 20"));
  EXPECT_THAT(Ids(Query("broken", "en")), Contains("company"));
}

TEST_F(OperatorsTest, PinsAndHidesInEveryLanguageWhateverTheForm) {
  std::vector<Curation> curations;
  for (const Words& words : kWords) {
    curations.push_back({words.title, words.language, {"hours"}, {"customer"}});
  }
  PutCurations(curations);
  for (const Words& words : kWords) {
    SCOPED_TRACE(words.language);
    const SearchResult result = Search(Query(words.title, words.language));
    ASSERT_THAT(result.hits, SizeIs(testing::Ge(2u)));
    for (const Hit& hit : result.hits) EXPECT_NE(hit.article_id, "customer");
    EXPECT_EQ(result.hits[0].article_id, "hours");
    EXPECT_TRUE(result.hits[0].pinned);
    EXPECT_EQ(result.hits[0].language, words.language);
    EXPECT_EQ(result.hits[1].article_id, "company");
    EXPECT_FALSE(result.hits[1].pinned);
    EXPECT_GE(result.hits[0].score, result.hits[1].score);
  }
  // Order, capitals and function words aside; another word is another query.
  EXPECT_EQ(Ids(Query("HEADPHONES that are faulty", "en"))[0], "hours");
  EXPECT_EQ(Ids(Query("faulty headphones loud", "en"))[0], "company");
}

TEST_F(OperatorsTest, ACurationWithoutALanguageHoldsInAll) {
  PutCurations({{"kapot", "", {"hours"}, {}}});
  EXPECT_EQ(Ids(Query("kapot", "nl"))[0], "hours");
  EXPECT_EQ(Ids(Query("Kapot", "el"))[0], "hours");
}

TEST_F(OperatorsTest, PortalsNeverSeeAPinnedInternalArticle) {
  for (const Words& words : kWords) {
    SCOPED_TRACE(words.language);
    PutCurations({{words.synonym, words.language, {"internal", "hours"}, {}}});
    SearchQuery query = Query(words.synonym, words.language);
    EXPECT_THAT(Ids(query), ElementsAre("hours", "customer"));
    query.audience = Audience::kAgent;
    EXPECT_THAT(Ids(query), ElementsAre("internal", "hours", "customer"));
  }
}

TEST_F(OperatorsTest, PinsObeyTheFilterAndUnknownOnesAreIgnored) {
  PutCurations({{"broken", "en", {"nowhere", "hours", "faq#2", "faq#9"}, {}}});
  EXPECT_THAT(Ids(Query("broken", "en")),
              ElementsAre("hours", "faq#2", "customer"));
  SearchQuery query = Query("broken", "en");
  query.filter.kinds = {ArticleKind::kFaq};
  EXPECT_THAT(Ids(query), ElementsAre("faq#2"));
  query = Query("broken", "en");
  query.languages = {"fr"};
  query.verbatim = true;  // or translations would be found
  EXPECT_THAT(Ids(query), IsEmpty());
}

TEST_F(OperatorsTest, APinIsShownInAnotherLanguageWhenThereIsNoOther) {
  PutCurations({{"σπασμένα", "el", {"faq#1"}, {}}});
  SearchQuery query = Query("σπασμένα", "el");
  query.languages.clear();
  const SearchResult result = Search(query);
  ASSERT_THAT(result.hits, Not(IsEmpty()));
  EXPECT_EQ(result.hits[0].article_id, "faq#1");
  EXPECT_EQ(result.hits[0].language, "en");
}

TEST_F(OperatorsTest, HidingAnArticleHidesItsEntriesAndTheCountFollows) {
  EXPECT_THAT(Ids(Query("headphones", "en")), Contains("faq#1"));
  PutCurations({{"headphones", "en", {}, {"faq"}}});
  const SearchResult result = Search(Query("headphones", "en"));
  EXPECT_THAT(result.hits, SizeIs(2));
  EXPECT_EQ(result.total_size, 2u);
  PutCurations({{"headphones", "en", {}, {"faq#1"}}});
  EXPECT_THAT(Ids(Query("headphones", "en")),
              UnorderedElementsAre("company", "customer", "faq#2"));
}

TEST_F(OperatorsTest, PagesShowEachArticleOncePinsFirst) {
  PutCurations({{"headphones", "en", {"hours", "customer"}, {}}});
  SearchQuery query = Query("headphones", "en");
  query.page_size = 1;
  std::vector<std::string> ids;
  for (int page = 0; page < 10; ++page) {
    const SearchResult result = Search(query);
    for (const Hit& hit : result.hits) {
      ids.push_back(hit.article_id);
      EXPECT_EQ(hit.pinned, ids.size() <= 2) << hit.article_id;
    }
    query.page_token = result.next_page_token;
    if (query.page_token.empty()) break;
  }
  EXPECT_THAT(ids, SizeIs(5));
  EXPECT_THAT(std::vector<std::string>(ids.begin(), ids.begin() + 2),
              ElementsAre("hours", "customer"));
  EXPECT_THAT(ids, UnorderedElementsAre("hours", "customer", "company", "faq#1",
                                        "faq#2"));
}

TEST_F(OperatorsTest, WrongCurationsAreNamed) {
  EXPECT_THAT(ProblemOf(std::vector<Curation>{{"phone", "en", {}, {}}}),
              HasSubstr("curations[0] pins and hides nothing"));
  EXPECT_THAT(ProblemOf(std::vector<Curation>{{"?!", "en", {"a"}, {}}}),
              HasSubstr("curations[0].query \"?!\" holds no word"));
  EXPECT_THAT(ProblemOf(std::vector<Curation>{{"phone", "en", {"a"}, {"a"}}}),
              HasSubstr("pins and hides \"a\""));
  EXPECT_THAT(
      ProblemOf(std::vector<Curation>{{"my phone", "en", {"a"}, {}},
                                      {"the PHONES", "en", {"b"}, {}}}),
      HasSubstr("curations[1].query \"the PHONES\" is the same query as "
                "curations[0]"));
  EXPECT_THAT(ProblemOf(std::vector<Curation>{{"phone", "xx", {"a"}, {}}}),
              HasSubstr("curations[0].language_code \"xx\" is not a language"));
}

TEST_F(OperatorsTest, RulesOutliveARebuildAndALibrary) {
  PutSynonyms("en", {{{"broken"}, {"faulty"}, true}});
  PutCurations({{"broken", "en", {"hours"}, {}}});
  Build(data_.path(), {MakeArticle("hours", "en", "Opening hours", "Nine"),
                       MakeArticle("company", "en", "Faulty", "Faulty")});
  auto library = Library::Open(data_.path(), TestRegistry());
  ASSERT_TRUE(library.ok()) << library.status();
  searcher_ = (*library)->NewSearcher();
  EXPECT_THAT(Ids(Query("broken", "en")), ElementsAre("hours", "company"));
}

TEST_F(OperatorsTest, FilesChangedOnDiskAreReadAtTheNextRefresh) {
  const std::string path = SynonymFile(data_.path(), "kb", "en");
  ASSERT_TRUE(
      WriteFileAtomically(
          path, "{\"synonyms\": [{\"from\": [\"broken\", \"faulty\"]}]}")
          .ok());
  ASSERT_TRUE(library_->Refresh().ok());
  EXPECT_THAT(Ids(Query("broken", "en")), SizeIs(2));
  ASSERT_TRUE(std::filesystem::remove(path));
  ASSERT_TRUE(library_->Refresh().ok());
  EXPECT_THAT(Ids(Query("broken", "en")), SizeIs(1));
}

TEST_F(OperatorsTest, ADamagedFileKeepsTheOldRulesAndIsNamedUntilMended) {
  PutSynonyms("en", {{{"broken"}, {"faulty"}, true}});
  const std::string path = SynonymFile(data_.path(), "kb", "en");
  const struct {
    const char* content;
    const char* message;
  } kCases[] = {
      {"{\"synonyms\": [\n{\"from\": [\"a\"\n]}", "line 3"},
      {"[]", "want {\"synonyms\": [ … ]}"},
      {"{\"synonyms\": [{\"form\": [\"a\"]}]}",
       "synonyms[0]: unknown field \"form\"; use from, one_way, to"},
      {"{\"synonyms\": [{\"from\": \"a\"}]}",
       "synonyms[0].from is string; want a list of texts"},
      {"{\"synonyms\": [{\"from\": [\"phone\"]}]}", "needs at least two"},
      {"{\"synonyms\": [{\"from\": [\"\xff\", \"b\"]}]}", "not JSON"},
      {"{\"synonyms\": [1e999]}", "number overflow"},
  };
  for (const auto& test : kCases) {
    ASSERT_TRUE(WriteFileAtomically(path, test.content).ok());
    for (int times = 0; times < 2; ++times) {
      const absl::Status status = library_->Refresh();
      EXPECT_THAT(status.ToString(), HasSubstr(path));
      EXPECT_THAT(status.ToString(), HasSubstr(test.message));
      EXPECT_THAT(Ids(Query("broken", "en")), Contains("company"));
    }
  }
  // A server still starts with it.
  EXPECT_TRUE(Library::Open(data_.path(), TestRegistry()).ok());
}

TEST_F(OperatorsTest, CorporaThatAreNotThereHaveNoRules) {
  for (const char* corpus : {"nowhere", "../kb", ""}) {
    EXPECT_TRUE(absl::IsNotFound(
        library_->rules().PutSynonyms(corpus, "en", {}).status()));
    EXPECT_TRUE(
        absl::IsNotFound(library_->rules().PutCurations(corpus, {}).status()));
  }
}

TEST(RuleFilesTest, WhatIsWrittenIsRead) {
  const std::vector<Synonym> synonyms = {
      {{"σπασμένο", "wi-fi \"5\""}, {"ελαττωματικό"}, true},
      {{"кофе", "café"}, {}, false}};
  const auto read = ParseSynonyms(FormatSynonyms(synonyms));
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_THAT(*read, SizeIs(2));
  EXPECT_EQ((*read)[0].from, synonyms[0].from);
  EXPECT_EQ((*read)[0].to, synonyms[0].to);
  EXPECT_TRUE((*read)[0].one_way);
  EXPECT_FALSE((*read)[1].one_way);
  const std::vector<Curation> curations = {{"возврат", "ru", {"a"}, {"b#1"}},
                                           {"geld terug", "", {"a"}, {}}};
  const auto read_curations = ParseCurations(FormatCurations(curations));
  ASSERT_TRUE(read_curations.ok()) << read_curations.status();
  ASSERT_THAT(*read_curations, SizeIs(2));
  EXPECT_EQ((*read_curations)[0].query, "возврат");
  EXPECT_EQ((*read_curations)[0].language, "ru");
  EXPECT_THAT((*read_curations)[0].hidden, ElementsAre("b#1"));
  EXPECT_EQ((*read_curations)[1].language, "");
  EXPECT_TRUE(ParseSynonyms(FormatSynonyms({}))->empty());
}

}  // namespace
}  // namespace kbsearch::engine
