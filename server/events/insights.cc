#include "server/events/insights.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/events/insight_reader.h"
#include "server/events/insight_sql.h"
#include "server/events/wilson.h"

namespace kbsearch::server::events {
namespace {

using QueryRows =
    google::protobuf::RepeatedPtrField<v1::GetInsightsResponse::QueryRow>;

constexpr TimeMs kHourMs = 3600 * 1000;

void SetShare(int64_t count, int64_t of, v1::Share* share) {
  const Interval interval = WilsonInterval(count, of);
  share->set_count(count);
  share->set_of(of);
  share->set_value(
      of == 0 ? 0 : static_cast<double>(count) / static_cast<double>(of));
  share->set_low(interval.low);
  share->set_high(interval.high);
}

// What makes a deflection row; they add up.
struct DeflectionCounts {
  int64_t sessions = 0;
  int64_t implicit = 0;
  int64_t stated = 0;
  int64_t submitted = 0;
  int64_t searching = 0;  // sessions that searched
  int64_t tickets = 0;

  void Add(const DeflectionCounts& other) {
    sessions += other.sessions;
    implicit += other.implicit;
    stated += other.stated;
    submitted += other.submitted;
    searching += other.searching;
    tickets += other.tickets;
  }
};

void ToProto(const DeflectionCounts& counts, const std::string& language,
             v1::GetInsightsResponse::Deflection* out) {
  out->set_language_code(language);
  out->set_sessions(counts.sessions);
  SetShare(counts.implicit, counts.sessions, out->mutable_implicit());
  SetShare(counts.stated, counts.sessions, out->mutable_stated());
  SetShare(counts.submitted, counts.sessions, out->mutable_submitted());
  if (counts.tickets > 0) {
    out->set_sessions_per_ticket(static_cast<double>(counts.searching) /
                                 static_cast<double>(counts.tickets));
  }
}

// The lists of queries. Spellings are filled in for all of them at once.
class QueryLists {
 public:
  QueryLists(InsightReader& reader, v1::GetInsightsResponse* response)
      : reader_(reader), response_(response) {}

  absl::Status Fill() {
    absl::Status status =
        FillSearched("1 = 1", nullptr, response_->mutable_queries());
    if (status.ok()) {
      status = FillSearched("no_results = 1", "no_results",
                            response_->mutable_no_results());
    }
    if (status.ok()) {
      status = FillSearched("no_results = 0 AND no_clicks = 1", "no_clicks",
                            response_->mutable_no_clicks());
    }
    if (status.ok()) {
      status =
          FillSearched("rescued = 1", "rescued", response_->mutable_rescued());
    }
    if (status.ok()) status = FillSubmitted();
    return status.ok() ? FillSpellings() : status;
  }

 private:
  // `problem` of every row; null: each row's own.
  absl::Status FillSearched(const std::string& condition, const char* problem,
                            QueryRows* out);
  absl::Status FillSubmitted();
  absl::Status FillSpellings();

  v1::GetInsightsResponse::QueryRow* Add(const SqlRow& row, QueryRows* out) {
    auto* added = out->Add();
    added->set_language_code(AsText(row[0]));
    added->set_key(AsText(row[1]));
    added->set_count(AsInt(row[2]));
    added->set_clicks(AsInt(row[3]));
    const int64_t placed = AsInt(row[5]);
    if (placed > 0) {
      added->set_click_position(AsDouble(row[4]) / static_cast<double>(placed));
    }
    rows_.push_back({added, {AsText(row[0]), AsText(row[1])}});
    return added;
  }

