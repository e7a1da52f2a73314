#include "server/calls/validate.h"

#include <gmock/gmock.h>
#include <google/rpc/error_details.pb.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "tests/integration/fake_library.h"

namespace kbsearch::server {
namespace {

using ::testing::ElementsAreArray;

// The fields that a status complains of.
std::vector<std::string> Fields(const absl::Status& status) {
  std::vector<std::string> fields;
  const auto payload =
      status.GetPayload("type.googleapis.com/google.rpc.BadRequest");
  if (!payload) return fields;
  google::rpc::BadRequest details;
  EXPECT_TRUE(details.ParseFromString(std::string(*payload)));
  for (const auto& violation : details.field_violations()) {
    fields.push_back(violation.field());
    EXPECT_FALSE(violation.description().empty());
  }
  return fields;
}

template <class Request>
struct Case {
  const char* name;
  std::function<void(Request*)> change;  // of a request that is right
  std::vector<std::string> wrong;        // empty: accepted
};

template <class Request>
void Check(const Request& right, const std::vector<Case<Request>>& cases) {
  const testing::FakeRegistry registry;
  for (const Case<Request>& c : cases) {
    SCOPED_TRACE(c.name);
    Request request = right;
    c.change(&request);
    const absl::Status status = Validate(request, registry);
    EXPECT_EQ(status.ok(), c.wrong.empty()) << status;
    if (!c.wrong.empty()) {
      EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    }
    EXPECT_THAT(Fields(status), ElementsAreArray(c.wrong));
  }
}

TEST(ValidateTest, SearchRequest) {
  using R = v1::SearchRequest;
  R right;
  right.set_corpus("helpdesk");
  right.set_query("ξέχασα τον κωδικό");
  Check<R>(
      right,
      {
          {"right", [](R*) {}, {}},
          {"no corpus", [](R* r) { r->clear_corpus(); }, {"corpus"}},
          {"no query", [](R* r) { r->clear_query(); }, {"query"}},
          {"white space", [](R* r) { r->set_query(" \t\n"); }, {"query"}},
          {"no-break and ideographic spaces",
           [](R* r) { r->set_query("\u00a0\u3000\u2009"); },
           {"query"}},
          {"one letter", [](R* r) { r->set_query("я"); }, {}},
          {"longest query",
           [](R* r) { r->set_query(std::string(10000, 'a')); },
           {}},
          {"query too long",
           [](R* r) { r->set_query(std::string(10001, 'a')); },
           {"query"}},
          {"unknown locale is a hint only",
           [](R* r) { r->set_language_code("tlh"); },
           {}},
          {"every language",
           [](R* r) {
             for (const char* code : {"el", "fr-FR", "nl", "ru", "en-US"}) {
               r->add_languages(code);
             }
           },
           {}},
          {"unknown language",
           [](R* r) {
             r->add_languages("el");
             r->add_languages("xx");
             r->add_languages("");
           },
           {"languages[1]", "languages[2]"}},
          {"default page size", [](R* r) { r->set_page_size(0); }, {}},
          {"page size is coerced", [](R* r) { r->set_page_size(5000); }, {}},
          {"negative page size",
           [](R* r) { r->set_page_size(-1); },
           {"page_size"}},
          {"any page token is the engine's to judge",
           [](R* r) { r->set_page_token("x"); },
           {}},
          {"kinds",
           [](R* r) {
             r->mutable_filter()->add_kinds(v1::ARTICLE_KIND_FAQ);
             r->mutable_filter()->add_kinds(v1::ARTICLE_KIND_UNSPECIFIED);
             r->mutable_filter()->add_kinds(static_cast<v1::ArticleKind>(99));
           },
           {"filter.kinds[1]", "filter.kinds[2]"}},
          {"categories and tags are free text",
           [](R* r) {
             r->mutable_filter()->add_categories("Οδηγίες");
             r->mutable_filter()->add_tags("");
           },
           {}},
          {"updated after",
           [](R* r) {
             r->mutable_filter()->mutable_updated_after()->set_seconds(1);
           },
           {}},
          {"updated after the year 9999",
           [](R* r) {
             r->mutable_filter()->mutable_updated_after()->set_seconds(
                 253402300800);
           },
           {"filter.updated_after"}},
          {"updated after the year 0",
           [](R* r) {
             r->mutable_filter()->mutable_updated_after()->set_seconds(
                 -62135596801);
           },
           {"filter.updated_after"}},
          {"negative nanoseconds",
           [](R* r) {
             r->mutable_filter()->mutable_updated_after()->set_nanos(-1);
           },
           {"filter.updated_after"}},
          {"facets",
           [](R* r) {
             for (const char* name :
                  {"language", "kind", "category", "tag", "author"}) {
               r->add_facets(name);
             }
           },
           {"facets[4]"}},
          {"100 values of a filter",
           [](R* r) {
             for (int i = 0; i < 100; ++i) r->mutable_filter()->add_tags("t");
           },
           {}},
          {"101 values of filters",
           [](R* r) {
             for (int i = 0; i < 101; ++i) {
               r->mutable_filter()->add_tags("t");
               r->mutable_filter()->add_categories("c");
               r->mutable_filter()->add_kinds(v1::ARTICLE_KIND_FAQ);
             }
           },
           {"filter.kinds", "filter.categories", "filter.tags"}},
          {"translation mode",
           [](R* r) { r->set_translation_mode(v1::TRANSLATION_MODE_COLLAPSE); },
           {}},
          {"unknown translation mode",
           [](R* r) {
             r->set_translation_mode(static_cast<v1::TranslationMode>(7));
           },
           {"translation_mode"}},
          {"several at once",
           [](R* r) {
             r->Clear();
             r->set_page_size(-5);
           },
           {"corpus", "query", "page_size"}},
      });
}

TEST(ValidateTest, AutocompleteRequest) {
  using R = v1::AutocompleteRequest;
  R right;
  right.set_corpus("helpdesk");
  right.set_prefix("возв");
  Check<R>(
      right,
      {
          {"right", [](R*) {}, {}},
          {"no corpus", [](R* r) { r->clear_corpus(); }, {"corpus"}},
          {"empty prefix", [](R* r) { r->clear_prefix(); }, {}},
          {"longest prefix",
           [](R* r) { r->set_prefix(std::string(1000, 'a')); },
           {}},
          {"prefix too long",
           [](R* r) { r->set_prefix(std::string(1001, 'a')); },
           {"prefix"}},
          {"unknown locale", [](R* r) { r->set_language_code("xx"); }, {}},
          {"too many are coerced",
           [](R* r) { r->set_max_completions(1000); },
           {}},
          {"negative",
           [](R* r) { r->set_max_completions(-1); },
           {"max_completions"}},
          {"too many hits are coerced",
           [](R* r) { r->set_max_hits(1000); },
           {}},
          {"negative hits", [](R* r) { r->set_max_hits(-1); }, {"max_hits"}},
          {"unknown language",
           [](R* r) {
             r->add_languages("el");
             r->add_languages("xx");
           },
           {"languages[1]"}},
      });
}

TEST(ValidateTest, GetArticleRequest) {
  using R = v1::GetArticleRequest;
  R right;
  right.set_corpus("helpdesk");
  right.set_article_id("reset-password#2");
  Check<R>(
      right,
      {
          {"right", [](R*) {}, {}},
          {"no corpus", [](R* r) { r->clear_corpus(); }, {"corpus"}},
          {"no article", [](R* r) { r->clear_article_id(); }, {"article_id"}},
          {"unknown language", [](R* r) { r->set_language_code("xx"); }, {}},
      });
}

TEST(ValidateTest, GetCorpusRequest) {
  using R = v1::GetCorpusRequest;
  R right;
  right.set_corpus("helpdesk");
  Check<R>(right,
           {
               {"right", [](R*) {}, {}},
               {"no corpus", [](R* r) { r->clear_corpus(); }, {"corpus"}},
           });
}

TEST(ValidateTest, AnalyzeTextRequest) {
  using R = v1::AnalyzeTextRequest;
  R right;
  right.set_text("l’imprimante");
  Check<R>(right,
           {
               {"right", [](R*) {}, {}},
               {"no text", [](R* r) { r->clear_text(); }, {"text"}},
               {"longest text",
                [](R* r) { r->set_text(std::string(100000, 'a')); },
                {}},
               {"text too long",
                [](R* r) { r->set_text(std::string(100001, 'a')); },
                {"text"}},
               {"language", [](R* r) { r->set_language_code("fr-BE"); }, {}},
               {"unknown language",
                [](R* r) { r->set_language_code("xx"); },
                {"language_code"}},
           });
}

TEST(ValidateTest, ExplainRequest) {
  using R = v1::ExplainRequest;
  R right;
  right.mutable_search()->set_corpus("helpdesk");
  right.mutable_search()->set_query("κωδικός");
  Check<R>(
      right,
      {
          {"right", [](R*) {}, {}},
          {"no search",
           [](R* r) { r->clear_search(); },
           {"search.corpus", "search.query"}},
          {"wrong search",
           [](R* r) { r->mutable_search()->set_page_size(-1); },
           {"search.page_size"}},
          {"version", [](R* r) { r->set_language_code("ru-RU"); }, {}},
          {"unknown version",
           [](R* r) { r->set_language_code("xx"); },
           {"language_code"}},
          {"audience", [](R* r) { r->set_audience(v1::AUDIENCE_PUBLIC); }, {}},
          {"unknown audience",
           [](R* r) { r->set_audience(static_cast<v1::Audience>(9)); },
           {"audience"}},
      });
}

TEST(ValidateTest, SynonymRequests) {
  using R = v1::PutSynonymsRequest;
  R right;
  right.set_corpus("helpdesk");
  right.set_language_code("nl-BE");
  Check<R>(right,
           {
               {"right", [](R*) {}, {}},
               {"no corpus", [](R* r) { r->clear_corpus(); }, {"corpus"}},
               {"no language",
                [](R* r) { r->clear_language_code(); },
                {"language_code"}},
               {"unknown language",
                [](R* r) { r->set_language_code("xx"); },
                {"language_code"}},
           });
  using L = v1::ListSynonymsRequest;
  Check<L>(L(), {{"nothing", [](L*) {}, {"corpus", "language_code"}}});
}

TEST(ValidateTest, CurationRequests) {
  using R = v1::PutCurationsRequest;
  R right;
  right.set_corpus("helpdesk");
  right.add_curations()->set_language_code("el");
  right.add_curations();
  Check<R>(right,
           {
               {"right", [](R*) {}, {}},
               {"no corpus", [](R* r) { r->clear_corpus(); }, {"corpus"}},
               {"unknown language",
                [](R* r) { r->mutable_curations(1)->set_language_code("xx"); },
                {"curations[1].language_code"}},
           });
  using L = v1::ListCurationsRequest;
  Check<L>(L(), {{"nothing", [](L*) {}, {"corpus"}}});
}

TEST(ValidateTest, SuggestArticlesRequest) {
  using R = v1::SuggestArticlesRequest;
  R right;
  right.set_corpus("helpdesk");
  right.set_subject("Πού είναι η παραγγελία μου;");
  Check<R>(
      right,
      {
          {"right", [](R*) {}, {}},
          {"body only",
           [](R* r) {
             r->clear_subject();
             r->set_body("?");
           },
           {}},
          {"no corpus", [](R* r) { r->clear_corpus(); }, {"corpus"}},
          {"nothing", [](R* r) { r->set_subject(" \n\u00a0"); }, {"subject"}},
          {"longest",
           [](R* r) {
             r->set_body(std::string(200000 - r->subject().size(), 'x'));
           },
           {}},
          {"too long",
           [](R* r) {
             r->set_body(std::string(200001 - r->subject().size(), 'x'));
           },
           {"body"}},
          {"language", [](R* r) { r->add_languages("xx"); }, {"languages[0]"}},
          {"many", [](R* r) { r->set_max_suggestions(1000); }, {}},
          {"negative",
           [](R* r) { r->set_max_suggestions(-1); },
           {"max_suggestions"}},
          {"certain", [](R* r) { r->set_min_confidence(1); }, {}},
          {"above",
           [](R* r) { r->set_min_confidence(1.01); },
           {"min_confidence"}},
          {"below",
           [](R* r) { r->set_min_confidence(-0.1); },
           {"min_confidence"}},
          {"no number",
           [](R* r) { r->set_min_confidence(std::nan("")); },
           {"min_confidence"}},
          {"session",
           [](R* r) { r->set_session_id(std::string(101, 's')); },
           {"session_id"}},
      });
}

TEST(ValidateTest, RelatedArticlesRequest) {
  using R = v1::RelatedArticlesRequest;
  R right;
  right.set_corpus("helpdesk");
  right.set_article_id("faq#2");
  Check<R>(right,
           {{"right", [](R*) {}, {}},
            {"no corpus", [](R* r) { r->clear_corpus(); }, {"corpus"}},
            {"no article", [](R* r) { r->clear_article_id(); }, {"article_id"}},
            {"large page", [](R* r) { r->set_page_size(1000); }, {}},
            {"negative", [](R* r) { r->set_page_size(-1); }, {"page_size"}}});
}

TEST(ValidateTest, Events) {
  using R = v1::RecordEventRequest;
  R right;
  right.set_corpus("helpdesk");
  right.set_type(R::TYPE_CLICK);
  right.set_search_id("search");
  right.set_article_id("vpn");
  Check<R>(
      right,
      {
          {"right", [](R*) {}, {}},
          {"no corpus", [](R* r) { r->clear_corpus(); }, {"corpus"}},
          {"no type", [](R* r) { r->clear_type(); }, {"type"}},
          {"unknown type",
           [](R* r) { r->set_type(static_cast<R::Type>(99)); },
           {"type"}},
          {"no list", [](R* r) { r->clear_search_id(); }, {"search_id"}},
          {"suggestions will do",
           [](R* r) {
             r->clear_search_id();
             r->set_suggestion_id("suggestion");
           },
           {}},
          {"a click on nothing",
           [](R* r) { r->clear_article_id(); },
           {"article_id"}},
          {"solved, by whatever",
           [](R* r) {
             r->set_type(R::TYPE_SOLVED);
             r->clear_article_id();
           },
           {}},
          {"too long",
           [](R* r) {
             r->set_search_id(std::string(101, 'x'));
             r->set_suggestion_id(std::string(101, 'x'));
             r->set_session_id(std::string(101, 'x'));
             r->set_article_id(std::string(501, 'x'));
           },
           {"search_id", "suggestion_id", "session_id", "article_id"}},
          {"before the first", [](R* r) { r->set_position(-1); }, {"position"}},
      });
}

TEST(ValidateTest, InsightsAndWatching) {
  using R = v1::GetInsightsRequest;
  R right;
  right.set_corpus("helpdesk");
  right.mutable_since()->set_seconds(1000);
  Check<R>(
      right,
      {
          {"right", [](R*) {}, {}},
          {"no corpus", [](R* r) { r->clear_corpus(); }, {"corpus"}},
          {"unknown language",
           [](R* r) { r->set_language_code("xx"); },
           {"language_code"}},
          {"fewer than none", [](R* r) { r->set_max_rows(-1); }, {"max_rows"}},
          {"no time",
           [](R* r) { r->mutable_since()->set_nanos(-1); },
           {"since"}},
          {"ends as it begins",
           [](R* r) { r->mutable_until()->set_seconds(1000); },
           {"until"}},
          {"a nanosecond long",
           [](R* r) {
             r->mutable_until()->set_seconds(1000);
             r->mutable_until()->set_nanos(1);
           },
           {}},
      });
  using W = v1::WatchFailedSearchesRequest;
  Check<W>(W(), {{"nothing",
                  [](W* w) { w->add_languages("xx"); },
                  {"corpus", "languages[0]"}}});
}

}  // namespace
}  // namespace kbsearch::server
