#include "cli/eval/suggest_scores.h"

#include <algorithm>
#include <cmath>

namespace kbsearch::cli {
namespace {

using Suggestions = std::vector<JudgedSuggestion>;

double Share(int64_t part, int64_t whole) {
  return whole == 0 ? 0
                    : static_cast<double>(part) / static_cast<double>(whole);
}

bool AnyRight(const Suggestions& suggestions, size_t first) {
  const auto end = suggestions.begin() + static_cast<std::ptrdiff_t>(std::min(
                                             first, suggestions.size()));
  return std::any_of(
      suggestions.begin(), end,
      [](const JudgedSuggestion& suggestion) { return suggestion.is_right; });
}

// `shown_of` gives what of a ticket's suggestions is shown.
template <typename ShownOf>
ShownScores ScoreShown(const std::vector<TicketResult>& tickets,
                       ShownOf shown_of) {
  int64_t shown = 0;
  int64_t right = 0;
  int64_t answerable = 0;
  int64_t answered = 0;
  int64_t silent = 0;  // unanswerable tickets
  for (const TicketResult& ticket : tickets) {
    const Suggestions suggestions = shown_of(ticket);
    shown += static_cast<int64_t>(suggestions.size());
    right += std::count_if(
        suggestions.begin(), suggestions.end(),
        [](const JudgedSuggestion& suggestion) { return suggestion.is_right; });
    if (ticket.answerable) {
      ++answerable;
      answered += AnyRight(suggestions, suggestions.size());
    } else {
      silent += suggestions.empty();
    }
  }
  ShownScores scores;
  scores.shown = shown;
  scores.precision = Share(right, shown);
  scores.recall = Share(answered, answerable);
  scores.abstention =
      Share(silent, static_cast<int64_t>(tickets.size()) - answerable);
  return scores;
}

double CalibrationError(Suggestions suggestions) {
  constexpr size_t kMaxGroups = 10;
  constexpr size_t kMinGroup = 20;
  if (suggestions.empty()) return 0;
  std::stable_sort(suggestions.begin(), suggestions.end(),
                   [](const JudgedSuggestion& a, const JudgedSuggestion& b) {
                     return a.confidence < b.confidence;
                   });
  const size_t groups =
      std::clamp<size_t>(suggestions.size() / kMinGroup, 1, kMaxGroups);
  double error = 0;
  for (size_t group = 0; group < groups; ++group) {
    const size_t begin = suggestions.size() * group / groups;
    const size_t end = suggestions.size() * (group + 1) / groups;
    double distance = 0;
    for (size_t i = begin; i < end; ++i) {
      distance += suggestions[i].confidence - (suggestions[i].is_right ? 1 : 0);
    }
    error += std::abs(distance);
  }
  return error / static_cast<double>(suggestions.size());
}

}  // namespace

SuggestScores ScoreTickets(const std::vector<TicketResult>& tickets) {
  SuggestScores scores;
  int64_t first = 0;
  int64_t first_three = 0;
  Suggestions all;
  for (const TicketResult& ticket : tickets) {
    all.insert(all.end(), ticket.all.begin(), ticket.all.end());
    if (!ticket.answerable) {
      ++scores.unanswerable;
      continue;
    }
    ++scores.answerable;
    first += AnyRight(ticket.all, 1);
    first_three += AnyRight(ticket.all, 3);
  }
  scores.success_at_1 = Share(first, scores.answerable);
  scores.success_at_3 = Share(first_three, scores.answerable);
  scores.at_server = ScoreShown(
      tickets, [](const TicketResult& ticket) { return ticket.shown; });
  scores.calibration_error = CalibrationError(std::move(all));
  for (int tenth = 1; tenth < 10; ++tenth) {
    const double threshold = tenth / 10.0;
    ShownScores shown = ScoreShown(tickets, [&](const TicketResult& ticket) {
      Suggestions likely = ticket.all;
      std::erase_if(likely, [&](const JudgedSuggestion& suggestion) {
        return suggestion.confidence < threshold;
      });
      return likely;
    });
    shown.threshold = threshold;
    scores.curve.push_back(shown);
  }
  return scores;
}

std::map<std::string, SuggestScores> ScoreByLanguage(
    const std::vector<TicketResult>& tickets) {
  std::map<std::string, std::vector<TicketResult>> by_language;
  for (const TicketResult& ticket : tickets) {
    by_language[ticket.language].push_back(ticket);
  }
  std::map<std::string, SuggestScores> scores;
  for (const auto& [language, own] : by_language) {
    scores[language] = ScoreTickets(own);
  }
  scores["all"] = ScoreTickets(tickets);
  return scores;
}

}  // namespace kbsearch::cli
