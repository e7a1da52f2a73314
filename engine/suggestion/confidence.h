// The probability that an article answers a ticket.
//
// A logistic regression over what ranking knows of the article and what is
// known of the ticket as a whole. Its weights stand in confidence.cc; they are
// fitted, and the probabilities checked on tickets that they were not fitted
// to, by tests/relevance/fit-suggestions (docs/suggestions.md).
#ifndef KBSEARCH_ENGINE_SUGGESTION_CONFIDENCE_H_
#define KBSEARCH_ENGINE_SUGGESTION_CONFIDENCE_H_

#include <cstddef>

#include "engine/suggestion/ticket_features.h"

namespace kbsearch::engine {

struct SuggestionEvidence {
  TicketFeatures features{};  // of the article
  // Its score less that of the best other article; 0 or more for the first.
  double margin = 0;
  bool is_first = false;     // by score
  double unknown_share = 0;  // of the ticket's weight: words in no article
  size_t content_words = 0;  // of the ticket, different ones
};

// 0 to 1. Thread-safe.
double Confidence(const SuggestionEvidence& evidence);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SUGGESTION_CONFIDENCE_H_
