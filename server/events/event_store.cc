#include "server/events/event_store.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace kbsearch::server::events {
namespace {

// 2: lists have a key (list_key).
constexpr int64_t kSchemaVersion = 2;
constexpr TimeMs kHourMs = 3600 * 1000;
constexpr size_t kListKeyBytes = 8;
// A batch is tried again for minutes, not for days.
constexpr TimeMs kBatchMemoryMs = 24 * kHourMs;
constexpr char kOnce[] = "ON CONFLICT DO NOTHING";

// Texts are '' rather than NULL, so that comparing them needs no special case.
constexpr const char* kTables[] = {
    "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS batches ("
    "batch_id TEXT PRIMARY KEY, at BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS searches ("
    "search_id TEXT PRIMARY KEY, corpus TEXT NOT NULL, at BIGINT NOT NULL, "
    "session TEXT NOT NULL, language TEXT NOT NULL, cluster TEXT NOT NULL, "
    "query TEXT NOT NULL, results BIGINT NOT NULL, rescued BIGINT NOT NULL, "
    "list_key TEXT NOT NULL DEFAULT '')",
    "CREATE TABLE IF NOT EXISTS suggestions ("
    "suggestion_id TEXT PRIMARY KEY, corpus TEXT NOT NULL, "
    "at BIGINT NOT NULL, session TEXT NOT NULL, language TEXT NOT NULL, "
    "cluster TEXT NOT NULL, query TEXT NOT NULL, draft BIGINT NOT NULL, "
    "articles BIGINT NOT NULL, list_key TEXT NOT NULL DEFAULT '')",
    "CREATE TABLE IF NOT EXISTS shown ("
    "list_id TEXT NOT NULL, corpus TEXT NOT NULL, at BIGINT NOT NULL, "
    "position BIGINT NOT NULL, article_id TEXT NOT NULL, "
    "language TEXT NOT NULL, confidence DOUBLE PRECISION NOT NULL, "
    "PRIMARY KEY (list_id, position))",
    "CREATE TABLE IF NOT EXISTS outcomes ("
    "corpus TEXT NOT NULL, at BIGINT NOT NULL, session TEXT NOT NULL, "
    "type BIGINT NOT NULL, search_id TEXT NOT NULL, "
    "suggestion_id TEXT NOT NULL, article_id TEXT NOT NULL, "
    "language TEXT NOT NULL, position BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS latencies ("
    "corpus TEXT NOT NULL, call TEXT NOT NULL, hour BIGINT NOT NULL, "
    "bucket BIGINT NOT NULL, count BIGINT NOT NULL, "
    "PRIMARY KEY (corpus, hour, call, bucket))",
    "CREATE INDEX IF NOT EXISTS searches_at ON searches (at)",
    "CREATE INDEX IF NOT EXISTS suggestions_at ON suggestions (at)",
    "CREATE INDEX IF NOT EXISTS shown_at ON shown (at)",
    "CREATE INDEX IF NOT EXISTS outcomes_at ON outcomes (at)",
};

// Steps from version 1 to 2. Lists of before have no key, and are each its own.
constexpr const char* kFromVersion1[] = {
    "ALTER TABLE searches ADD COLUMN list_key TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE suggestions ADD COLUMN list_key TEXT NOT NULL DEFAULT ''",
    "UPDATE schema_version SET version = 2",
};

// Equal for lists of the same articles in the same order, so that insights read
// each such list once: 64 bits of SHA-256 over "<id> <language>\n" of each.
std::string ListKey(const std::vector<ShownArticle>& shown) {
  std::string text;
  for (const ShownArticle& article : shown) {
    absl::StrAppend(&text, article.article_id, " ", article.language, "\n");
  }
  unsigned char hash[EVP_MAX_MD_SIZE];
  EVP_Digest(text.data(), text.size(), hash, nullptr, EVP_sha256(), nullptr);
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(hash), kListKeyBytes));
}

// Runs `body` in a transaction that `begin` has begun; nothing stays of it when
// it fails.
absl::Status InTransaction(SqlDatabase& database, absl::Status begun,
                           const std::function<absl::Status()>& body) {
  absl::Status status = std::move(begun);
  if (status.ok()) status = body();
  if (status.ok()) status = database.Run("COMMIT").status();
  if (!status.ok()) database.Rollback();
  return status;
}

absl::Status RunAll(SqlDatabase& database,
                    std::span<const char* const> statements) {
  for (const char* statement : statements) {
    if (auto rows = database.Run(statement); !rows.ok()) return rows.status();
  }
  return absl::OkStatus();
}

