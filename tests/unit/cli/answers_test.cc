// What search, get and related say beside what was found.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/cli/program_fixture.h"

namespace kbsearch::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class AnswersTest : public ProgramFixture {};

TEST_F(AnswersTest, AnEmptyAnswerSaysWhatToTry) {
  bool offer = false;
  server_.search = [&](const v1::SearchRequest&, v1::SearchResponse* response) {
    response->mutable_interpretation()->set_language_code("en");
    if (offer) {
      auto* rewrite = response->mutable_interpretation()->add_rewrites();
      rewrite->set_to("snow");
    }
    return grpc::Status::OK;
  };
  ASSERT_EQ(Run({"search", "--corpus", "shop", "snowblower"}), kExitDone);
  EXPECT_THAT(out(), AllOf(HasSubstr("No articles found."),
                           HasSubstr("try others, or fewer")));
  ASSERT_EQ(Run({"search", "--corpus", "shop", "--only", "el", "snowblower"}),
            kExitDone);
  EXPECT_THAT(out(), HasSubstr("try without --only"));
  ASSERT_EQ(Run({"search", "--corpus", "shop", "--verbatim", "snowblower"}),
            kExitDone);
  EXPECT_THAT(out(), HasSubstr("try without --verbatim"));
  offer = true;
  ASSERT_EQ(Run({"search", "--corpus", "shop", "snowblower"}), kExitDone);
  EXPECT_THAT(out(),
              AllOf(HasSubstr("Did you mean “snow”?"), Not(HasSubstr("try"))));
}

TEST_F(AnswersTest, GetOfAnEntryShowsThatEntryAlone) {
  server_.get_article = [](const v1::GetArticleRequest&,
                           v1::GetArticleResponse* response) {
    v1::Article& article = *response->mutable_article();
    article.set_article_id("faq");
    article.set_title("Betalen");
    article.set_language_code("nl");
    article.set_url("https://shop.example/faq");
    article.add_blocks()->set_text("Vragen over betalen.");
    for (const char* number : {"1", "2", "12"}) {
      auto* entry = article.add_entries();
      entry->set_entry_id(std::string("faq#") + number);
      entry->set_question(std::string("Vraag ") + number + "?");
      entry->set_answer(std::string("Antwoord ") + number + ".");
      entry->set_anchor(std::string("q") + number);
    }
    return grpc::Status::OK;
  };
  ASSERT_EQ(Run({"get", "--corpus", "shop", "faq#2"}), kExitDone) << err();
  EXPECT_THAT(out(), AllOf(HasSubstr("Betalen"),
                           HasSubstr("https://shop.example/faq#q2"),
                           HasSubstr("\nVraag 2?\nAntwoord 2.\n"),
                           Not(HasSubstr("Vraag 1")), Not(HasSubstr("over"))));
  // Programs get what the server answers.
  ASSERT_EQ(Run({"get", "--corpus", "shop", "--json", "faq#12"}), kExitDone);
  EXPECT_THAT(out(), AllOf(HasSubstr("Antwoord 12"), HasSubstr("over")));
  ASSERT_EQ(Run({"get", "--corpus", "shop", "faq"}), kExitDone);
  EXPECT_THAT(out(), AllOf(HasSubstr("Vraag 1?"), HasSubstr("over")));
  EXPECT_EQ(Run({"get", "--corpus", "shop", "faq#4"}), kExitFailed);
  EXPECT_THAT(err(), AllOf(HasSubstr("faq#4"), HasSubstr("has 3 entries")));
}

TEST_F(AnswersTest, AVersionInAnotherLanguageThanWishedIsSaidToBe) {
  server_.get_article = [](const v1::GetArticleRequest&,
                           v1::GetArticleResponse* response) {
    response->mutable_article()->set_title("Garantie");
    response->mutable_article()->set_language_code("fr");
    return grpc::Status::OK;
  };
  server_.related = [](const v1::RelatedArticlesRequest&,
                       v1::RelatedArticlesResponse* response) {
    response->set_language_code("fr");
    return grpc::Status::OK;
  };
  for (const char* command : {"get", "related"}) {
    for (const char* wished : {"el", "en-GB", "nl", "ru"}) {
      ASSERT_EQ(Run({command, "--corpus", "shop", "--language", wished, "w"}),
                kExitDone)
          << err();
      EXPECT_THAT(out(), StartsWith(std::string("There is no version in ") +
                                    wished + "; this is the one in fr.\n"));
    }
    for (const char* wished : {"fr", "fr-BE", "FR"}) {
      ASSERT_EQ(Run({command, "--corpus", "shop", "--language", wished, "w"}),
                kExitDone);
      EXPECT_THAT(out(), Not(HasSubstr("There is no version")));
    }
    ASSERT_EQ(Run({command, "--corpus", "shop", "w"}), kExitDone);
    EXPECT_THAT(out(), Not(HasSubstr("There is no version")));
  }
}

}  // namespace
}  // namespace kbsearch::cli
