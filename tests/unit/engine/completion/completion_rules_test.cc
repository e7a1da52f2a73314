// Who is offered which completions, how many, and with what.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "analyzers/characters.h"
#include "engine/operators/rule_store.h"
#include "engine/search.h"
#include "tests/unit/engine/completion/completer_fixture.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

TEST_F(CompleterTest, AgentsWordsAreNeverShownToAPortal) {
  for (const char* prefix : {"char", "zebr", "chargeback pro", "cahrge",
                             "prcoedure", "срфкпу", "c", "chargeback "}) {
    AutocompleteQuery query = Typing(prefix, "en");
    query.max_hits = 3;
    query.audience = Audience::kPublic;
    const AutocompleteResult portal = Run(query);
    EXPECT_THAT(portal.completions,
                Each(Field(&Completion::text,
                           Not(testing::AnyOf(HasSubstr("hargeback"),
                                              HasSubstr("ebrafish"),
                                              HasSubstr("rocedure"))))))
        << prefix;
    EXPECT_THAT(portal.hits, Each(Field(&Hit::article_id, Not("sop"))))
        << prefix;
    query.audience = Audience::kAgent;
    EXPECT_THAT(Run(query).completions, Not(IsEmpty())) << prefix;
  }
}

TEST_F(CompleterTest, AnAgentSeesBothAudiences) {
  AutocompleteQuery query = Typing("re", "en");
  query.audience = Audience::kAgent;
  query.max_completions = 20;
  EXPECT_THAT(Texts(query), Contains("Reset a forgotten password"));
  query.prefix = "cha";
  const auto completions = Run(query).completions;
  ASSERT_THAT(completions, Not(IsEmpty()));
  EXPECT_THAT(completions, Contains(Field(&Completion::article_id, "sop")));
}

TEST_F(CompleterTest, LanguagesAreAHardFilter) {
  AutocompleteQuery query = Typing("wif", "en");
  query.languages = {"nl"};
  query.max_hits = 5;
  const AutocompleteResult result = Run(query);
  ASSERT_THAT(result.completions, Not(IsEmpty()));
  EXPECT_THAT(result.completions, Each(Field(&Completion::language, "nl")));
  ASSERT_THAT(result.hits, Not(IsEmpty()));
  EXPECT_THAT(result.hits, Each(Field(&Hit::language, "nl")));
  query.languages = {"ru"};
  EXPECT_THAT(Run(query).completions, IsEmpty());
}

TEST_F(CompleterTest, AnArticleInTwoLanguagesComesOnceInTheUsersLanguage) {
  for (const char* language : {"en", "nl"}) {
    int titles = 0;
    for (const Completion& completion :
         Run(Typing("wif", language)).completions) {
      if (completion.article_id != "wifi") continue;
      ++titles;
      EXPECT_EQ(completion.language, language);
    }
    EXPECT_EQ(titles, 1) << language;
  }
}

TEST_F(CompleterTest, EqualTitlesComeOnce) {
  Start({MakeArticle("a", "en", "Printer offline", "One."),
         MakeArticle("b", "en", "Printer  Offline", "Two."),
         MakeArticle("c", "en", "Printer jams", "Three.")});
  std::vector<std::string> titles;
  for (const Completion& completion : Run(Typing("pri", "en")).completions) {
    if (!completion.article_id.empty()) titles.push_back(completion.text);
  }
  EXPECT_THAT(titles, SizeIs(2));
}

TEST_F(CompleterTest, HiddenArticlesAreNotOfferedAsTitles) {
  ASSERT_THAT(Texts("res", "en"), Contains("Reset a forgotten password"));
  const auto problems = library_->rules().PutCurations(
      "kb",
      {{"forgotten", "en", {}, {"reset"}}, {"payer", "fr", {}, {"faq#1"}}});
  ASSERT_TRUE(problems.ok()) << problems.status();
  ASSERT_THAT(*problems, IsEmpty());
  for (const char* prefix : {"res", "forg", "passw", "forgotten pas"}) {
    EXPECT_THAT(Texts(prefix, "en"),
                Not(Contains("Reset a forgotten password")))
        << prefix;
  }
  EXPECT_THAT(Texts("puis", "fr"),
              Not(Contains("Puis-je payer par virement ?")));
  EXPECT_THAT(Texts("accep", "fr"), Contains("Acceptez-vous les chèques ?"));
}

