#include "tests/simulation/expected_counts.h"

#include <cmath>

#include "absl/strings/str_cat.h"

namespace kbsearch::simulation {
namespace {

constexpr int64_t kDay = 24 * 3600;
// A Monday, 00:00 UTC.
constexpr int64_t kSomeMonday = 1767571200;

int64_t MondayOf(int64_t at_ms) {
  int64_t monday = kSomeMonday;
  while (at_ms / 1000 >= monday + 7 * kDay) monday += 7 * kDay;
  return monday;
}

class Differences {
 public:
  template <class Wanted, class Told>
  void Check(const std::string& what, Wanted wanted, Told told) {
    if (std::abs(static_cast<double>(wanted) - static_cast<double>(told)) <
        1e-9) {
      return;
    }
    lines_.push_back(absl::StrCat(what, ": counted ", wanted, ", told ", told));
  }
  const std::vector<std::string>& lines() const { return lines_; }

 private:
  std::vector<std::string> lines_;
};

}  // namespace

void ExpectedCounts::Add(const DoneSession& session) {
  AddSearches(session);
  AddSuggestions(session);
  ++sessions_;
  std::string language;
  int64_t first = 0;
  if (!session.searches.empty()) {
    language = session.searches.front().language;
    first = session.searches.front().at;
  } else {
    language = session.suggestions.front().language;
    first = session.suggestions.front().at;
  }
  Week& week = weeks_[MondayOf(first)];
  if (!session.searches.empty()) {
    ++deflection_[""].searching;
    ++deflection_[language].searching;
    ++week.deflection.searching;
  }
  if (session.submitted) {
    ++tickets_;
    ++deflection_[""].tickets;
    ++deflection_[language].tickets;
    ++weeks_[MondayOf(session.submitted_at)].deflection.tickets;
  }
}

void ExpectedCounts::AddSearches(const DoneSession& session) {
  for (const DoneSearch& search : session.searches) {
    ++searches_;
    Week& week = weeks_[MondayOf(search.at)];
    ++week.searches;
    if (!search.has_results) ++week.no_results;
    QueryCounts counts;
    counts.count = 1;
    for (int position : search.clicked_positions) {
      ++counts.clicks;
      counts.positions += position;
    }
    const auto add = [&](Queries& queries) {
      QueryCounts& sum = queries[{search.language, search.query}];
      sum.count += counts.count;
      sum.clicks += counts.clicks;
      sum.positions += counts.positions;
    };
    add(queries_);
    if (!search.has_results) add(no_results_);
    if (search.has_results && counts.clicks == 0) add(no_clicks_);
    if (search.rescued) add(rescued_);
  }
}

void ExpectedCounts::AddSuggestions(const DoneSession& session) {
  lists_ += session.lists;
  const DoneSuggestion* first = nullptr;
  std::set<std::pair<std::string, std::string>> suggested;
  for (const DoneSuggestion& list : session.suggestions) {
    if (list.articles.empty()) continue;
    if (first == nullptr) first = &list;
    suggested.insert(list.articles.begin(), list.articles.end());
  }
  if (first == nullptr) return;
  for (const std::string& key : {std::string(), first->language}) {
    Deflection& sums = deflection_[key];
    ++sums.sessions;
    if (session.submitted) {
      ++sums.submitted;
    } else {
      sums.implicit += session.clicked_suggestions.empty() ? 0 : 1;
      sums.stated += session.solved ? 1 : 0;
    }
  }
  Deflection& week = weeks_[MondayOf(first->at)].deflection;
  ++week.sessions;
  week.submitted += session.submitted ? 1 : 0;
  for (const auto& article : suggested) {
    ++articles_[article].first;
    const bool is_taken = session.clicked_suggestions.count(article.first) > 0;
    articles_[article].second += is_taken && !session.submitted ? 1 : 0;
  }
  if (!session.submitted) return;
  std::set<std::pair<std::string, std::string>> subjects;
  for (const DoneSuggestion& list : session.suggestions) {
    if (!list.articles.empty()) subjects.emplace(list.language, list.subject);
  }
  for (const auto& subject : subjects) ++submitted_[subject].count;
}

std::vector<std::string> ExpectedCounts::Compare(
    const v1::GetInsightsResponse& insights) const {
  Differences differences;
  differences.Check("searches", searches_, insights.searches());
  differences.Check("sessions", sessions_, insights.sessions());
  differences.Check("tickets", tickets_, insights.tickets());

  // A row stands for all spellings of a query; each spelling is in one row.
  const auto compare_queries = [&](const std::string& name,
                                   const Queries& wanted, const auto& rows,
                                   bool has_clicks) {
    int64_t spellings = 0;
    for (const auto& row : rows) {
      std::vector<std::string> queries(row.variants().begin(),
                                       row.variants().end());
      queries.push_back(row.query());
      QueryCounts sum;
      for (const std::string& query : queries) {
        const auto found = wanted.find({row.language_code(), query});
        if (found == wanted.end()) continue;  // typed, but not with the problem
        ++spellings;
        sum.count += found->second.count;
        sum.clicks += found->second.clicks;
        sum.positions += found->second.positions;
      }
      const std::string what =
          absl::StrCat(name, " ", row.language_code(), " ", row.query());
      differences.Check(what, sum.count, row.count());
      if (!has_clicks) continue;
      differences.Check(what + " clicks", sum.clicks, row.clicks());
      const double position = sum.clicks == 0
                                  ? 0
                                  : static_cast<double>(sum.positions) /
                                        static_cast<double>(sum.clicks);
      differences.Check(what + " position", position, row.click_position());
    }
    differences.Check(name + ", spellings", wanted.size(), spellings);
  };
  compare_queries("queries", queries_, insights.queries(), true);
  compare_queries("no_results", no_results_, insights.no_results(), true);
  compare_queries("no_clicks", no_clicks_, insights.no_clicks(), true);
  compare_queries("rescued", rescued_, insights.rescued(), true);
  compare_queries("submitted", submitted_, insights.suggested_but_submitted(),
                  false);

  const auto compare_deflection =
      [&](const std::string& name, const Deflection& wanted,
          const v1::GetInsightsResponse::Deflection& told) {
        differences.Check(name + " sessions", wanted.sessions, told.sessions());
        differences.Check(name + " submitted", wanted.submitted,
                          told.submitted().count());
        const double ratio = wanted.tickets == 0
                                 ? 0
                                 : static_cast<double>(wanted.searching) /
                                       static_cast<double>(wanted.tickets);
        differences.Check(name + " sessions per ticket", ratio,
                          told.sessions_per_ticket());
      };
  differences.Check("languages", deflection_.size(),
                    insights.deflection_size());
  for (const auto& row : insights.deflection()) {
    const auto found = deflection_.find(row.language_code());
    const Deflection wanted =
        found == deflection_.end() ? Deflection() : found->second;
    const std::string name = absl::StrCat("deflection ", row.language_code());
    compare_deflection(name, wanted, row);
    differences.Check(name + " implicit", wanted.implicit,
                      row.implicit().count());
    differences.Check(name + " stated", wanted.stated, row.stated().count());
    differences.Check(name + " of", wanted.sessions, row.stated().of());
  }
  differences.Check("weeks", weeks_.size(), insights.weeks_size());
  for (const auto& row : insights.weeks()) {
    const auto found = weeks_.find(row.begins().seconds());
    const Week wanted = found == weeks_.end() ? Week() : found->second;
    const std::string name = absl::StrCat("week ", row.begins().seconds());
    differences.Check(name + " searches", wanted.searches, row.searches());
    differences.Check(name + " no_results", wanted.no_results,
                      row.no_results());
    compare_deflection(name, wanted.deflection, row.deflection());
  }
  differences.Check("articles suggested", articles_.size(),
                    insights.article_deflection_size());
  for (const auto& row : insights.article_deflection()) {
    const auto found = articles_.find({row.article_id(), row.language_code()});
    const auto wanted = found == articles_.end() ? std::pair<int64_t, int64_t>()
                                                 : found->second;
    differences.Check(row.article_id() + " suggested", wanted.first,
                      row.suggested());
    differences.Check(row.article_id() + " solved", wanted.second,
                      row.solved().count());
  }
  for (const auto& row : insights.latency()) {
    if (row.call() == "Search") {
      differences.Check("latency of searches", searches_, row.count());
    }
    if (row.call() == "SuggestArticles") {
      differences.Check("latency of suggestions", lists_, row.count());
    }
  }
  return differences.lines();
}

}  // namespace kbsearch::simulation