// Rows gathered into few statements: INSERT INTO … VALUES (…), (…), …
class Inserter {
 public:
  Inserter(SqlDatabase& database, std::string head, size_t columns,
           std::string tail)
      : database_(database),
        head_(std::move(head)),
        tail_(std::move(tail)),
        columns_(columns),
        max_rows_(
            std::min<size_t>(kMaxRows, database.max_parameters() / columns)) {}

  absl::Status Add(SqlRow row) {
    for (SqlValue& value : row) values_.push_back(std::move(value));
    return values_.size() < max_rows_ * columns_ ? absl::OkStatus() : Flush();
  }

  absl::Status Flush() {
    if (values_.empty()) return absl::OkStatus();
    std::string sql = head_;
    for (size_t i = 0; i < values_.size(); ++i) {
      absl::StrAppend(&sql,
                      i % columns_ != 0 ? ", "
                      : i == 0          ? " ("
                                        : "), (",
                      "$", i + 1);
    }
    absl::StrAppend(&sql, ") ", tail_);
    const absl::Status status = database_.Run(sql, values_).status();
    values_.clear();
    return status;
  }

 private:
  // More in a statement gain nothing.
  static constexpr size_t kMaxRows = 250;

  SqlDatabase& database_;
  const std::string head_;
  const std::string tail_;
  const size_t columns_;
  const size_t max_rows_;
  SqlRow values_;
};

