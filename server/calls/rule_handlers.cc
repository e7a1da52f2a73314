#include "server/calls/rule_handlers.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/index/stored_document.h"
#include "engine/operators/rule_store.h"
#include "engine/search/explain.h"
#include "server/calls/convert.h"
#include "server/grpc_status.h"

namespace kbsearch::server {
namespace {

using Strings = google::protobuf::RepeatedPtrField<std::string>;

std::vector<std::string> ToVector(const Strings& strings) {
  return {strings.begin(), strings.end()};
}

void ToProto(const engine::Synonym& synonym, v1::Synonym* out) {
  out->mutable_from()->Assign(synonym.from.begin(), synonym.from.end());
  out->mutable_to()->Assign(synonym.to.begin(), synonym.to.end());
  out->set_one_way(synonym.one_way);
}

void ToProto(const engine::Curation& curation, v1::Curation* out) {
  out->set_query(curation.query);
  out->set_language_code(curation.language);
  out->mutable_pinned_article_ids()->Assign(curation.pinned.begin(),
                                            curation.pinned.end());
  out->mutable_hidden_article_ids()->Assign(curation.hidden.begin(),
                                            curation.hidden.end());
}

void ToProto(const engine::ScorePart& part,
             v1::ExplainResponse::ScorePart* out) {
  out->set_name(part.name);
  out->set_value(part.value);
  out->set_detail(part.detail);
}

absl::Status ToStatus(const std::vector<engine::RuleProblem>& problems) {
  std::vector<FieldViolation> violations;
  for (const engine::RuleProblem& problem : problems) {
    violations.push_back({problem.field, problem.description});
  }
  return InvalidFields(violations);
}

// Tells of an id that is not in the corpus, or that portals never see.
class ArticleChecker {
 public:
  ArticleChecker(Worker& worker, const std::string& corpus,
                 v1::PutCurationsResponse* response)
      : worker_(worker), corpus_(corpus), response_(response) {}

