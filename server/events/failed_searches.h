// Notices sessions whose searches keep failing, as it happens, so that somebody
// can step in where customers do not find.
#ifndef KBSEARCH_SERVER_EVENTS_FAILED_SEARCHES_H_
#define KBSEARCH_SERVER_EVENTS_FAILED_SEARCHES_H_

#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "analyzers/registry.h"
#include "server/call_observer.h"
#include "server/events/event.h"

namespace kbsearch::server::events {

// A session in which two or more searches in a row have failed.
struct FailingSession {
  std::string corpus;
  std::string session;
  std::string language;              // of the latest search
  std::vector<std::string> queries;  // that failed, oldest first; masked
  TimeMs first_failed_at = 0;
  TimeMs last_failed_at = 0;
};

// A search has failed when it had no results, when it had to be changed to have
// any (interpretation.rewrites), or when another search followed it without a
// click. Failures count in a row: a click, "helpful", "solved" or a submitted
// ticket ends it, and so do 30 minutes without a search. A query that continues
// the one before ("vp" → "vpn") takes its place: somebody is typing. Only
// customers' searches with a session_id are looked at.
//
// Worked example, one session:
//   "pritner offline"  found after a correction     1 failed
//   "printer offline"  results, no click            1
//   "print queue"      results                      2 → told: "pritner
//   offline",
//                                                    "printer offline"
//
// Kept in memory, by each server for the searches it answers. Thread-safe.
class FailedSearches final : public CallObserver {
 public:
  // Called on a worker's thread, one call at a time: must not block, nor call
  // back.
  using Listener = std::function<void(const FailingSession&)>;

  struct Options {
    size_t max_sessions = 20000;  // the least recently active are forgotten
    bool all_callers = false;     // see EventOptions
    std::function<TimeMs()> now;
  };
  FailedSearches(const Options& options,
                 std::shared_ptr<const analyzers::Registry> registry);

  void Observe(const AnsweredCall& call, const v1::SearchRequest& request,
               const v1::SearchResponse& response) override;
  void Observe(const AnsweredCall& call, const v1::RecordEventRequest& request,
               const v1::RecordEventResponse& response) override;

  // The listener is not called any more once Unsubscribe has returned.
  int Subscribe(Listener listener);
  void Unsubscribe(int id);

 private:
  struct Failure {
    std::string query;
    TimeMs at = 0;
  };
  struct Session {
    std::string key;
    std::string corpus;
    std::string session;
    std::string language;
    std::string last_search_id;
    std::string last_query;
    TimeMs last_at = 0;
    bool last_counted = false;      // the last search is among the failures
    std::vector<Failure> failures;  // the latest kMaxQueries
  };
  using SessionList = std::list<Session>;  // most recently active first

  Session& Touch(const std::string& corpus, const std::string& session);
  void Forget(SessionList::iterator session);
  // Makes the search answered the session's last one.
  void Remember(Session& session, const std::string& query, TimeMs now,
                const v1::SearchRequest& request,
                const v1::SearchResponse& response);
  // Adds the last search to the failures.
  void Count(Session& session, TimeMs at);
  void Tell(const Session& session);

  const Options options_;
  const std::shared_ptr<const analyzers::Registry> registry_;

  std::mutex mutex_;  // of all below
  SessionList sessions_;
  std::unordered_map<std::string, SessionList::iterator> by_key_;
  // Of each session's last search: a click may come without a session.
  std::unordered_map<std::string, SessionList::iterator> by_search_id_;

  std::mutex listeners_mutex_;  // held while listeners are called
  std::unordered_map<int, Listener> listeners_;
  int next_listener_ = 0;
};

}  // namespace kbsearch::server::events

#endif  // KBSEARCH_SERVER_EVENTS_FAILED_SEARCHES_H_
