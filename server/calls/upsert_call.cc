// UpsertArticles: records are read as fast as they can be written to the log;
// workers check and write them, some at a time.
#include <spdlog/spdlog.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/index/article_check.h"
#include "engine/live/change_log.h"
#include "server/calls/convert.h"
#include "server/calls/operations.h"
#include "server/calls/validate.h"
#include "server/grpc_status.h"
#include "server/log.h"
#include "server/request_id.h"

namespace kbsearch::server {
namespace {

using Clock = std::chrono::steady_clock;

constexpr Method kUpsert = {"kbsearch.v1.AdminService/UpsertArticles", true};
// Records that become durable together.
constexpr size_t kBatchRecords = 128;
constexpr size_t kBatchBytes = 1 << 20;
// Of one call.
constexpr int kMostRecords = 100'000;

class UpsertCall : public grpc::ServerReadReactor<grpc::ByteBuffer> {
 public:
  UpsertCall(grpc::CallbackServerContext* context, Dispatcher* dispatcher,
             grpc::ByteBuffer* output)
      : context_(context), dispatcher_(dispatcher), output_(output) {
    const auto given = context->client_metadata().find("x-request-id");
    request_id_ = RequestIdFrom(
        given == context->client_metadata().end()
            ? ""
            : std::string(given->second.data(), given->second.size()));
  }

  void Begin() {
    absl::StatusOr<Caller> caller =
        dispatcher_->AdmitStream(*context_, kUpsert);
    if (!caller.ok()) return End(caller.status());
    caller_ = *std::move(caller);
    StartRead(&input_);
  }

 private:
  void OnReadDone(bool ok) override {
    if (!ok) {
      at_end_ = true;
      return Write();
    }
    v1::UpsertArticlesRequest request;
    const int number =
        response_.results_size() + static_cast<int>(articles_.size());
    if (!grpc::SerializationTraits<v1::UpsertArticlesRequest>::Deserialize(
             &input_, &request)
             .ok()) {
      return End(absl::InvalidArgumentError(
          absl::StrCat("record ", number,
                       " is not a valid kbsearch.v1.UpsertArticlesRequest "
                       "message; texts must be UTF-8")));
    }
    if (!request.corpus().empty() && corpus_.empty()) {
      corpus_ = request.corpus();
    }
    if (corpus_.empty()) {
      return End(
          InvalidFields({{"corpus", "is required in the first message"}}));
    }
    if (!request.corpus().empty() && request.corpus() != corpus_) {
      return End(
          InvalidFields({{"corpus",
                          "is another than in the first message: one corpus a "
                          "call"}}));
    }
    if (number >= kMostRecords) {
      return End(absl::InvalidArgumentError(absl::StrCat(
          "more than ", kMostRecords,
          " records in a call: send fewer at a time; to put an article again "
          "does no harm")));
    }
    bytes_ += request.ByteSizeLong();
    articles_.push_back(std::move(*request.mutable_article()));
    if (articles_.size() >= kBatchRecords || bytes_ >= kBatchBytes) {
      return Write();
    }
    StartRead(&input_);
  }

  // Has a worker write what was read, then reads on.
  void Write() {
    if (articles_.empty()) return End(absl::OkStatus());
    WorkerTask task;
    task.cancelled = [] { return false; };
    task.run = [this](Worker& worker) { Done(WriteBatch(worker)); };
    task.drop = [this](const absl::Status& status) { Done(status); };
    const absl::Status status = dispatcher_->pool()->Submit(std::move(task));
    if (!status.ok()) End(status);
  }

  absl::Status WriteBatch(Worker& worker) {
    std::vector<engine::Change> changes;
    for (const v1::Article& article : articles_) {
      engine::Change change;
      change.article = ToEngine(article);
      auto* result = response_.add_results();
      const absl::StatusOr<bool> checked =
          engine::CheckArticle(worker.library().registry(), &change.article);
      result->set_article_id(article.article_id());
      result->set_language_code(checked.ok() ? change.article.language
                                             : article.language_code());
      const std::string fault = ArticleFault(article);
      if (!fault.empty()) {
        result->set_error(fault);
      } else if (checked.ok()) {
        changes.push_back(std::move(change));
      } else {
        result->set_error(std::string(checked.status().message()));
      }
    }
    articles_.clear();
    bytes_ = 0;
    if (changes.empty()) return worker.library().GetCorpus(corpus_).status();
    return worker.library().AppendChanges(corpus_, std::move(changes)).status();
  }

  void Done(const absl::Status& status) {
    if (!status.ok() || at_end_) return End(status);
    StartRead(&input_);
  }

  void End(absl::Status status) {
    bool own_buffer = false;
    if (status.ok() &&
        !grpc::SerializationTraits<v1::UpsertArticlesResponse>::Serialize(
             response_, output_, &own_buffer)
             .ok()) {
      status = absl::InternalError("the answer cannot be serialised");
    }
    const grpc::Status answer = ToGrpcStatus(status, request_id_);
    const double seconds =
        std::chrono::duration<double>(Clock::now() - start_).count();
    const char* code = CodeName(answer.error_code());
    dispatcher_->metrics().Count(kUpsert.name, code, seconds);
    const std::string detail(status.message());
    spdlog::info(
        "event=call request_id={} method={} caller={} status={} ms={:.2f} "
        "records={} detail={}",
        request_id_, kUpsert.name, LogValue(caller_.name), code, seconds * 1000,
        response_.results_size(), LogValue(detail));
    context_->AddTrailingMetadata("x-request-id", request_id_);
    Finish(answer);
  }

  void OnDone() override { delete this; }

  grpc::CallbackServerContext* const context_;
  Dispatcher* const dispatcher_;
  grpc::ByteBuffer* const output_;
  const Clock::time_point start_ = Clock::now();
  std::string request_id_;
  Caller caller_;
  // One of the reactor and a worker touches these at a time.
  grpc::ByteBuffer input_;
  v1::UpsertArticlesResponse response_;
  std::string corpus_;
  std::vector<v1::Article> articles_;  // read, not written
  size_t bytes_ = 0;
  bool at_end_ = false;
};

}  // namespace

grpc::ServerReadReactor<grpc::ByteBuffer>* StartUpsert(
    grpc::CallbackServerContext* context, Dispatcher* dispatcher,
    grpc::ByteBuffer* response) {
  auto* call = new UpsertCall(context, dispatcher, response);
  call->Begin();
  return call;
}

}  // namespace kbsearch::server
