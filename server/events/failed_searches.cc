#include "server/events/failed_searches.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/events/event_recorder.h"
#include "server/events/mask.h"

namespace kbsearch::server::events {
namespace {

constexpr size_t kLeastFailures = 2;
constexpr size_t kMaxQueries = 5;
constexpr size_t kMaxQueryBytes = 200;
constexpr TimeMs kPauseMs = 30 * 60 * 1000;

std::string Query(const std::string& typed) {
  std::string query(absl::StripAsciiWhitespace(typed));
  if (query.size() <= kMaxQueryBytes) return query;
  size_t size = kMaxQueryBytes;
  while (size > 0 && (static_cast<unsigned char>(query[size]) & 0xc0) == 0x80) {
    --size;
  }
  return query.substr(0, size);
}

// Somebody is typing, or taking back what was typed.
bool Continues(const std::string& query, const std::string& before) {
  return absl::StartsWith(query, before) || absl::StartsWith(before, query);
}

bool Failed(const v1::SearchResponse& response) {
  if (response.hits_size() == 0) return true;
  const auto& rewrites = response.interpretation().rewrites();
  return std::any_of(rewrites.begin(), rewrites.end(),
                     [](const auto& it) { return it.applied(); });
}

}  // namespace

FailedSearches::FailedSearches(
    const Options& options, std::shared_ptr<const analyzers::Registry> registry)
    : options_([&] {
        Options complete = options;
        if (!complete.now) complete.now = &SystemTimeMs;
        return complete;
      }()),
      registry_(std::move(registry)) {}

void FailedSearches::Observe(const AnsweredCall& call,
                             const v1::SearchRequest& request,
                             const v1::SearchResponse& response) {
  if (request.session_id().empty() || !request.page_token().empty()) return;
  if (!options_.all_callers && call.role != Role::kPortal) return;
  const TimeMs now = options_.now();
  const std::string query = Query(request.query());
  std::optional<Session> failing;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    Session& session = Touch(request.corpus(), request.session_id());
    const bool is_first =
        session.last_search_id.empty() || now - session.last_at > kPauseMs;
    if (is_first) {
      session.failures.clear();
      session.last_counted = false;
    }
    const bool continues = !is_first && Continues(query, session.last_query);
    const bool was_counted = session.last_counted;
    bool is_news = false;
    if (continues && was_counted) {
      session.failures.pop_back();
    } else if (!is_first && !continues && !was_counted) {
      Count(session, session.last_at);
      is_news = true;
    }
    Remember(session, query, now, request, response);
    if (session.last_counted) {
      Count(session, now);
      // Typing on does not fail once more.
      is_news = is_news || !continues || !was_counted;
    }
    if (is_news && session.failures.size() >= kLeastFailures) failing = session;
  }
  if (failing) Tell(*failing);
}

void FailedSearches::Observe(const AnsweredCall& /*call*/,
                             const v1::RecordEventRequest& request,
                             const v1::RecordEventResponse& /*response*/) {
  switch (request.type()) {
    case v1::RecordEventRequest::TYPE_CLICK:
    case v1::RecordEventRequest::TYPE_HELPFUL:
    case v1::RecordEventRequest::TYPE_SOLVED:
    case v1::RecordEventRequest::TYPE_TICKET_SUBMITTED:
      break;
    default:
      return;
  }
  std::lock_guard<std::mutex> lock(mutex_);
  const auto by_key =
      by_key_.find(absl::StrCat(request.corpus(), "\n", request.session_id()));
  if (by_key != by_key_.end()) return Forget(by_key->second);
  const auto by_id = by_search_id_.find(request.search_id());
  if (by_id != by_search_id_.end()) Forget(by_id->second);
}

FailedSearches::Session& FailedSearches::Touch(const std::string& corpus,
                                               const std::string& session) {
  std::string key = absl::StrCat(corpus, "\n", session);
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    sessions_.splice(sessions_.begin(), sessions_, found->second);
    return sessions_.front();
  }
  if (sessions_.size() >= options_.max_sessions) {
    Forget(std::prev(sessions_.end()));
  }
  Session added;
  added.key = key;
  added.corpus = corpus;
  added.session = session;
  sessions_.push_front(std::move(added));
  by_key_[std::move(key)] = sessions_.begin();
  return sessions_.front();
}

void FailedSearches::Remember(Session& session, const std::string& query,
                              TimeMs now, const v1::SearchRequest& request,
                              const v1::SearchResponse& response) {
  by_search_id_.erase(session.last_search_id);
  session.last_search_id = response.search_id();
  by_search_id_[session.last_search_id] = by_key_.at(session.key);
  session.last_query = query;
  session.last_at = now;
  session.last_counted = Failed(response);
  session.language = response.interpretation().language_code();
  if (session.language.empty()) {
    session.language = registry_->Normalize(request.language_code());
  }
}

void FailedSearches::Forget(SessionList::iterator session) {
  by_key_.erase(session->key);
  by_search_id_.erase(session->last_search_id);
  sessions_.erase(session);
}

void FailedSearches::Count(Session& session, TimeMs at) {
  if (session.failures.size() == kMaxQueries) {
    session.failures.erase(session.failures.begin());
  }
  session.failures.push_back({session.last_query, at});
}

void FailedSearches::Tell(const Session& session) {
  FailingSession failing;
  failing.corpus = session.corpus;
  failing.session = session.session;
  failing.language = session.language;
  failing.first_failed_at = session.failures.front().at;
  failing.last_failed_at = session.failures.back().at;
  for (const Failure& failure : session.failures) {
    failing.queries.push_back(MaskPersonalData(failure.query));
  }
  std::lock_guard<std::mutex> lock(listeners_mutex_);
  for (const auto& [id, listener] : listeners_) listener(failing);
}

int FailedSearches::Subscribe(Listener listener) {
  std::lock_guard<std::mutex> lock(listeners_mutex_);
  const int id = next_listener_++;
  listeners_[id] = std::move(listener);
  return id;
}

void FailedSearches::Unsubscribe(int id) {
  std::lock_guard<std::mutex> lock(listeners_mutex_);
  listeners_.erase(id);
}

}  // namespace kbsearch::server::events
