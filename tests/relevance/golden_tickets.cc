#include "tests/relevance/golden_tickets.h"

#include <sstream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "cli/eval/suggest_report.h"
#include "cli/eval/suggest_scores.h"
#include "cli/eval/ticket_judgements.h"
#include "engine/suggestion/suggestion.h"
#include "tests/relevance/sample_corpus.h"

namespace kbsearch::relevance {
namespace {

constexpr double kThreshold = 0.4;  // the server's default

absl::StatusOr<std::vector<cli::JudgedSuggestion>> Suggest(
    const cli::JudgedTicket& ticket, double min_confidence,
    engine::Searcher& searcher, std::string* line) {
  engine::SuggestQuery query;
  query.corpus = kCorpusName;
  query.subject = ticket.subject;
  query.body = ticket.body;
  query.language = ticket.judged.language;
  query.languages = {ticket.judged.language};
  query.min_confidence = min_confidence;
  const auto result = searcher.Suggest(query);
  if (!result.ok()) return result.status();
  std::vector<cli::JudgedSuggestion> suggestions;
  for (const engine::Suggestion& suggestion : result->suggestions) {
    const std::string document = cli::DocumentOfHit(
        ticket.judged, suggestion.hit.article_id, suggestion.hit.language);
    const bool is_right = ticket.judged.relevant.contains(document);
    suggestions.push_back({suggestion.confidence, is_right});
    absl::StrAppend(line, is_right ? " *" : " ", suggestion.hit.article_id);
  }
  return suggestions;
}

}  // namespace

absl::StatusOr<std::string> MakeTicketFile(const std::string& path,
                                           engine::Searcher& searcher) {
  const absl::StatusOr<std::string> content = ReadFile(path);
  if (!content.ok()) return content.status();
  std::istringstream lines(*content);
  const cli::TicketJudgements judged = cli::ReadTickets(lines);
  if (!judged.bad_lines.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, ":", judged.bad_lines[0].line, ": ", judged.bad_lines[0].reason));
  }
  std::string file;
  std::vector<cli::TicketResult> results;
  for (const cli::JudgedTicket& ticket : judged.tickets) {
    std::string ignored;
    std::string line = absl::StrCat(ticket.judged.id, ":");
    auto all = Suggest(ticket, 0, searcher, &ignored);
    auto shown = Suggest(ticket, kThreshold, searcher, &line);
    if (!all.ok()) return all.status();
    if (!shown.ok()) return shown.status();
    results.push_back({ticket.judged.language, ticket.answerable(),
                       *std::move(all), *std::move(shown)});
    absl::StrAppend(&file, line, "\n");
  }
  return absl::StrCat(cli::SuggestTable(cli::ScoreByLanguage(results)), "\n",
                      file);
}

}  // namespace kbsearch::relevance
