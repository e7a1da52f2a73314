#include "indexer/gate.h"

#include <time.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "base/file.h"
#include "engine/generation_searcher.h"
#include "engine/generations/generations.h"
#include "engine/index/stored_document.h"

namespace kbsearch::indexer {
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kHits = 10;
constexpr size_t kMostChanges = 200;
// Searches whose time is taken in each generation. The slowest twentieth of 200
// are ten: of fewer, one that the machine held up decides.
constexpr size_t kTimed = 200;
constexpr size_t kMostTimed = 400;  // of as many queries
// No longer than this altogether; what fewer searches than these took is noise.
constexpr std::chrono::seconds kTimingLimit(20);
constexpr size_t kFewestTimed = 60;
// Below this, differences in time are the machine's, not the index's.
constexpr double kNoticeableMs = 5;

// Of the thread's processor: a build runs beside a server, whose load must not
// decide about an index.
double ProcessorMilliseconds() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 +
         static_cast<double>(time.tv_nsec) / 1e6;
}

struct Judged {
  std::string id;
  std::string language;
  std::string text;
  std::vector<std::string> relevant;
  bool names_entries = false;  // of FAQ pages, not only pages
};

absl::StatusOr<std::vector<Judged>> ReadJudgements(const std::string& path) {
  const absl::StatusOr<std::string> text = ReadFile(path);
  if (absl::IsNotFound(text.status())) return std::vector<Judged>();
  if (!text.ok()) return text.status();
  std::vector<Judged> queries;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(*text, '\n')) {
    ++number;
    if (line.find_first_not_of(" \t\r") == absl::string_view::npos) continue;
    try {
      const auto parsed = nlohmann::json::parse(line.begin(), line.end());
      Judged query;
      query.id = parsed.at("id").get<std::string>();
      query.language = parsed.at("lang").get<std::string>();
      query.text = parsed.at("text").get<std::string>();
      query.relevant = parsed.at("relevant").get<std::vector<std::string>>();
      // "el:refund" says the language again.
      const std::string prefix = query.language + ":";
      for (std::string& id : query.relevant) {
        if (id.starts_with(prefix)) id.erase(0, prefix.size());
        query.names_entries = query.names_entries || engine::PageId(id) != id;
      }
      queries.push_back(std::move(query));
    } catch (const nlohmann::json::exception& error) {
      return absl::InvalidArgumentError(absl::StrCat(
          path, ":", number, ": ", error.what(),
          "; a line is {\"id\",\"lang\",\"text\",\"relevant\":[…]}"));
    }
  }
  return queries;
}

