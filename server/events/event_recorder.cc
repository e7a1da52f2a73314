#include "server/events/event_recorder.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include "server/events/mask.h"
#include "server/log.h"
#include "server/request_id.h"

namespace kbsearch::server::events {
namespace {

// What a transaction holds at most.
constexpr size_t kMaxBatch = 5000;
// Of a query or subject; what is longer says no more of the matter.
constexpr size_t kMaxTextBytes = 500;
// Hits of a search that are recorded as shown.
constexpr int kMaxShown = 10;
constexpr TimeMs kHourMs = 3600 * 1000;
constexpr TimeMs kDayMs = 24 * kHourMs;
// A text's language overrules the customer's own when it is as probable.
constexpr double kSure = 0.95;
constexpr std::chrono::milliseconds kRetryPause{500};
// Of a batch, when the program is stopping.
constexpr int kLastTries = 3;

// The text's beginning, whole characters, without NUL (which PostgreSQL does
// not take).
std::string Beginning(const std::string& text) {
  size_t size = std::min(text.size(), kMaxTextBytes);
  while (size > 0 && size < text.size() &&
         (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) {
    --size;
  }
  std::string beginning = text.substr(0, size);
  std::replace(beginning.begin(), beginning.end(), '\0', ' ');
  return beginning;
}

template <class Hits, class GetHit>
std::vector<ShownArticle> Shown(const Hits& hits, const GetHit& get) {
  std::vector<ShownArticle> shown;
  const int count = std::min(hits.size(), kMaxShown);
  shown.reserve(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) shown.push_back(get(hits[i]));
  return shown;
}

std::string FirstLine(const std::string& text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_first_of("\r\n", begin) - begin);
}

std::string Detail(const absl::Status& status) {
  return LogValue(std::string(status.message()));
}

}  // namespace

TimeMs SystemTimeMs() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string QueryLanguage(const analyzers::LanguageIdentifier& identifier,
                          const std::string& text, const std::string& locale,
                          const std::string& interpreted) {
  if (locale.empty() || locale == interpreted) return interpreted;
  if (interpreted.empty()) return locale;
  const std::string either[] = {locale, interpreted};
  const auto guesses = identifier.Identify(text, locale, either);
  return !guesses.empty() && guesses.front().probability >= kSure
             ? guesses.front().language
             : locale;
}

absl::StatusOr<std::unique_ptr<EventRecorder>> EventRecorder::Start(
    const EventOptions& options,
    std::shared_ptr<const analyzers::Registry> registry,
    prometheus::Registry& metrics) {
  absl::StatusOr<std::string> key = LoadOrMakeKey(options.key_file);
  if (!key.ok()) return key.status();
  absl::StatusOr<std::unique_ptr<EventStore>> store =
      EventStore::Open(options.location);
  if (!store.ok()) return store.status();
  EventOptions complete = options;
  if (!complete.now) complete.now = &SystemTimeMs;
  return std::unique_ptr<EventRecorder>(
      new EventRecorder(complete, std::move(registry), *std::move(key),
                        *std::move(store), metrics));
}

EventRecorder::EventRecorder(
    const EventOptions& options,
    std::shared_ptr<const analyzers::Registry> registry, std::string key,
    std::unique_ptr<EventStore> store, prometheus::Registry& metrics)
    : options_(options),
      registry_(registry),
      clusters_(std::move(registry), std::move(key)),
      store_(std::move(store)),
      recorded_(prometheus::BuildCounter()
                    .Name("kbsearch_events_recorded_total")
                    .Help("Events stored")
                    .Register(metrics)
                    .Add({})),
      lost_(prometheus::BuildCounter()
                .Name("kbsearch_events_lost_total")
                .Help("Events lost because their database was too slow or gone")
                .Register(metrics)
                .Add({})),
      failed_writes_(prometheus::BuildCounter()
                         .Name("kbsearch_event_write_failures_total")
                         .Help("Failed attempts to store a batch of events")
                         .Register(metrics)
                         .Add({})) {
  thread_ = std::thread([this] { Loop(); });
}

EventRecorder::~EventRecorder() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void EventRecorder::Observe(const AnsweredCall& call,
                            const v1::SearchRequest& request,
                            const v1::SearchResponse& response) {
  // Later pages are of the same search.
  if (!IsRecorded(call) || !request.page_token().empty()) return;
  PendingSearch pending;
  SearchEvent& event = pending.event;
  event.search_id = response.search_id();
  event.corpus = request.corpus();
  event.at = options_.now();
  event.session = Beginning(request.session_id());
  event.language = response.interpretation().language_code();
  pending.locale = registry_->Normalize(request.languages_size() == 1
                                            ? request.languages(0)
                                            : request.language_code());
  event.text = Beginning(request.query());
  event.results =
      std::max<int64_t>(response.total_size(), response.hits_size());
  const auto& rewrites = response.interpretation().rewrites();
  event.rescued = std::any_of(rewrites.begin(), rewrites.end(),
                              [](const auto& it) { return it.applied(); });
  event.shown = Shown(response.hits(), [](const v1::Hit& hit) {
    return ShownArticle{hit.article_id(), hit.language_code(), 0};
  });
  const TimeMs at = event.at;
  Push(std::move(pending), "Search", request.corpus(), at, call.latency);
}

void EventRecorder::Observe(const AnsweredCall& call,
                            const v1::AutocompleteRequest& request,
                            const v1::AutocompleteResponse& /*response*/) {
  if (!IsRecorded(call)) return;
  Push(LatencySample{request.corpus(), "Autocomplete", options_.now(),
                     call.latency});
}

void EventRecorder::Observe(const AnsweredCall& call,
                            const v1::SuggestArticlesRequest& request,
                            const v1::SuggestArticlesResponse& response) {
  if (!IsRecorded(call)) return;
  SuggestionEvent event;
  event.suggestion_id = response.suggestion_id();
  event.corpus = request.corpus();
  event.at = options_.now();
  event.session = Beginning(request.session_id());
  event.language = response.language_codes_size() > 0
                       ? response.language_codes(0)
                       : registry_->Normalize(request.language_code());
  const std::string subject = FirstLine(request.subject());
  event.text = Beginning(subject.empty() ? FirstLine(request.body()) : subject);
  event.draft = request.draft();
  event.shown = Shown(response.suggestions(), [](const v1::Suggestion& it) {
    return ShownArticle{it.hit().article_id(), it.hit().language_code(),
                        it.confidence()};
  });
  const TimeMs at = event.at;
  Push(std::move(event), "SuggestArticles", request.corpus(), at, call.latency);
}

void EventRecorder::Observe(const AnsweredCall& call,
                            const v1::RecordEventRequest& request,
                            const v1::RecordEventResponse& /*response*/) {
  if (!IsRecorded(call)) return;
  OutcomeEvent event;
  event.corpus = request.corpus();
  event.at = options_.now();
  event.session = Beginning(request.session_id());
  event.type = static_cast<OutcomeType>(request.type());
  event.search_id = Beginning(request.search_id());
  event.suggestion_id = Beginning(request.suggestion_id());
  event.article_id = Beginning(request.article_id());
  event.language = registry_->Normalize(request.language_code());
  event.position = request.position();
  Push(std::move(event));
}

void EventRecorder::Push(Pending event, const char* call,
                         const std::string& corpus, TimeMs at,
                         std::chrono::microseconds latency) {
  Push(std::move(event));
  Push(LatencySample{corpus, call, at, latency});
}

void EventRecorder::Push(Pending event) {
  bool is_half_full = false;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (queue_.size() >= options_.queue_limit) {
      lost_.Increment();
      return;
    }
    queue_.push_back(std::move(event));
    is_half_full = queue_.size() == options_.queue_limit / 2;
  }
  if (is_half_full) wake_.notify_one();
}

