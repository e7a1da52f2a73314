// Asks a server for suggestions for judged tickets.
#ifndef KBSEARCH_CLI_EVAL_SUGGEST_EVALUATION_H_
#define KBSEARCH_CLI_EVAL_SUGGEST_EVALUATION_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/connection.h"
#include "cli/eval/parallel_calls.h"
#include "cli/eval/suggest_scores.h"
#include "cli/eval/ticket_judgements.h"

namespace kbsearch::cli {

struct SuggestEvaluationOptions {
  std::string corpus;
  int concurrency = 4;                   // calls at the same time
  std::optional<double> min_confidence;  // default: the server's setting
  std::function<void(size_t)> progress;  // may be empty
};

struct SuggestEvaluation {
  std::vector<TicketResult> results;  // in the order of the tickets
  CallFailure failure;                // `results` are then incomplete
};

// Asks twice for each ticket, in its own language: for the three best, however
// unlikely, and for what is shown.
SuggestEvaluation RunTickets(const Connection& connection,
                             const std::vector<JudgedTicket>& tickets,
                             const SuggestEvaluationOptions& options);

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_EVAL_SUGGEST_EVALUATION_H_