TEST_F(CompleterTest, TheLimitHolds) {
  std::vector<Article> articles;
  for (int i = 0; i < 40; ++i) {
    articles.push_back(MakeArticle("a" + std::to_string(i), "en",
                                   "Router model " + std::to_string(i),
                                   "Routers and routing."));
  }
  Start(articles);
  for (const int limit : {1, 2, 8, 20}) {
    AutocompleteQuery query = Typing("rou", "en");
    query.max_completions = limit;
    EXPECT_THAT(Run(query).completions, SizeIs(limit));
  }
}

TEST_F(CompleterTest, SpansTellWhatWasTyped) {
  const auto spans_of = [&](const std::string& prefix,
                            const std::string& language,
                            const std::string& text) {
    std::vector<std::pair<std::string, bool>> spans;
    for (const Completion& completion :
         Run(Typing(prefix, language)).completions) {
      if (completion.text != text) continue;
      for (const Span& span : completion.spans) {
        spans.emplace_back(span.text, span.highlighted);
      }
    }
    return spans;
  };
  using testing::Pair;
  EXPECT_THAT(spans_of("PAS", "en", "password"),
              ElementsAre(Pair("pas", false), Pair("sword", true)));
  EXPECT_THAT(spans_of("mot de pa", "fr", "Mot de passe oublié"),
              ElementsAre(Pair("Mot de pa", false), Pair("sse oublié", true)));
  EXPECT_THAT(spans_of("επιστροφη χ", "el", "Επιστροφή χρημάτων"),
              ElementsAre(Pair("Επιστροφή χ", false), Pair("ρημάτων", true)));
  EXPECT_THAT(spans_of("forgot", "en", "Reset a forgotten password"),
              ElementsAre(Pair("Reset a ", true), Pair("forgot", false),
                          Pair("ten password", true)));
  EXPECT_THAT(spans_of("wahctw", "nl", "wachtwoord"),
              ElementsAre(Pair("wachtwoord", true)));
}

TEST_F(CompleterTest, StrangeInputGivesNothingStrange) {
  std::string many_words;
  for (int i = 0; i < 200; ++i) many_words += "mot de ";
  const std::string cases[] = {
      "",
      " ",
      "\t\n",
      "🙂🙂🙂",
      "…",
      std::string(1000, 'a'),
      std::string(1000, ' '),
      many_words,
      std::string("pass\0word", 9),
      "\x01\x02pas",
      "\xff\xfe",
      "pas\xed\xa0\x80",
      "مرحبا بالعالم",
      "\u202epas",
      "password\u0301\u0301\u0301",
      "C++ 1.2.3 a@b.example http://x",
      "l'",
      "d'une",
      "-",
      "\"wachtwoord\" ver",
      "title:pas",
  };
  for (const std::string& prefix : cases) {
    for (const char* language : {"el", "en", "fr", "nl", "ru", "", "xx"}) {
      AutocompleteQuery query = Typing(prefix, language);
      query.max_hits = 3;
      for (const Completion& completion : Run(query).completions) {
        EXPECT_EQ(analyzers::ToUtf8(analyzers::ToUtf32(completion.text)),
                  completion.text);
        EXPECT_THAT(completion.text, Not(HasSubstr("\u202e")));
        EXPECT_THAT(completion.text, Not(HasSubstr("\x01")));
      }
    }
  }
  EXPECT_THAT(Texts("\x01\x02pas", "en"), Contains("password"));
  EXPECT_THAT(Texts("\u202epas", "en"), Contains("password"));
}

TEST_F(CompleterTest, NothingIsOfferedThatFindsNothing) {
  for (const char* prefix : {"pas", "wac", "mot", "επι", "воз", "geld",
                             "refund f", "kodik", "forgoten pass"}) {
    for (const Completion& completion : Run(Typing(prefix)).completions) {
      SearchQuery search;
      search.corpus = "kb";
      search.text = completion.text;
      search.languages = {completion.language};
      search.verbatim = true;
      const auto found = searcher_->Search(search);
      ASSERT_TRUE(found.ok()) << found.status();
      EXPECT_THAT(found->hits, Not(IsEmpty())) << completion.text;
    }
  }
}

