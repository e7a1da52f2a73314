// The tables of events: made, filled, purged. What they tell is read in
// insights.h.
#ifndef KBSEARCH_SERVER_EVENTS_EVENT_STORE_H_
#define KBSEARCH_SERVER_EVENTS_EVENT_STORE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/events/event.h"
#include "server/events/sql_database.h"

namespace kbsearch::server::events {

// Several stores, in one process or in many, may use one database. Not
// thread-safe.
class EventStore {
 public:
  // Opens the database (OpenDatabase) and makes the tables when they are not
  // there, or adds what an older version's lack. FailedPrecondition: they are
  // of a newer version of kbsearch.
  static absl::StatusOr<std::unique_ptr<EventStore>> Open(
      const std::string& location);

  // Stores all of the batch or nothing. REQUIRES: texts are UTF-8 without NUL.
  absl::Status Append(const Batch& batch);

  // Deletes what happened before a time; returns how many events went. Call it
  // every hour or so.
  absl::StatusOr<int64_t> Purge(TimeMs before, TimeMs now);

  SqlDatabase& database() { return *database_; }

 private:
  explicit EventStore(std::unique_ptr<SqlDatabase> database)
      : database_(std::move(database)) {}
  absl::Status MakeTables();
  absl::Status AppendRows(const Batch& batch);
  absl::StatusOr<bool> IsNew(const Batch& batch);

  std::unique_ptr<SqlDatabase> database_;
};

}  // namespace kbsearch::server::events

#endif  // KBSEARCH_SERVER_EVENTS_EVENT_STORE_H_