  InsightReader& reader_;
  v1::GetInsightsResponse* const response_;
  std::vector<std::pair<v1::GetInsightsResponse::QueryRow*, ClusterKey>> rows_;
};

absl::Status QueryLists::FillSearched(const std::string& condition,
                                      const char* problem, QueryRows* out) {
  const auto rows = reader_.Read(absl::StrCat(R"(
  SELECT language, cluster, SUM(number) AS searches, SUM(clicks),
         SUM(positions), SUM(placed), SUM(no_results * number),
         SUM(rescued * number)
  FROM window_queries WHERE ($4 = '' OR language = $4) AND )",
                                              condition, R"(
  GROUP BY language, cluster ORDER BY searches DESC, language, cluster
  LIMIT $5)"));
  if (!rows.ok()) return rows.status();
  for (const SqlRow& row : *rows) {
    auto* added = Add(row, out);
    const int64_t half = (added->count() + 1) / 2;
    if (problem != nullptr) {
      added->set_problem(problem);
    } else if (AsInt(row[6]) >= half) {
      added->set_problem("no_results");
    } else if (added->clicks() == 0) {
      added->set_problem("no_clicks");
    } else if (AsInt(row[7]) >= half) {
      added->set_problem("rescued");
    }
  }
  return absl::OkStatus();
}

absl::Status QueryLists::FillSubmitted() {
  const auto rows = reader_.Read(R"(
  WITH clicked AS (SELECT suggestion_id, COUNT(*) AS clicks,
                     SUM(position) AS positions,
                     SUM(CASE WHEN position > 0 THEN 1 ELSE 0 END) AS placed
              FROM window_outcomes WHERE type = 2 GROUP BY suggestion_id)
  SELECT v.language, v.cluster, COUNT(DISTINCT v.session_key) AS number,
         SUM(COALESCE(clicked.clicks, 0)), SUM(COALESCE(clicked.positions, 0)),
         SUM(COALESCE(clicked.placed, 0))
  FROM window_lists v
  JOIN window_deflection d ON d.session_key = v.session_key AND d.submitted = 1
  LEFT JOIN clicked ON clicked.suggestion_id = v.suggestion_id
  WHERE v.stands = 1 AND v.articles > 0
  GROUP BY v.language, v.cluster ORDER BY number DESC, v.language, v.cluster
  LIMIT $5)");
  if (!rows.ok()) return rows.status();
  for (const SqlRow& row : *rows) {
    Add(row, response_->mutable_suggested_but_submitted())
        ->set_problem("submitted");
  }
  return absl::OkStatus();
}

absl::Status QueryLists::FillSpellings() {
  std::vector<ClusterKey> keys;
  for (const auto& [row, key] : rows_) keys.push_back(key);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  std::map<ClusterKey, std::vector<std::string>> spellings;
  absl::Status status = reader_.ReadSpellings(keys, &spellings);
  if (!status.ok()) return status;
  for (const auto& [row, key] : rows_) {
    const std::vector<std::string>& found = spellings[key];
    if (found.empty()) continue;
    row->set_query(found.front());
    for (size_t i = 1; i < found.size(); ++i) row->add_variants(found[i]);
  }
  return absl::OkStatus();
}

// Deflection over all, by language, by week; sessions and tickets.
class DeflectionTables {
 public:
  DeflectionTables(InsightReader& reader, v1::GetInsightsResponse* response)
      : reader_(reader), response_(response) {}

  absl::Status Fill() {
    absl::Status status = CountDeflection();
    if (status.ok()) status = CountSessions();
    if (status.ok()) status = CountTickets();
    if (status.ok()) status = CountSearches();
    if (!status.ok()) return status;
    ToProto(all_, "", response_->add_deflection());
    for (const auto& [language, counts] : languages_) {
      ToProto(counts, language, response_->add_deflection());
    }
    for (auto& [week, row] : weeks_) {
      row.mutable_begins()->set_seconds(
          (week * sql::kWeekMs - sql::kMondayOffsetMs) / 1000);
      ToProto(week_counts_[week], "", row.mutable_deflection());
      *response_->add_weeks() = row;
    }
    response_->set_tickets(all_.tickets);
    return absl::OkStatus();
  }

 private:
  // A row begins with language and week.
  void Add(const SqlRow& row, const DeflectionCounts& counts) {
    all_.Add(counts);
    if (!AsText(row[0]).empty()) languages_[AsText(row[0])].Add(counts);
    week_counts_[AsInt(row[1])].Add(counts);
    weeks_[AsInt(row[1])];
  }

  absl::Status CountDeflection();
  absl::Status CountSessions();
  absl::Status CountTickets();
  absl::Status CountSearches();

