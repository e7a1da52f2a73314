#include "server/calls/event_handlers.h"

#include <algorithm>
#include <utility>

#include "engine/generations/generations.h"
#include "server/events/content_report.h"
#include "server/events/event_time.h"
#include "server/events/insights.h"

namespace kbsearch::server {
namespace {

constexpr int64_t kDefaultRows = 20;
constexpr int64_t kMaxRows = 1000;
constexpr events::TimeMs kDefaultSpanMs = events::TimeMs{28} * 24 * 3600 * 1000;

events::InsightWindow WindowOf(const v1::GetInsightsRequest& request,
                               const analyzers::Registry& registry,
                               events::TimeMs now) {
  events::InsightWindow window;
  window.corpus = request.corpus();
  // What happens within this millisecond is in it.
  window.until = request.has_until() ? events::ToMs(request.until()) : now + 1;
  window.since = request.has_since() ? events::ToMs(request.since())
                                     : window.until - kDefaultSpanMs;
  window.language = registry.Normalize(request.language_code());
  window.max_rows = request.max_rows() == 0
                        ? kDefaultRows
                        : std::min<int64_t>(request.max_rows(), kMaxRows);
  return window;
}

}  // namespace

absl::Status HandleRecordEvent(Worker& worker, const CallInfo& /*call*/,
                               const v1::RecordEventRequest& request,
                               v1::RecordEventResponse* /*response*/) {
  return worker.library().GetCorpus(request.corpus()).status();
}

absl::Status InsightHandler::Handle(Worker& worker, const CallInfo& call,
                                    const v1::GetInsightsRequest& request,
                                    v1::GetInsightsResponse* response) {
  const absl::StatusOr<engine::CorpusInfo> corpus =
      worker.library().GetCorpus(request.corpus());
  if (!corpus.ok()) return corpus.status();
  if (options_.location.empty()) {
    return absl::FailedPreconditionError(
        "this server records no events: start it without --events off");
  }
  std::lock_guard<std::mutex> lock(mutex_);
  if (store_ == nullptr) {
    auto opened = events::EventStore::Open(options_.location);
    if (!opened.ok()) return opened.status();
    store_ = *std::move(opened);
  }
  events::SqlDatabase& database = store_->database();
  absl::Status status = database.SetDeadline(call.deadline);
  if (!status.ok()) return status;
  const events::TimeMs now =
      options_.now ? options_.now() : events::SystemTimeMs();
  const events::InsightWindow window =
      WindowOf(request, worker.library().registry(), now);
  events::SetTime(window.since, response->mutable_since());
  events::SetTime(window.until, response->mutable_until());
  const auto reader = events::InsightReader::Open(database, window);
  if (!reader.ok()) return reader.status();
  status = events::FillInsights(**reader, response);
  if (!status.ok()) return status;
  std::vector<std::string> languages;
  for (const engine::LanguageStats& stats : corpus->languages) {
    languages.push_back(stats.language);
  }
  const events::IndexedCorpus index = {
      worker.searcher(),
      [&](const std::string& language) -> analyzers::Analyzer& {
        return worker.analyzer(language);
      },
      std::move(languages),
      engine::GenerationFolder(data_dir_, request.corpus(), corpus->generation),
      call.deadline};
  return events::ContentReport(**reader, index).Fill(response);
}

}  // namespace kbsearch::server