void EventRecorder::Loop() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    wake_.wait_for(lock, options_.flush_interval, [this] {
      return stopping_ || queue_.size() >= options_.queue_limit / 2;
    });
    std::vector<Pending> taken = std::move(queue_);
    queue_.clear();
    const bool is_last = stopping_;
    lock.unlock();
    Store(std::move(taken));
    if (is_last) return;
    PurgeIfDue();
    lock.lock();
  }
}

void EventRecorder::Store(std::vector<Pending> events) {
  for (size_t i = 0; i < events.size(); i += kMaxBatch) {
    const size_t count = std::min(kMaxBatch, events.size() - i);
    const Batch batch = Prepare(std::span(events).subspan(i, count));
    (Append(batch) ? recorded_ : lost_).Increment(static_cast<double>(count));
  }
}

Batch EventRecorder::Prepare(std::span<Pending> events) {
  Batch batch;
  batch.batch_id = RandomHex(12);
  batch.at = options_.now();
  using Key = std::tuple<std::string, std::string, int64_t, int64_t>;
  std::map<Key, int64_t> latencies;
  for (Pending& event : events) {
    if (auto* pending = std::get_if<PendingSearch>(&event)) {
      SearchEvent& search = pending->event;
      search.language = QueryLanguage(registry_->identifier(), search.text,
                                      pending->locale, search.language);
      Prepare(&search.text, &search.cluster, search.language);
      batch.searches.push_back(std::move(search));
    } else if (auto* suggestion = std::get_if<SuggestionEvent>(&event)) {
      Prepare(&suggestion->text, &suggestion->cluster, suggestion->language);
      batch.suggestions.push_back(std::move(*suggestion));
    } else if (auto* outcome = std::get_if<OutcomeEvent>(&event)) {
      batch.outcomes.push_back(std::move(*outcome));
    } else if (const auto* sample = std::get_if<LatencySample>(&event)) {
      ++latencies[{sample->corpus, sample->call, sample->at / kHourMs,
                   LatencyBucket(sample->latency.count())}];
    }
  }
  for (const auto& [key, count] : latencies) {
    const auto& [corpus, call, hour, bucket] = key;
    batch.latencies.push_back({corpus, call, hour, bucket, count});
  }
  return batch;
}