  InsightReader& reader_;
  v1::GetInsightsResponse* const response_;
  DeflectionCounts all_;
  std::map<std::string, DeflectionCounts> languages_;
  std::map<int64_t, DeflectionCounts> week_counts_;
  std::map<int64_t, v1::GetInsightsResponse::Week> weeks_;
};

absl::Status DeflectionTables::CountDeflection() {
  const auto rows =
      reader_.Read(absl::StrCat("SELECT language, ", sql::WeekOf("at"),
                                ", COUNT(*), SUM(implicit), SUM(stated), "
                                "SUM(submitted) FROM window_deflection "
                                "GROUP BY 1, 2"));
  if (!rows.ok()) return rows.status();
  for (const SqlRow& row : *rows) {
    DeflectionCounts counts;
    counts.sessions = AsInt(row[2]);
    counts.implicit = AsInt(row[3]);
    counts.stated = AsInt(row[4]);
    counts.submitted = AsInt(row[5]);
    Add(row, counts);
  }
  return absl::OkStatus();
}

absl::Status DeflectionTables::CountSessions() {
  const auto rows = reader_.Read(
      absl::StrCat("SELECT language, ", sql::WeekOf("at"), R"(, COUNT(*),
         SUM(CASE WHEN session_key IN (SELECT session_key FROM window_searches)
                  THEN 1 ELSE 0 END)
  FROM window_sessions WHERE $4 = '' OR language = $4 GROUP BY 1, 2)"));
  if (!rows.ok()) return rows.status();
  int64_t sessions = 0;
  for (const SqlRow& row : *rows) {
    sessions += AsInt(row[2]);
    DeflectionCounts counts;
    counts.searching = AsInt(row[3]);
    Add(row, counts);
  }
  response_->set_sessions(sessions);
  return absl::OkStatus();
}

absl::Status DeflectionTables::CountTickets() {
  const auto rows = reader_.Read(absl::StrCat(
      "SELECT COALESCE(y.language, ''), ", sql::WeekOf("o.at"), R"(, COUNT(*)
  FROM window_outcomes o
  LEFT JOIN window_sessions y ON y.session_key = o.session_key
  WHERE o.type = 7 AND o.at < $3 AND ($4 = '' OR y.language = $4)
  GROUP BY 1, 2)"));
  if (!rows.ok()) return rows.status();
  for (const SqlRow& row : *rows) {
    DeflectionCounts counts;
    counts.tickets = AsInt(row[2]);
    Add(row, counts);
  }
  return absl::OkStatus();
}

absl::Status DeflectionTables::CountSearches() {
  const auto rows =
      reader_.Read(absl::StrCat("SELECT ", sql::WeekOf("at"), R"(, COUNT(*),
         SUM(CASE WHEN results = 0 THEN 1 ELSE 0 END)
  FROM window_searches WHERE $4 = '' OR language = $4 GROUP BY 1)"));
  if (!rows.ok()) return rows.status();
  int64_t searches = 0;
  for (const SqlRow& row : *rows) {
    searches += AsInt(row[1]);
    v1::GetInsightsResponse::Week& week = weeks_[AsInt(row[0])];
    week.set_searches(AsInt(row[1]));
    week.set_no_results(AsInt(row[2]));
  }
  response_->set_searches(searches);
  return absl::OkStatus();
}

absl::Status FillArticleDeflection(InsightReader& reader,
                                   v1::GetInsightsResponse* response) {
  const auto rows = reader.Read(R"(
  WITH taken AS (
    SELECT session_key, article_id, MAX(at) AS at FROM window_outcomes
            WHERE type IN (2, 5) AND suggestion_id <> '' AND article_id <> ''
            GROUP BY session_key, article_id)
  SELECT h.article_id, h.language, COUNT(DISTINCT v.session_key) AS suggested,
         COUNT(DISTINCT CASE WHEN taken.at IS NOT NULL AND
               (p.ticket_at IS NULL OR p.ticket_at < taken.at)
               THEN v.session_key END)
  FROM window_lists v JOIN shown h ON h.list_id = v.suggestion_id
  LEFT JOIN taken ON taken.session_key = v.session_key
                 AND taken.article_id = h.article_id
  LEFT JOIN window_fates p ON p.session_key = v.session_key
  WHERE v.stands = 1 AND ($4 = '' OR h.language = $4)
  GROUP BY h.article_id, h.language
  ORDER BY suggested DESC, h.article_id, h.language LIMIT $5)");
  if (!rows.ok()) return rows.status();
  for (const SqlRow& row : *rows) {
    auto* added = response->add_article_deflection();
    added->set_article_id(AsText(row[0]));
    added->set_language_code(AsText(row[1]));
    added->set_suggested(AsInt(row[2]));
    SetShare(AsInt(row[3]), AsInt(row[2]), added->mutable_solved());
  }
  return absl::OkStatus();
}

// The smallest time that a share of the calls did not exceed.
double Percentile(const std::map<int64_t, int64_t>& buckets, int64_t count,
                  double share) {
  int64_t below = 0;
  for (const auto& [bucket, number] : buckets) {
    below += number;
    if (static_cast<double>(below) >= share * static_cast<double>(count)) {
      return BucketMilliseconds(bucket);
    }
  }
  return 0;
}

absl::Status FillLatency(InsightReader& reader,
                         v1::GetInsightsResponse* response) {
  const auto rows = reader.Read(absl::StrCat(
      "SELECT call, bucket, SUM(count) FROM latencies WHERE corpus = $1 "
      "AND hour >= $2 / ",
      kHourMs, " AND hour <= ($3 - 1) / ", kHourMs, " GROUP BY call, bucket"));
  if (!rows.ok()) return rows.status();
  std::map<std::string, std::map<int64_t, int64_t>> calls;
  for (const SqlRow& row : *rows) {
    calls[AsText(row[0])][AsInt(row[1])] = AsInt(row[2]);
  }
  for (const auto& [call, buckets] : calls) {
    int64_t count = 0;
    for (const auto& [bucket, number] : buckets) count += number;
    auto* added = response->add_latency();
    added->set_call(call);
    added->set_count(count);
    added->set_p50_ms(Percentile(buckets, count, 0.50));
    added->set_p95_ms(Percentile(buckets, count, 0.95));
    added->set_p99_ms(Percentile(buckets, count, 0.99));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status FillInsights(InsightReader& reader,
                          v1::GetInsightsResponse* response) {
  absl::Status status = QueryLists(reader, response).Fill();
  if (status.ok()) status = DeflectionTables(reader, response).Fill();
  if (status.ok()) status = FillArticleDeflection(reader, response);
  if (status.ok()) status = FillLatency(reader, response);
  return status;
}

}  // namespace kbsearch::server::events