TEST_F(CompleterTest, CarriesInstantHits) {
  AutocompleteQuery query = Typing("wachtw", "nl");
  EXPECT_THAT(Run(query).hits, IsEmpty());  // not asked for
  query.max_hits = 3;
  const AutocompleteResult begun = Run(query);
  ASSERT_THAT(begun.hits, Not(IsEmpty()));
  EXPECT_EQ(begun.hits[0].article_id, "reset");
  query.prefix = "puis-je pay";
  query.language = "fr";
  query.max_hits = 1;
  const AutocompleteResult question = Run(query);
  ASSERT_THAT(question.hits, SizeIs(1));
  EXPECT_EQ(question.hits[0].article_id, "faq#1");
  EXPECT_EQ(question.hits[0].answer, "Oui.");
}

TEST_F(CompleterTest, ADeadlineThatHasPassedIsTold) {
  AutocompleteQuery query = Typing("pas", "en");
  query.deadline = std::chrono::steady_clock::now() - std::chrono::seconds(1);
  EXPECT_TRUE(
      absl::IsDeadlineExceeded(searcher_->Autocomplete(query).status()));
}

TEST_F(CompleterTest, AnIndexOfAnEarlierVersionCompletesWords) {
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(data_.path())) {
    if (entry.path().filename() == "titles.bin") {
      std::filesystem::remove(entry.path());
    }
  }
  const auto library = Library::Open(data_.path(), TestRegistry());
  ASSERT_TRUE(library.ok()) << library.status();
  searcher_ = (*library)->NewSearcher();
  EXPECT_THAT(Texts("pas", "en"), Contains("password"));
}

TEST(CompleterBuildTest, AnIncrementalBuildKeepsTitlesRight) {
  TemporaryFolder data;
  const auto build = [&](const std::vector<Article>& articles, bool prune) {
    GenerationBuilder::Options options;
    options.data_dir = data.path();
    options.corpus = "kb";
    options.prune = prune;
    auto builder = GenerationBuilder::Create(options, TestRegistry());
    ASSERT_TRUE(builder.ok()) << builder.status();
    for (const Article& article : articles) {
      ASSERT_TRUE((*builder)->Add(article).ok());
    }
    ASSERT_TRUE((*builder)->Publish().ok());
  };
  const auto texts = [&](const std::string& prefix) {
    const auto library = *Library::Open(data.path(), TestRegistry());
    AutocompleteQuery query;
    query.corpus = "kb";
    query.prefix = prefix;
    const auto result = library->NewSearcher()->Autocomplete(query);
    EXPECT_TRUE(result.ok()) << result.status();
    std::vector<std::string> found;
    for (const Completion& completion : result->completions) {
      found.push_back(completion.text);
    }
    return found;
  };
  const Article printer = MakeArticle("p", "en", "Printer offline", "One.");
  const Article scanner = MakeArticle("s", "en", "Scanner missing", "Two.");
  const Article greek = MakeArticle("p", "el", "Εκτυπωτής εκτός", "Ένα.");
  build({printer, scanner, greek}, true);
  EXPECT_THAT(texts("prin"), Contains("Printer offline"));
  // Changed, added; the other language is copied.
  build({MakeArticle("p", "en", "Printer asleep", "One."),
         MakeArticle("n", "en", "Network printer", "Three.")},
        false);
  EXPECT_THAT(texts("prin"), testing::AllOf(Contains("Printer asleep"),
                                            Contains("Network printer"),
                                            Not(Contains("Printer offline"))));
  EXPECT_THAT(texts("offl"), IsEmpty());
  EXPECT_THAT(texts("scan"), Contains("Scanner missing"));
  EXPECT_THAT(texts("εκτυ"), Contains("Εκτυπωτής εκτός"));
  // What is left out goes.
  build({scanner, greek}, true);
  EXPECT_THAT(texts("prin"), IsEmpty());
  EXPECT_THAT(texts("scan"), Contains("Scanner missing"));
}

}  // namespace
}  // namespace kbsearch::engine
