#include "server/calls/validate.h"

#include <google/protobuf/util/time_util.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/index/article_check.h"
#include "engine/search.h"
#include "server/grpc_status.h"

namespace kbsearch::server {
namespace {

// Of sessions, searches and suggestions.
constexpr size_t kMaxEventIdBytes = 100;
constexpr size_t kMaxArticleIdBytes = 500;
constexpr size_t kMaxQueryBytes = 10000;
constexpr size_t kMaxPrefixBytes = 1000;
constexpr size_t kMaxTicketBytes = 200000;
constexpr size_t kMaxAnalyzedBytes = 100000;
constexpr int kMaxFilterValues = 100;
constexpr int kMaxDeleted = 10000;
constexpr int kMaxTitleCharacters = 1000;

// Unicode's idea of white space, so that a pasted no-break space is no query.
bool IsBlank(const std::string& text) {
  const char* bytes = text.data();
  const int32_t length = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < length;) {
    UChar32 c;
    U8_NEXT(bytes, i, length, c);
    if (c < 0 || !u_isUWhiteSpace(c)) return false;
  }
  return true;
}

int CountCharacters(const std::string& text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string KnownLanguages(const analyzers::Registry& registry) {
  std::vector<std::string> codes;
  for (const auto& language : registry.languages()) {
    codes.emplace_back(language.code);
  }
  return absl::StrJoin(codes, ", ");
}

// Collects what is wrong with one request.
class Checks {
 public:
  // `prefix`: of the fields' names, "search.".
  explicit Checks(const analyzers::Registry& registry, std::string prefix = "")
      : registry_(registry), prefix_(std::move(prefix)) {}

  void Fail(const std::string& field, std::string description) {
    violations_.push_back({prefix_ + field, std::move(description)});
  }

  // Takes over what other checks found.
  void Add(const Checks& other) {
    violations_.insert(violations_.end(), other.violations_.begin(),
                       other.violations_.end());
  }

  void Required(const std::string& field, const std::string& value) {
    if (value.empty()) Fail(field, "is required");
  }

  void MaxBytes(const std::string& field, const std::string& value,
                size_t limit) {
    if (value.size() <= limit) return;
    Fail(field, absl::StrCat("is ", value.size(), " bytes long; at most ",
                             limit, " are accepted"));
  }

  void MaxValues(const std::string& field, int count) {
    if (count <= kMaxFilterValues) return;
    Fail(field, absl::StrCat("has ", count, " values; at most ",
                             kMaxFilterValues, " are accepted"));
  }

  void NotNegative(const std::string& field, int32_t value) {
    if (value < 0) {
      Fail(field, absl::StrCat("is ", value, "; must not be negative"));
    }
  }

  void KnownLanguage(const std::string& field, const std::string& code) {
    if (!registry_.Normalize(code).empty()) return;
    Fail(field, absl::StrCat("is not a language that this server knows (",
                             KnownLanguages(registry_), ")"));
  }

  absl::Status Result() const { return InvalidFields(violations_); }

 private:
  const analyzers::Registry& registry_;
  const std::string prefix_;
  std::vector<FieldViolation> violations_;
};

std::string Indexed(const char* field, int index) {
  return absl::StrCat(field, "[", index, "]");
}

bool IsValidTime(const google::protobuf::Timestamp& time) {
  using google::protobuf::util::TimeUtil;
  return time.seconds() >= TimeUtil::kTimestampMinSeconds &&
         time.seconds() <= TimeUtil::kTimestampMaxSeconds &&
         time.nanos() >= 0 && time.nanos() < 1'000'000'000;
}

void CheckFacets(const v1::SearchRequest& request, Checks* checks) {
  engine::FacetField field;
  for (int i = 0; i < request.facets_size(); ++i) {
    if (engine::ParseFacetField(request.facets(i), &field)) continue;
    std::vector<std::string> names;
    for (size_t n = 0; n < engine::kFacetFieldCount; ++n) {
      names.emplace_back(
          engine::FacetFieldName(static_cast<engine::FacetField>(n)));
    }
    checks->Fail(
        Indexed("facets", i),
        absl::StrCat("is not a facet: use ", absl::StrJoin(names, ", ")));
  }
}

void CheckFilter(const v1::SearchFilter& filter, Checks* checks) {
  checks->MaxValues("filter.kinds", filter.kinds_size());
  checks->MaxValues("filter.categories", filter.categories_size());
  checks->MaxValues("filter.tags", filter.tags_size());
  for (int i = 0; i < filter.kinds_size(); ++i) {
    if (filter.kinds(i) == v1::ARTICLE_KIND_UNSPECIFIED ||
        !v1::ArticleKind_IsValid(filter.kinds(i))) {
      checks->Fail(Indexed("filter.kinds", i),
                   absl::StrCat(static_cast<int>(filter.kinds(i)),
                                " is not a kind of article"));
    }
  }
  if (filter.has_updated_after() && !IsValidTime(filter.updated_after())) {
    checks->Fail("filter.updated_after",
                 "is not a time between the years 1 and 9999");
  }
}

void CheckSearch(const v1::SearchRequest& request, Checks* search) {
  Checks& checks = *search;
  checks.Required("corpus", request.corpus());
  if (IsBlank(request.query())) {
    checks.Fail("query", "is required and must hold more than white space");
  }
  checks.MaxBytes("query", request.query(), kMaxQueryBytes);
  for (int i = 0; i < request.languages_size(); ++i) {
    checks.KnownLanguage(Indexed("languages", i), request.languages(i));
  }
  checks.NotNegative("page_size", request.page_size());
  checks.MaxBytes("session_id", request.session_id(), kMaxEventIdBytes);
  CheckFilter(request.filter(), search);
  CheckFacets(request, search);
  if (!v1::TranslationMode_IsValid(request.translation_mode())) {
    checks.Fail("translation_mode",
                absl::StrCat(static_cast<int>(request.translation_mode()),
                             " is not a translation mode"));
  }
}

}  // namespace

absl::Status Validate(const v1::SearchRequest& request,
                      const analyzers::Registry& registry) {
  Checks checks(registry);
  CheckSearch(request, &checks);
  return checks.Result();
}

absl::Status Validate(const v1::AutocompleteRequest& request,
                      const analyzers::Registry& registry) {
  Checks checks(registry);
  checks.Required("corpus", request.corpus());
  checks.MaxBytes("prefix", request.prefix(), kMaxPrefixBytes);
  checks.NotNegative("max_completions", request.max_completions());
  checks.NotNegative("max_hits", request.max_hits());
  for (int i = 0; i < request.languages_size(); ++i) {
    checks.KnownLanguage(Indexed("languages", i), request.languages(i));
  }
  return checks.Result();
}

absl::Status Validate(const v1::SuggestArticlesRequest& request,
                      const analyzers::Registry& registry) {
  Checks checks(registry);
  checks.Required("corpus", request.corpus());
  if (IsBlank(request.subject()) && IsBlank(request.body())) {
    checks.Fail("subject",
                "is required when there is no body; a ticket must hold more "
                "than white space");
  }
  const size_t bytes = request.subject().size() + request.body().size();
  if (bytes > kMaxTicketBytes) {
    checks.Fail("body", absl::StrCat("is too long: subject and body are ",
                                     bytes, " bytes together; at most ",
                                     kMaxTicketBytes, " are accepted"));
  }
  for (int i = 0; i < request.languages_size(); ++i) {
    checks.KnownLanguage(Indexed("languages", i), request.languages(i));
  }
  checks.NotNegative("max_suggestions", request.max_suggestions());
  const double least = request.min_confidence();
  // Written so that NaN fails.
  if (request.has_min_confidence() && !(least >= 0 && least <= 1)) {
    checks.Fail("min_confidence",
                absl::StrCat("is ", least, "; must be from 0 to 1"));
  }
  checks.MaxBytes("session_id", request.session_id(), kMaxEventIdBytes);
  return checks.Result();
}

absl::Status Validate(const v1::RelatedArticlesRequest& request,
                      const analyzers::Registry& registry) {
  Checks checks(registry);
  checks.Required("corpus", request.corpus());
  checks.Required("article_id", request.article_id());
  checks.NotNegative("page_size", request.page_size());
  return checks.Result();
}

absl::Status Validate(const v1::GetArticleRequest& request,
                      const analyzers::Registry& registry) {
  Checks checks(registry);
  checks.Required("corpus", request.corpus());
  checks.Required("article_id", request.article_id());
  return checks.Result();
}

absl::Status Validate(const v1::ListCorporaRequest& /*request*/,
                      const analyzers::Registry& /*registry*/) {
  return absl::OkStatus();
}

absl::Status Validate(const v1::GetCorpusRequest& request,
                      const analyzers::Registry& registry) {
  Checks checks(registry);
  checks.Required("corpus", request.corpus());
  return checks.Result();
}

absl::Status Validate(const v1::AnalyzeTextRequest& request,
                      const analyzers::Registry& registry) {
  Checks checks(registry);
  checks.Required("text", request.text());
  checks.MaxBytes("text", request.text(), kMaxAnalyzedBytes);
  if (!request.language_code().empty()) {
    checks.KnownLanguage("language_code", request.language_code());
  }
  return checks.Result();
}

absl::Status Validate(const v1::ExplainRequest& request,
                      const analyzers::Registry& registry) {
  Checks search(registry, "search.");
  CheckSearch(request.search(), &search);
  Checks checks(registry);
  checks.Add(search);
  if (!request.language_code().empty()) {
    checks.KnownLanguage("language_code", request.language_code());
  }
  if (!v1::Audience_IsValid(request.audience())) {
    checks.Fail("audience", absl::StrCat(static_cast<int>(request.audience()),
                                         " is not an audience"));
  }
  return checks.Result();
}

absl::Status Validate(const v1::ListSynonymsRequest& request,
                      const analyzers::Registry& registry) {
  Checks checks(registry);
  checks.Required("corpus", request.corpus());
  checks.KnownLanguage("language_code", request.language_code());
  return checks.Result();
}

absl::Status Validate(const v1::PutSynonymsRequest& request,
                      const analyzers::Registry& registry) {
  Checks checks(registry);
  checks.Required("corpus", request.corpus());
  checks.KnownLanguage("language_code", request.language_code());
  return checks.Result();
}

absl::Status Validate(const v1::ListCurationsRequest& request,
                      const analyzers::Registry& registry) {
  Checks checks(registry);
  checks.Required("corpus", request.corpus());
  return checks.Result();
}

absl::Status Validate(const v1::PutCurationsRequest& request,
                      const analyzers::Registry& registry) {
  Checks checks(registry);
  checks.Required("corpus", request.corpus());
  for (int i = 0; i < request.curations_size(); ++i) {
    const std::string& code = request.curations(i).language_code();
    if (code.empty()) continue;
    checks.KnownLanguage(Indexed("curations", i) + ".language_code", code);
  }
  return checks.Result();
}

std::string ArticleFault(const v1::Article& article) {
  if (CountCharacters(article.title()) > kMaxTitleCharacters) {
    return absl::StrCat("title: is longer than ", kMaxTitleCharacters,
                        " characters");
  }
  for (int i = 0; i < article.entries_size(); ++i) {
    if (IsBlank(article.entries(i).question())) {
      return absl::StrCat("entries[", i, "].question: is required");
    }
  }
  if (!v1::ArticleKind_IsValid(article.kind())) {
    return absl::StrCat("kind: ", article.kind(), " is not known");
  }
  // Never guessed: a slip would show internal text to customers.
  if (!v1::Audience_IsValid(article.audience())) {
    return absl::StrCat("audience: ", article.audience(), " is not known");
  }
  if (article.has_updated_at() && !IsValidTime(article.updated_at())) {
    return "updated_at: is no valid time";
  }
  return "";
}

absl::Status Validate(const v1::DeleteArticlesRequest& request,
                      const analyzers::Registry& registry) {
  Checks checks(registry);
  checks.Required("corpus", request.corpus());
  if (request.articles_size() > kMaxDeleted) {
    checks.Fail("articles",
                absl::StrCat("has ", request.articles_size(), " keys; at most ",
                             kMaxDeleted, " are accepted"));
  }
  for (int i = 0; i < request.articles_size() && i < kMaxDeleted; ++i) {
    const std::string field = absl::StrCat("articles[", i, "].");
    const auto& key = request.articles(i);
    const absl::Status id = engine::CheckArticleId(key.article_id());
    if (!id.ok()) {
      checks.Fail(field + "article_id", std::string(id.message()));
    }
    if (!key.language_code().empty()) {
      checks.KnownLanguage(field + "language_code", key.language_code());
    }
  }
  return checks.Result();
}

absl::Status Validate(const v1::StartReindexRequest& request,
                      const analyzers::Registry& registry) {
  Checks checks(registry);
  checks.Required("corpus", request.corpus());
  checks.MaxValues("sources", request.sources_size());
  for (int i = 0; i < request.sources_size(); ++i) {
    checks.Required(absl::StrCat("sources[", i, "]"), request.sources(i));
  }
  return checks.Result();
}

absl::Status Validate(const v1::GetReindexRequest& request,
                      const analyzers::Registry& registry) {
  Checks checks(registry);
  checks.Required("reindex_id", request.reindex_id());
  return checks.Result();
}

absl::Status Validate(const v1::CancelReindexRequest& request,
                      const analyzers::Registry& registry) {
  Checks checks(registry);
  checks.Required("reindex_id", request.reindex_id());
  return checks.Result();
}

absl::Status Validate(const v1::RollbackCorpusRequest& request,
                      const analyzers::Registry& registry) {
  Checks checks(registry);
  checks.Required("corpus", request.corpus());
  if (request.generation() < 0) {
    checks.Fail("generation", absl::StrCat("is ", request.generation(),
                                           "; must not be negative"));
  }
  return checks.Result();
}

absl::Status Validate(const v1::RecordEventRequest& request,
                      const analyzers::Registry& registry) {
  Checks checks(registry);
  checks.Required("corpus", request.corpus());
  if (request.type() == v1::RecordEventRequest::TYPE_UNSPECIFIED ||
      !v1::RecordEventRequest::Type_IsValid(request.type())) {
    checks.Fail("type", absl::StrCat(static_cast<int>(request.type()),
                                     " is not a type of event"));
  }
  if (request.search_id().empty() && request.suggestion_id().empty()) {
    checks.Fail("search_id", "is required unless suggestion_id is set");
  }
  const bool is_about_article =
      request.type() == v1::RecordEventRequest::TYPE_CLICK ||
      request.type() == v1::RecordEventRequest::TYPE_HELPFUL ||
      request.type() == v1::RecordEventRequest::TYPE_NOT_HELPFUL;
  if (is_about_article && request.article_id().empty()) {
    checks.Fail("article_id", "is required for events of this type");
  }
  checks.MaxBytes("search_id", request.search_id(), kMaxEventIdBytes);
  checks.MaxBytes("suggestion_id", request.suggestion_id(), kMaxEventIdBytes);
  checks.MaxBytes("session_id", request.session_id(), kMaxEventIdBytes);
  checks.MaxBytes("article_id", request.article_id(), kMaxArticleIdBytes);
  checks.NotNegative("position", request.position());
  return checks.Result();
}

absl::Status Validate(const v1::WatchFailedSearchesRequest& request,
                      const analyzers::Registry& registry) {
  Checks checks(registry);
  checks.Required("corpus", request.corpus());
  for (int i = 0; i < request.languages_size(); ++i) {
    checks.KnownLanguage(Indexed("languages", i), request.languages(i));
  }
  return checks.Result();
}

absl::Status Validate(const v1::GetInsightsRequest& request,
                      const analyzers::Registry& registry) {
  Checks checks(registry);
  checks.Required("corpus", request.corpus());
  if (!request.language_code().empty()) {
    checks.KnownLanguage("language_code", request.language_code());
  }
  checks.NotNegative("max_rows", request.max_rows());
  constexpr char kNotATime[] = "is not a time between the years 1 and 9999";
  if (request.has_since() && !IsValidTime(request.since())) {
    checks.Fail("since", kNotATime);
  }
  if (request.has_until() && !IsValidTime(request.until())) {
    checks.Fail("until", kNotATime);
  }
  if (request.has_since() && request.has_until() &&
      (request.until().seconds() < request.since().seconds() ||
       (request.until().seconds() == request.since().seconds() &&
        request.until().nanos() <= request.since().nanos()))) {
    checks.Fail("until", "must be later than since");
  }
  return checks.Result();
}

}  // namespace kbsearch::server
