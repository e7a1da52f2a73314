// Writes down what customers search for and what came of it, off the path of
// their requests: a bounded queue, and one thread that stores it in batches.
#ifndef KBSEARCH_SERVER_EVENTS_EVENT_RECORDER_H_
#define KBSEARCH_SERVER_EVENTS_EVENT_RECORDER_H_

#include <prometheus/counter.h>
#include <prometheus/registry.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "analyzers/registry.h"
#include "server/call_observer.h"
#include "server/events/cluster_key.h"
#include "server/events/event_store.h"

namespace kbsearch::server::events {

struct EventOptions {
  std::string location;  // see OpenDatabase; empty: nothing is recorded
  std::string key_file;  // of the queries' keyed hash; made when missing
  // What a kill of the program can lose.
  std::chrono::milliseconds flush_interval{1000};
  int retention_days = 400;  // 0: for ever
  bool keep_text = false;    // store queries, masked
  // Record agents' and operators' searches too, not customers' alone.
  bool all_callers = false;
  // Events that wait to be stored; when there are more, the newest are lost
  // (and counted).
  size_t queue_limit = 50000;
  // Replaced by tests; empty: the system's clock.
  std::function<TimeMs()> now;
};

TimeMs SystemTimeMs();

// The language that a query is counted in. Where the search took it for another
// than the customer's own (`locale`), because that is where its words are
// found, the text itself decides, and where it says little, the locale:
// "telefax" of a Dutch customer is a Dutch query, and a Dutch article is
// missing, though only English articles have the word. Either may be empty.
std::string QueryLanguage(const analyzers::LanguageIdentifier& identifier,
                          const std::string& text, const std::string& locale,
                          const std::string& interpreted);

// Thread-safe. Destroyed, it stores what it still has.
class EventRecorder final : public CallObserver {
 public:
  // Errors are for the operator: the database or the key cannot be opened.
  // `metrics` must outlive the recorder.
  static absl::StatusOr<std::unique_ptr<EventRecorder>> Start(
      const EventOptions& options,
      std::shared_ptr<const analyzers::Registry> registry,
      prometheus::Registry& metrics);
  ~EventRecorder() override;

  void Observe(const AnsweredCall& call, const v1::SearchRequest& request,
               const v1::SearchResponse& response) override;
  void Observe(const AnsweredCall& call, const v1::AutocompleteRequest& request,
               const v1::AutocompleteResponse& response) override;
  void Observe(const AnsweredCall& call,
               const v1::SuggestArticlesRequest& request,
               const v1::SuggestArticlesResponse& response) override;
  void Observe(const AnsweredCall& call, const v1::RecordEventRequest& request,
               const v1::RecordEventResponse& response) override;

 private:
  struct LatencySample {
    std::string corpus;
    const char* call;
    TimeMs at = 0;
    std::chrono::microseconds latency{0};
  };
  struct PendingSearch {
    SearchEvent event;   // its language is the interpreted one, until Prepare
    std::string locale;  // what the customer reads
  };
  // Texts in it are as typed, until Prepare.
  using Pending =
      std::variant<PendingSearch, SuggestionEvent, OutcomeEvent, LatencySample>;

  EventRecorder(const EventOptions& options,
                std::shared_ptr<const analyzers::Registry> registry,
                std::string key, std::unique_ptr<EventStore> store,
                prometheus::Registry& metrics);
  bool IsRecorded(const AnsweredCall& call) const {
    return options_.all_callers || call.role == Role::kPortal;
  }
  void Push(Pending event, const char* call, const std::string& corpus,
            TimeMs at, std::chrono::microseconds latency);
  void Push(Pending event);

  // The thread's own.
  void Loop();
  void Store(std::vector<Pending> events);
  Batch Prepare(std::span<Pending> events);
  void Prepare(std::string* text, std::string* cluster,
               const std::string& language);
  bool Append(const Batch& batch);
  void PurgeIfDue();

  const EventOptions options_;
  const std::shared_ptr<const analyzers::Registry> registry_;
  ClusterKeyMaker clusters_;           // the thread's own
  std::unique_ptr<EventStore> store_;  // the thread's own
  TimeMs next_purge_ = 0;              // the thread's own
  prometheus::Counter& recorded_;
  prometheus::Counter& lost_;
  prometheus::Counter& failed_writes_;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Pending> queue_;  // guarded by mutex_
  bool stopping_ = false;       // guarded by mutex_
  std::thread thread_;
};

}  // namespace kbsearch::server::events

#endif  // KBSEARCH_SERVER_EVENTS_EVENT_RECORDER_H_
