// Measures of suggestions against judged tickets, per language.
#ifndef KBSEARCH_CLI_EVAL_SUGGEST_SCORES_H_
#define KBSEARCH_CLI_EVAL_SUGGEST_SCORES_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace kbsearch::cli {

struct JudgedSuggestion {
  double confidence = 0;
  bool is_right = false;
};

// What was suggested for one ticket, best first.
struct TicketResult {
  std::string language;
  bool answerable = false;
  std::vector<JudgedSuggestion> all;    // however unlikely
  std::vector<JudgedSuggestion> shown;  // as the server's threshold leaves
};

// What suggestions of at least some confidence are worth.
struct ShownScores {
  double threshold = 0;
  int64_t shown = 0;      // suggestions
  double precision = 0;   // of the suggestions shown, those that are right
  double recall = 0;      // answerable tickets with a right one shown
  double abstention = 0;  // unanswerable tickets with none shown
};

struct SuggestScores {
  int64_t answerable = 0;
  int64_t unanswerable = 0;
  // Answerable tickets with a right article first, or among the first three,
  // whatever its confidence.
  double success_at_1 = 0;
  double success_at_3 = 0;
  ShownScores at_server;  // with its threshold
  // How far confidences are from the shares of right articles: the mean
  // distance over groups of suggestions of like confidence, each of as many (20
  // or more, ten groups at most; Naeini, Cooper, Hauskrecht: Obtaining Well
  // Calibrated Probabilities Using Bayesian Binning, 2015, with groups of equal
  // size because judged sets are small).
  double calibration_error = 0;
  std::vector<ShownScores> curve;  // threshold 0.1, 0.2, … 0.9
};

SuggestScores ScoreTickets(const std::vector<TicketResult>& tickets);

// By language code, and of all tickets together under "all".
std::map<std::string, SuggestScores> ScoreByLanguage(
    const std::vector<TicketResult>& tickets);

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_EVAL_SUGGEST_SCORES_H_
