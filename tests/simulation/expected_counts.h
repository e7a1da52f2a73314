// What a simulation did, counted as it went along, and compared with what the
// server's insights say of it. Written from the definitions in
// docs/insights.md, without the server's SQL.
#ifndef KBSEARCH_TESTS_SIMULATION_EXPECTED_COUNTS_H_
#define KBSEARCH_TESTS_SIMULATION_EXPECTED_COUNTS_H_

#include <kbsearch/v1/admin_service.pb.h>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace kbsearch::simulation {

// One search as the session saw it.
struct DoneSearch {
  std::string query;
  std::string language;  // as the server understood it
  int64_t at = 0;
  bool has_results = false;
  bool rescued = false;
  std::vector<int> clicked_positions;
};

// The suggestions that stood when the session went on: of drafts the last.
struct DoneSuggestion {
  std::string subject;
  std::string language;
  int64_t at = 0;
  std::vector<std::pair<std::string, std::string>> articles;  // id, language
};

struct DoneSession {
  std::vector<DoneSearch> searches;
  std::vector<DoneSuggestion> suggestions;
  int lists = 0;  // of suggestions, replaced ones too
  std::set<std::string> clicked_suggestions;  // article ids
  bool solved = false;
  bool submitted = false;  // always last
  int64_t submitted_at = 0;
};

class ExpectedCounts {
 public:
  void Add(const DoneSession& session);

  // Each difference in a line; empty when all figures are right.
  // REQUIRES: the insights were asked for with as many rows as there are.
  std::vector<std::string> Compare(
      const v1::GetInsightsResponse& insights) const;

 private:
  struct QueryCounts {
    int64_t count = 0;
    int64_t clicks = 0;
    int64_t positions = 0;
  };
  // By language and spelling.
  using Queries = std::map<std::pair<std::string, std::string>, QueryCounts>;
  struct Deflection {
    int64_t sessions = 0;
    int64_t implicit = 0;
    int64_t stated = 0;
    int64_t submitted = 0;
    int64_t searching = 0;
    int64_t tickets = 0;
  };
  struct Week {
    int64_t searches = 0;
    int64_t no_results = 0;
    Deflection deflection;
  };

  void AddSearches(const DoneSession& session);
  void AddSuggestions(const DoneSession& session);

  int64_t searches_ = 0;
  int64_t sessions_ = 0;
  int64_t tickets_ = 0;
  int64_t lists_ = 0;
  Queries queries_;
  Queries no_results_;
  Queries no_clicks_;
  Queries rescued_;
  Queries submitted_;
  std::map<std::string, Deflection> deflection_;  // by language; "": all
  std::map<int64_t, Week> weeks_;                 // by Monday, seconds
  // By article and language: sessions it was suggested in, sessions it solved.
  std::map<std::pair<std::string, std::string>, std::pair<int64_t, int64_t>>
      articles_;
};

}  // namespace kbsearch::simulation

#endif  // KBSEARCH_TESTS_SIMULATION_EXPECTED_COUNTS_H_