void EventRecorder::Prepare(std::string* text, std::string* cluster,
                            const std::string& language) {
  *cluster = clusters_.Make(*text, language);
  *text = options_.keep_text ? MaskPersonalData(*text) : std::string();
}

bool EventRecorder::Append(const Batch& batch) {
  bool was_told = false;
  int last_tries = 0;
  while (true) {
    const absl::Status status = store_->Append(batch);
    if (status.ok()) {
      if (was_told) spdlog::info("event=events_stored_again");
      return true;
    }
    failed_writes_.Increment();
    if (!was_told)
      spdlog::error("event=events_failed detail={}", Detail(status));
    was_told = true;
    // The same statement would fail again.
    if (!absl::IsUnavailable(status)) return false;
    std::unique_lock<std::mutex> lock(mutex_);
    if (stopping_ && ++last_tries >= kLastTries) return false;
    if (stopping_) {
      lock.unlock();
      std::this_thread::sleep_for(kRetryPause);
    } else {
      wake_.wait_for(lock, kRetryPause, [this] { return stopping_; });
    }
  }
}

void EventRecorder::PurgeIfDue() {
  const TimeMs now = options_.now();
  if (options_.retention_days == 0 || now < next_purge_) return;
  next_purge_ = now + kHourMs;
  const absl::StatusOr<int64_t> purged =
      store_->Purge(now - options_.retention_days * kDayMs, now);
  if (!purged.ok()) {
    spdlog::error("event=purge_failed detail={}", Detail(purged.status()));
  } else if (*purged > 0) {
    spdlog::info("event=events_purged count={}", *purged);
  }
}

}  // namespace kbsearch::server::events
