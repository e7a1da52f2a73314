#include "server/calls/admin_service.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "server/calls/convert.h"
#include "server/calls/operations.h"
#include "server/calls/rule_handlers.h"

namespace kbsearch::server {
namespace {

constexpr Method kListCorpora = {"kbsearch.v1.AdminService/ListCorpora", true};
constexpr Method kGetCorpus = {"kbsearch.v1.AdminService/GetCorpus", true};
constexpr Method kDeleteArticles = {"kbsearch.v1.AdminService/DeleteArticles",
                                    true};
constexpr Method kStartReindex = {"kbsearch.v1.AdminService/StartReindex",
                                  true};
constexpr Method kGetReindex = {"kbsearch.v1.AdminService/GetReindex", true};
constexpr Method kCancelReindex = {"kbsearch.v1.AdminService/CancelReindex",
                                   true};
constexpr Method kRollbackCorpus = {"kbsearch.v1.AdminService/RollbackCorpus",
                                    true};
constexpr Method kAnalyzeText = {"kbsearch.v1.AdminService/AnalyzeText", true};
constexpr Method kExplain = {"kbsearch.v1.AdminService/Explain", true};
constexpr Method kListSynonyms = {"kbsearch.v1.AdminService/ListSynonyms",
                                  true};
constexpr Method kPutSynonyms = {"kbsearch.v1.AdminService/PutSynonyms", true};
constexpr Method kListCurations = {"kbsearch.v1.AdminService/ListCurations",
                                   true};
constexpr Method kPutCurations = {"kbsearch.v1.AdminService/PutCurations",
                                  true};
constexpr Method kGetInsights = {"kbsearch.v1.AdminService/GetInsights",
                                 /*operator_only=*/true, /*is_slow=*/true};

absl::Status HandleAnalyzeText(Worker& worker, const CallInfo& /*call*/,
                               const v1::AnalyzeTextRequest& request,
                               v1::AnalyzeTextResponse* response) {
  const analyzers::Registry& registry = worker.library().registry();
  std::string language = registry.Normalize(request.language_code());
  for (const auto& guess : registry.identifier().Identify(request.text())) {
    auto* added = response->add_guesses();
    added->set_language_code(guess.language);
    added->set_probability(guess.probability);
    if (language.empty()) language = guess.language;
  }
  // A text without letters has no language; any analyzer will do for it.
  if (language.empty()) language = registry.languages().front().code;
  response->set_language_code(language);
  analyzers::Analyzer& analyzer = worker.analyzer(language);
  for (const auto& step : analyzer.Explain(request.text())) {
    auto* added = response->add_steps();
    added->set_name(step.name);
    added->set_output(step.output);
  }
  for (const auto& token : analyzer.Analyze(request.text())) {
    ToProto(token, request.text(), response->add_tokens());
  }
  return absl::OkStatus();
}

absl::Status ShowCorpus(Worker& worker, Reindexer* reindexer,
                        const std::string& name, v1::Corpus* corpus) {
  const absl::StatusOr<engine::CorpusInfo> info =
      worker.library().GetCorpus(name);
  if (!info.ok()) return info.status();
  ToProto(*info, corpus);
  AddState(worker, reindexer, corpus);
  return absl::OkStatus();
}

}  // namespace

absl::Status AdminService::CheckReindexer() const {
  if (reindexer_ != nullptr) return absl::OkStatus();
  return absl::UnavailableError("this server cannot rebuild its corpora");
}

grpc::ServerReadReactor<grpc::ByteBuffer>* AdminService::UpsertArticles(
    grpc::CallbackServerContext* context, grpc::ByteBuffer* response) {
  return StartUpsert(context, dispatcher_, response);
}

grpc::ServerWriteReactor<v1::WatchReindexResponse>* AdminService::WatchReindex(
    grpc::CallbackServerContext* context,
    const v1::WatchReindexRequest* request) {
  return StartWatch(context, dispatcher_, reindexer_, request);
}

grpc::ServerUnaryReactor* AdminService::DeleteArticles(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return dispatcher_
      ->Unary<v1::DeleteArticlesRequest, v1::DeleteArticlesResponse>(
          context, kDeleteArticles, request, response, &HandleDeleteArticles);
}

grpc::ServerUnaryReactor* AdminService::StartReindex(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return dispatcher_->Unary<v1::StartReindexRequest, v1::StartReindexResponse>(
      context, kStartReindex, request, response,
      [this](Worker& /*worker*/, const CallInfo& /*call*/,
             const v1::StartReindexRequest& request,
             v1::StartReindexResponse* response) {
        absl::Status status = CheckReindexer();
        if (!status.ok()) return status;
        auto state = reindexer_.load()->Start(request);
        if (state.ok()) *response->mutable_reindex() = *std::move(state);
        return state.status();
      });
}

grpc::ServerUnaryReactor* AdminService::GetReindex(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return dispatcher_->Unary<v1::GetReindexRequest, v1::GetReindexResponse>(
      context, kGetReindex, request, response,
      [this](Worker& /*worker*/, const CallInfo& /*call*/,
             const v1::GetReindexRequest& request,
             v1::GetReindexResponse* response) {
        absl::Status status = CheckReindexer();
        if (!status.ok()) return status;
        auto state = reindexer_.load()->Get(request.reindex_id());
        if (state.ok()) *response->mutable_reindex() = *std::move(state);
        return state.status();
      });
}

grpc::ServerUnaryReactor* AdminService::CancelReindex(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return dispatcher_
      ->Unary<v1::CancelReindexRequest, v1::CancelReindexResponse>(
          context, kCancelReindex, request, response,
          [this](Worker& /*worker*/, const CallInfo& /*call*/,
                 const v1::CancelReindexRequest& request,
                 v1::CancelReindexResponse* response) {
            absl::Status status = CheckReindexer();
            if (!status.ok()) return status;
            auto state = reindexer_.load()->Cancel(request.reindex_id());
            if (state.ok()) *response->mutable_reindex() = *std::move(state);
            return state.status();
          });
}

grpc::ServerUnaryReactor* AdminService::RollbackCorpus(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return dispatcher_
      ->Unary<v1::RollbackCorpusRequest, v1::RollbackCorpusResponse>(
          context, kRollbackCorpus, request, response,
          [this](Worker& worker, const CallInfo& /*call*/,
                 const v1::RollbackCorpusRequest& request,
                 v1::RollbackCorpusResponse* response) {
            const absl::Status status = worker.library().RollBack(
                request.corpus(), static_cast<uint64_t>(request.generation()));
            if (!status.ok()) return status;
            return ShowCorpus(worker, reindexer_, request.corpus(),
                              response->mutable_corpus());
          });
}

grpc::ServerUnaryReactor* AdminService::ListCorpora(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return dispatcher_->Unary<v1::ListCorporaRequest, v1::ListCorporaResponse>(
      context, kListCorpora, request, response,
      [this](Worker& worker, const CallInfo& /*call*/,
             const v1::ListCorporaRequest& /*request*/,
             v1::ListCorporaResponse* response) {
        for (const engine::CorpusInfo& info : worker.library().ListCorpora()) {
          v1::Corpus* const corpus = response->add_corpora();
          ToProto(info, corpus);
          AddState(worker, reindexer_, corpus);
        }
        for (const auto& [name, reason] : worker.library().ListUnserved()) {
          v1::Corpus* const corpus = response->add_corpora();
          corpus->set_name(name);
          corpus->set_problem(std::string(reason.message()));
        }
        std::sort(response->mutable_corpora()->begin(),
                  response->mutable_corpora()->end(),
                  [](const v1::Corpus& one, const v1::Corpus& other) {
                    return one.name() < other.name();
                  });
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* AdminService::GetCorpus(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return dispatcher_->Unary<v1::GetCorpusRequest, v1::GetCorpusResponse>(
      context, kGetCorpus, request, response,
      [this](Worker& worker, const CallInfo& /*call*/,
             const v1::GetCorpusRequest& request,
             v1::GetCorpusResponse* response) {
        return ShowCorpus(worker, reindexer_, request.corpus(),
                          response->mutable_corpus());
      });
}

grpc::ServerUnaryReactor* AdminService::AnalyzeText(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return dispatcher_->Unary<v1::AnalyzeTextRequest, v1::AnalyzeTextResponse>(
      context, kAnalyzeText, request, response, &HandleAnalyzeText);
}

grpc::ServerUnaryReactor* AdminService::Explain(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return dispatcher_->Unary<v1::ExplainRequest, v1::ExplainResponse>(
      context, kExplain, request, response, &HandleExplain);
}

grpc::ServerUnaryReactor* AdminService::ListSynonyms(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return dispatcher_->Unary<v1::ListSynonymsRequest, v1::ListSynonymsResponse>(
      context, kListSynonyms, request, response, &HandleListSynonyms);
}

grpc::ServerUnaryReactor* AdminService::PutSynonyms(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return dispatcher_->Unary<v1::PutSynonymsRequest, v1::PutSynonymsResponse>(
      context, kPutSynonyms, request, response, &HandlePutSynonyms);
}

grpc::ServerUnaryReactor* AdminService::ListCurations(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return dispatcher_
      ->Unary<v1::ListCurationsRequest, v1::ListCurationsResponse>(
          context, kListCurations, request, response, &HandleListCurations);
}

grpc::ServerUnaryReactor* AdminService::PutCurations(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return dispatcher_->Unary<v1::PutCurationsRequest, v1::PutCurationsResponse>(
      context, kPutCurations, request, response, &HandlePutCurations);
}

grpc::ServerUnaryReactor* AdminService::GetInsights(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return dispatcher_->Unary<v1::GetInsightsRequest, v1::GetInsightsResponse>(
      context, kGetInsights, request, response,
      [insights = insights_](Worker& worker, const CallInfo& call,
                             const v1::GetInsightsRequest& it,
                             v1::GetInsightsResponse* answer) {
        return insights->Handle(worker, call, it, answer);
      });
}

}  // namespace kbsearch::server