absl::Status AddShown(Inserter& shown, const std::string& list_id,
                      const std::string& corpus, TimeMs at,
                      const std::vector<ShownArticle>& articles) {
  int64_t position = 0;
  for (const ShownArticle& article : articles) {
    absl::Status status =
        shown.Add({list_id, corpus, at, ++position, article.article_id,
                   article.language, article.confidence});
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status AppendSearches(SqlDatabase& database,
                            const std::vector<SearchEvent>& events,
                            Inserter& shown) {
  Inserter searches(database,
                    "INSERT INTO searches (search_id, corpus, at, session, "
                    "language, cluster, query, results, rescued, list_key) "
                    "VALUES",
                    10, kOnce);
  absl::Status status;
  for (const SearchEvent& it : events) {
    status.Update(searches.Add({it.search_id, it.corpus, it.at, it.session,
                                it.language, it.cluster, it.text, it.results,
                                int64_t{it.rescued}, ListKey(it.shown)}));
    status.Update(AddShown(shown, it.search_id, it.corpus, it.at, it.shown));
    if (!status.ok()) return status;
  }
  return searches.Flush();
}

absl::Status AppendSuggestions(SqlDatabase& database,
                               const std::vector<SuggestionEvent>& events,
                               Inserter& shown) {
  Inserter suggestions(
      database,
      "INSERT INTO suggestions (suggestion_id, corpus, at, session, language, "
      "cluster, query, draft, articles, list_key) VALUES",
      10, kOnce);
  absl::Status status;
  for (const SuggestionEvent& it : events) {
    status.Update(suggestions.Add(
        {it.suggestion_id, it.corpus, it.at, it.session, it.language,
         it.cluster, it.text, int64_t{it.draft},
         static_cast<int64_t>(it.shown.size()), ListKey(it.shown)}));
    status.Update(
        AddShown(shown, it.suggestion_id, it.corpus, it.at, it.shown));
    if (!status.ok()) return status;
  }
  return suggestions.Flush();
}

absl::Status AppendOutcomes(SqlDatabase& database,
                            const std::vector<OutcomeEvent>& events) {
  Inserter outcomes(database,
                    "INSERT INTO outcomes (corpus, at, session, type, "
                    "search_id, suggestion_id, article_id, language, position)"
                    " VALUES",
                    9, "");
  for (const OutcomeEvent& it : events) {
    absl::Status status = outcomes.Add(
        {it.corpus, it.at, it.session, static_cast<int64_t>(it.type),
         it.search_id, it.suggestion_id, it.article_id, it.language,
         it.position});
    if (!status.ok()) return status;
  }
  return outcomes.Flush();
}

absl::Status AppendLatencies(SqlDatabase& database,
                             std::vector<LatencyCount> counts) {
  Inserter latencies(database,
                     "INSERT INTO latencies (corpus, call, hour, bucket, "
                     "count) VALUES",
                     5,
                     "ON CONFLICT (corpus, hour, call, bucket) DO UPDATE SET "
                     "count = latencies.count + excluded.count");
  // In one order, so that two servers never wait for each other.
  std::sort(counts.begin(), counts.end(),
            [](const LatencyCount& a, const LatencyCount& b) {
              return std::tie(a.corpus, a.hour, a.call, a.bucket) <
                     std::tie(b.corpus, b.hour, b.call, b.bucket);
            });
  for (const LatencyCount& it : counts) {
    absl::Status status =
        latencies.Add({it.corpus, it.call, it.hour, it.bucket, it.count});
    if (!status.ok()) return status;
  }
  return latencies.Flush();
}

}  // namespace

int64_t LatencyBucket(int64_t microseconds) {
  if (microseconds <= 1) return 0;
  return std::lround(std::log(static_cast<double>(microseconds)) /
                     std::log(1.05));
}

double BucketMilliseconds(int64_t bucket) {
  return std::pow(1.05, static_cast<double>(bucket)) / 1000;
}

absl::StatusOr<std::unique_ptr<EventStore>> EventStore::Open(
    const std::string& location) {
  absl::StatusOr<std::unique_ptr<SqlDatabase>> database =
      OpenDatabase(location);
  if (!database.ok()) return database.status();
  std::unique_ptr<EventStore> store(new EventStore(*std::move(database)));
  if (absl::Status status = store->MakeTables(); !status.ok()) return status;
  return store;
}

absl::Status EventStore::MakeTables() {
  return InTransaction(*database_, database_->BeginExclusive(), [&] {
    absl::Status made = RunAll(*database_, kTables);
    if (!made.ok()) return made;
    const auto rows = database_->Run("SELECT version FROM schema_version");
    if (!rows.ok()) return rows.status();
    if (rows->empty()) {
      const SqlValue version = kSchemaVersion;
      return database_
          ->Run("INSERT INTO schema_version (version) VALUES ($1)",
                {&version, 1})
          .status();
    }
    const int64_t version = AsInt(rows->front().front());
    if (version == kSchemaVersion) return absl::OkStatus();
    if (version == 1) return RunAll(*database_, kFromVersion1);
    return absl::FailedPreconditionError(absl::StrCat(
        "the events' database has tables of version ", version,
        "; this program knows version ", kSchemaVersion,
        ": use the newer kbsearch-server, or another database with --events"));
  });
}

absl::Status EventStore::Append(const Batch& batch) {
  return InTransaction(*database_, database_->Run("BEGIN").status(), [&] {
    const absl::StatusOr<bool> is_new = IsNew(batch);
    if (!is_new.ok()) return is_new.status();
    return *is_new ? AppendRows(batch) : absl::OkStatus();
  });
}

absl::StatusOr<bool> EventStore::IsNew(const Batch& batch) {
  const SqlValue values[] = {batch.batch_id, batch.at};
  const auto rows = database_->Run(
      "INSERT INTO batches (batch_id, at) VALUES ($1, $2) "
      "ON CONFLICT DO NOTHING RETURNING batch_id",
      values);
  if (!rows.ok()) return rows.status();
  return !rows->empty();
}

absl::Status EventStore::AppendRows(const Batch& batch) {
  Inserter shown(*database_,
                 "INSERT INTO shown (list_id, corpus, at, position, "
                 "article_id, language, confidence) VALUES",
                 7, kOnce);
  absl::Status status = AppendSearches(*database_, batch.searches, shown);
  if (status.ok()) {
    status = AppendSuggestions(*database_, batch.suggestions, shown);
  }
  if (status.ok()) status = shown.Flush();
  if (status.ok()) status = AppendOutcomes(*database_, batch.outcomes);
  if (status.ok()) status = AppendLatencies(*database_, batch.latencies);
  return status;
}

absl::StatusOr<int64_t> EventStore::Purge(TimeMs before, TimeMs now) {
  int64_t purged = 0;
  const auto run = [&](const std::string& sql, int64_t limit) {
    const SqlValue value = limit;
    return database_->Run(sql, {&value, 1});
  };
  const absl::Status done =
      InTransaction(*database_, database_->Run("BEGIN").status(), [&] {
        for (const char* table : {"searches", "suggestions", "outcomes"}) {
          const auto rows = run(
              absl::StrCat("SELECT COUNT(*) FROM ", table, " WHERE at < $1"),
              before);
          if (!rows.ok()) return rows.status();
          purged += AsInt(rows->front().front());
        }
        absl::Status status;
        for (const char* table :
             {"searches", "suggestions", "outcomes", "shown"}) {
          status.Update(
              run(absl::StrCat("DELETE FROM ", table, " WHERE at < $1"), before)
                  .status());
        }
        status.Update(
            run("DELETE FROM latencies WHERE hour < $1", before / kHourMs)
                .status());
        status.Update(
            run("DELETE FROM batches WHERE at < $1", now - kBatchMemoryMs)
                .status());
        return status;
      });
  if (!done.ok()) return done;
  return purged;
}

}  // namespace kbsearch::server::events