int FirstRelevant(const std::vector<std::string>& hits,
                  const std::vector<std::string>& relevant) {
  for (size_t i = 0; i < hits.size(); ++i) {
    if (std::find(relevant.begin(), relevant.end(), hits[i]) !=
        relevant.end()) {
      return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

double P95(std::vector<double> times) {
  if (times.empty()) return 0;
  const size_t place = times.size() * 95 / 100;
  std::nth_element(times.begin(), times.begin() + static_cast<ptrdiff_t>(place),
                   times.end());
  return times[place];
}

// One of the two generations.
struct Side {
  std::unique_ptr<engine::Searcher> searcher;
  std::vector<double> times;

  absl::StatusOr<std::vector<std::string>> Find(const std::string& corpus,
                                                const Judged& query) const {
    engine::SearchQuery search;
    search.corpus = corpus;
    search.text = query.text;
    search.language = query.language;
    search.languages = {query.language};
    search.audience = engine::Audience::kAgent;
    search.page_size = static_cast<int>(kHits);
    const auto result = searcher->Search(search);
    if (!result.ok()) return result.status();
    std::vector<std::string> ids;
    for (const engine::Hit& hit : result->hits) {
      ids.push_back(query.names_entries
                        ? hit.article_id
                        : std::string(engine::PageId(hit.article_id)));
    }
    return ids;
  }

  absl::Status Time(const std::string& corpus, const Judged& query) {
    const double begin = ProcessorMilliseconds();
    const auto found = Find(corpus, query);
    if (!found.ok()) return found.status();
    times.push_back(ProcessorMilliseconds() - begin);
    return absl::OkStatus();
  }
};

// Runs the queries again and again, each in one generation right after the
// other and these in turn first, so that what else the machine does meets both
// alike. What the first searches opened and loaded is not the index's speed:
// they have run before.
absl::Status TimeSearches(const std::vector<Judged>& queries,
                          const std::string& corpus, Side (&sides)[2]) {
  const Clock::time_point end = Clock::now() + kTimingLimit;
  const size_t count = std::clamp(queries.size(), kTimed, kMostTimed);
  for (size_t n = 0; n < count && Clock::now() < end; ++n) {
    // From the whole of a long file.
    const size_t at = queries.size() > count ? n * queries.size() / count
                                             : n % queries.size();
    const size_t first = (n + n / queries.size()) % 2;
    for (const size_t i : {first, 1 - first}) {
      absl::Status status = sides[i].Time(corpus, queries[at]);
      if (!status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

void Judge(const GateLimits& limits, GateReport* report) {
  for (const GateReport::Measure& measure : report->measures) {
    if (measure.before - measure.after <= limits.ndcg_fall) continue;
    report->reasons.push_back(absl::StrFormat(
        "%s: mean nDCG@10 of %d judged queries falls from %.3f to %.3f, more "
        "than %.3f",
        measure.language, measure.queries, measure.before, measure.after,
        limits.ndcg_fall));
  }
  if (report->searches_timed > 0 &&
      report->p95_after > report->p95_before * limits.slower &&
      report->p95_after > kNoticeableMs) {
    report->reasons.push_back(absl::StrFormat(
        "95 of 100 searches take up to %.1f ms of the processor instead of "
        "%.1f, more than %.1f times as long (%d searches timed)",
        report->p95_after, report->p95_before, limits.slower,
        report->searches_timed));
  }
  std::stable_sort(
      report->changes.begin(), report->changes.end(),
      [](const GateReport::Change& a, const GateReport::Change& b) {
        return a.after - a.before < b.after - b.before;
      });
  if (report->changes.size() > kMostChanges) {
    report->changes.resize(kMostChanges);
  }
}

}  // namespace

double NdcgAt10(const std::vector<std::string>& hits,
                const std::vector<std::string>& relevant) {
  const std::set<std::string> wanted(relevant.begin(), relevant.end());
  std::set<std::string> seen;
  double gain = 0;
  for (size_t i = 0; i < std::min(hits.size(), kHits); ++i) {
    if (wanted.contains(hits[i]) && seen.insert(hits[i]).second) {
      gain += 1 / std::log2(static_cast<double>(i) + 2);
    }
  }
  double best = 0;
  for (size_t i = 0; i < std::min(wanted.size(), kHits); ++i) {
    best += 1 / std::log2(static_cast<double>(i) + 2);
  }
  return best > 0 ? gain / best : 0;
}

absl::StatusOr<std::optional<GateReport>> RunGate(
    const std::string& data_dir, const std::string& corpus, uint64_t live,
    uint64_t next, const GateLimits& limits,
    std::shared_ptr<const analyzers::Registry> registry) {
  absl::StatusOr<std::vector<Judged>> queries = ReadJudgements(
      engine::CorpusFolder(data_dir, corpus) + "/judgements.jsonl");
  if (!queries.ok()) return queries.status();
  if (queries->empty()) return std::optional<GateReport>();
  Side sides[2];
  const uint64_t generations[2] = {live, next};
  for (int i = 0; i < 2; ++i) {
    auto searcher = engine::NewGenerationSearcher(data_dir, corpus,
                                                  generations[i], registry);
    if (!searcher.ok()) return searcher.status();
    sides[i].searcher = *std::move(searcher);
  }
  GateReport report;
  std::map<std::string, GateReport::Measure> measures;
  for (const Judged& query : *queries) {
    GateReport::Change change{query.id, query.language, query.text};
    double* const ndcg[2] = {&change.before, &change.after};
    int* const rank[2] = {&change.rank_before, &change.rank_after};
    for (int i = 0; i < 2; ++i) {
      const auto hits = sides[i].Find(corpus, query);
      if (!hits.ok()) return hits.status();
      *ndcg[i] = NdcgAt10(*hits, query.relevant);
      *rank[i] = FirstRelevant(*hits, query.relevant);
    }
    GateReport::Measure& measure = measures[query.language];
    measure.language = query.language;
    ++measure.queries;
    measure.before += change.before;
    measure.after += change.after;
    if (change.before != change.after) report.changes.push_back(change);
  }
  for (auto& [language, measure] : measures) {
    measure.before /= measure.queries;
    measure.after /= measure.queries;
    report.measures.push_back(measure);
  }
  absl::Status timed = TimeSearches(*queries, corpus, sides);
  if (!timed.ok()) return timed;
  if (const size_t count = sides[0].times.size(); count >= kFewestTimed) {
    report.searches_timed = static_cast<int>(count);
    report.p95_before = P95(std::move(sides[0].times));
    report.p95_after = P95(std::move(sides[1].times));
  }
  Judge(limits, &report);
  return std::optional<GateReport>(std::move(report));
}

nlohmann::ordered_json ToJson(const GateReport& report) {
  nlohmann::ordered_json json;
  json["passed"] = report.reasons.empty();
  json["reasons"] = report.reasons;
  json["measures"] = nlohmann::ordered_json::array();
  for (const GateReport::Measure& measure : report.measures) {
    json["measures"].push_back({{"language_code", measure.language},
                                {"queries", measure.queries},
                                {"ndcg_before", measure.before},
                                {"ndcg_after", measure.after}});
  }
  json["changes"] = nlohmann::ordered_json::array();
  for (const GateReport::Change& change : report.changes) {
    json["changes"].push_back({{"query_id", change.id},
                               {"language_code", change.language},
                               {"query", change.text},
                               {"ndcg_before", change.before},
                               {"ndcg_after", change.after},
                               {"rank_before", change.rank_before},
                               {"rank_after", change.rank_after}});
  }
  json["searches_timed"] = report.searches_timed;
  json["p95_ms_before"] = report.p95_before;
  json["p95_ms_after"] = report.p95_after;
  return json;
}

}  // namespace kbsearch::indexer