  absl::Status Check(const std::string& field, const Strings& ids,
                     bool is_pinned) {
    for (int i = 0; i < ids.size(); ++i) {
      const absl::Status status =
          CheckOne(absl::StrCat(field, "[", i, "]"), ids[i], is_pinned);
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

 private:
  absl::Status CheckOne(const std::string& place, const std::string& id,
                        bool is_pinned) {
    std::vector<std::string> languages;
    const absl::StatusOr<engine::Article> article =
        worker_.searcher().GetArticle(corpus_, id, "", engine::Audience::kAgent,
                                      &languages);
    if (absl::IsNotFound(article.status()) ||
        (article.ok() && !HasEntry(*article, id))) {
      Warn(place, "no article \"", id,
           "\" in the corpus; it is ignored until there is one");
      return absl::OkStatus();
    }
    if (!article.ok()) return article.status();
    if (is_pinned && article->audience == engine::Audience::kAgent) {
      Warn(place, "\"", id, "\" is internal: portals never see it");
    }
    return absl::OkStatus();
  }

  // True for ids of whole articles.
  static bool HasEntry(const engine::Article& article, const std::string& id) {
    const std::string_view page = engine::PageId(id);
    if (page.size() == id.size() || article.id == id) return true;
    size_t number = 0;
    return absl::SimpleAtoi(id.substr(page.size() + 1), &number) &&
           number >= 1 && number <= article.entries.size();
  }

  template <class... Parts>
  void Warn(const std::string& place, const Parts&... parts) {
    response_->add_warnings(absl::StrCat(place, ": ", parts...));
  }

  Worker& worker_;
  const std::string& corpus_;
  v1::PutCurationsResponse* const response_;
};

}  // namespace

absl::Status HandleExplain(Worker& worker, const CallInfo& call,
                           const v1::ExplainRequest& request,
                           v1::ExplainResponse* response) {
  const analyzers::Registry& registry = worker.library().registry();
  engine::ExplainQuery query;
  query.search = ToEngine(request.search(), registry);
  query.search.audience = request.audience() == v1::AUDIENCE_PUBLIC
                              ? engine::Audience::kPublic
                              : AudienceOf(call.caller.role);
  query.search.deadline = call.deadline;
  query.article_id = request.article_id();
  query.language = registry.Normalize(request.language_code());
  const absl::StatusOr<engine::Explanation> explanation =
      worker.searcher().Explain(query);
  if (absl::IsInvalidArgument(explanation.status()) &&
      !query.search.page_token.empty()) {
    return InvalidFields(
        {{"search.page_token", std::string(explanation.status().message())}});
  }
  if (!explanation.ok()) return explanation.status();
  for (const engine::SearchStage& stage : explanation->stages) {
    auto* added = response->add_stages();
    added->set_name(stage.name);
    added->set_detail(stage.detail);
  }
  for (const engine::ExplainedCandidate& candidate : explanation->candidates) {
    auto* added = response->add_candidates();
    ToProto(candidate.hit, added->mutable_hit());
    added->set_rank(candidate.rank);
    for (const engine::ScorePart& part : candidate.parts) {
      ToProto(part, added->add_parts());
    }
    for (const engine::ScorePart& word : candidate.words) {
      ToProto(word, added->add_words());
    }
    added->set_absent_because(candidate.absent_because);
  }
  return absl::OkStatus();
}

absl::Status HandleListSynonyms(Worker& worker, const CallInfo& /*call*/,
                                const v1::ListSynonymsRequest& request,
                                v1::ListSynonymsResponse* response) {
  engine::Library& library = worker.library();
  const auto corpus = library.GetCorpus(request.corpus());
  if (!corpus.ok()) return corpus.status();
  const auto rules = library.rules().Find(request.corpus());
  const auto found = rules->synonyms.find(
      library.registry().Normalize(request.language_code()));
  if (found == rules->synonyms.end()) return absl::OkStatus();
  for (const engine::Synonym& synonym : found->second->entries) {
    ToProto(synonym, response->add_synonyms());
  }
  return absl::OkStatus();
}

absl::Status HandlePutSynonyms(Worker& worker, const CallInfo& /*call*/,
                               const v1::PutSynonymsRequest& request,
                               v1::PutSynonymsResponse* response) {
  engine::Library& library = worker.library();
  std::vector<engine::Synonym> synonyms;
  for (const v1::Synonym& synonym : request.synonyms()) {
    synonyms.push_back(
        {ToVector(synonym.from()), ToVector(synonym.to()), synonym.one_way()});
  }
  const auto problems = library.rules().PutSynonyms(
      request.corpus(), library.registry().Normalize(request.language_code()),
      synonyms);
  if (!problems.ok()) return problems.status();
  if (!problems->empty()) return ToStatus(*problems);
  *response->mutable_synonyms() = request.synonyms();
  return absl::OkStatus();
}

absl::Status HandleListCurations(Worker& worker, const CallInfo& /*call*/,
                                 const v1::ListCurationsRequest& request,
                                 v1::ListCurationsResponse* response) {
  engine::Library& library = worker.library();
  const auto corpus = library.GetCorpus(request.corpus());
  if (!corpus.ok()) return corpus.status();
  const auto rules = library.rules().Find(request.corpus());
  if (rules->curations == nullptr) return absl::OkStatus();
  for (const engine::Curation& curation : rules->curations->entries) {
    ToProto(curation, response->add_curations());
  }
  return absl::OkStatus();
}

absl::Status HandlePutCurations(Worker& worker, const CallInfo& /*call*/,
                                const v1::PutCurationsRequest& request,
                                v1::PutCurationsResponse* response) {
  engine::Library& library = worker.library();
  std::vector<engine::Curation> curations;
  for (const v1::Curation& curation : request.curations()) {
    curations.push_back({curation.query(),
                         library.registry().Normalize(curation.language_code()),
                         ToVector(curation.pinned_article_ids()),
                         ToVector(curation.hidden_article_ids())});
  }
  const auto problems =
      library.rules().PutCurations(request.corpus(), curations);
  if (!problems.ok()) return problems.status();
  if (!problems->empty()) return ToStatus(*problems);
  ArticleChecker checker(worker, request.corpus(), response);
  for (int i = 0; i < request.curations_size(); ++i) {
    const v1::Curation& curation = request.curations(i);
    const std::string field = absl::StrCat("curations[", i, "]");
    absl::Status status = checker.Check(field + ".pinned_article_ids",
                                        curation.pinned_article_ids(), true);
    if (status.ok()) {
      status = checker.Check(field + ".hidden_article_ids",
                             curation.hidden_article_ids(), false);
    }
    if (!status.ok()) return status;
    ToProto(curations[static_cast<size_t>(i)], response->add_curations());
  }
  return absl::OkStatus();
}

}  // namespace kbsearch::server
