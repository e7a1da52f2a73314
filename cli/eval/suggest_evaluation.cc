#include "cli/eval/suggest_evaluation.h"

namespace kbsearch::cli {
namespace {

constexpr int kSuggestions = 3;

grpc::Status Ask(const Connection& connection,
                 const kbsearch::v1::SuggestArticlesRequest& request,
                 const JudgedQuery& judged,
                 std::vector<JudgedSuggestion>* suggestions) {
  kbsearch::v1::SuggestArticlesResponse response;
  const grpc::Status status = CallWhileOverloaded([&] {
    const auto context = connection.NewContext();
    return connection.search().SuggestArticles(context.get(), request,
                                               &response);
  });
  for (const auto& suggestion : response.suggestions()) {
    const std::string document =
        DocumentOfHit(judged, suggestion.hit().article_id(),
                      suggestion.hit().language_code());
    suggestions->push_back(
        {suggestion.confidence(), judged.relevant.contains(document)});
  }
  return status;
}

}  // namespace

SuggestEvaluation RunTickets(const Connection& connection,
                             const std::vector<JudgedTicket>& tickets,
                             const SuggestEvaluationOptions& options) {
  SuggestEvaluation evaluation;
  evaluation.results.resize(tickets.size());
  evaluation.failure = CallInParallel(
      tickets.size(), options.concurrency, options.progress, [&](size_t i) {
        const JudgedTicket& ticket = tickets[i];
        TicketResult& result = evaluation.results[i];
        result.language = ticket.judged.language;
        result.answerable = ticket.answerable();
        kbsearch::v1::SuggestArticlesRequest request;
        request.set_corpus(options.corpus);
        request.set_subject(ticket.subject);
        request.set_body(ticket.body);
        request.set_language_code(ticket.judged.language);
        request.add_languages(ticket.judged.language);
        request.set_max_suggestions(kSuggestions);
        request.set_min_confidence(0);
        const grpc::Status status =
            Ask(connection, request, ticket.judged, &result.all);
        if (!status.ok()) return status;
        request.clear_min_confidence();
        if (options.min_confidence) {
          request.set_min_confidence(*options.min_confidence);
        }
        return Ask(connection, request, ticket.judged, &result.shown);
      });
  return evaluation;
}

}  // namespace kbsearch::cli
