// What is asked and answered about a ticket, and about an article's relatives.
#ifndef KBSEARCH_ENGINE_SUGGESTION_SUGGESTION_H_
#define KBSEARCH_ENGINE_SUGGESTION_SUGGESTION_H_

#include <string>
#include <vector>

#include "engine/search.h"

namespace kbsearch::engine {

struct SuggestQuery {
  std::string corpus;
  std::string subject;
  std::string body;
  std::string language;                   // the user's locale: a prior
  std::vector<std::string> languages;     // hard filter; empty = all
  Audience audience = Audience::kPublic;  // kAgent sees both audiences
  int max_suggestions = 3;                // 1–5; the caller has validated it
  double min_confidence = 0;              // 0–1
  bool draft = false;                     // the last word may be unfinished
  Deadline deadline = Deadline::max();
};

struct Suggestion {
  Hit hit;
  double confidence = 0;  // probability that the article answers
};

struct SuggestResult {
  std::vector<Suggestion> suggestions;  // best first
  bool abstained = false;  // something was found, nothing was good enough
  std::vector<std::string> terms;      // looked for, weightiest first
  std::vector<std::string> languages;  // of the ticket, most text first
};

struct RelatedQuery {
  std::string corpus;
  std::string article_id;  // "<id>", or "<id>#<n>" of an FAQ entry
  std::string language;    // the version to compare; none in it: as
                           // Searcher::GetArticle
  Audience audience = Audience::kPublic;
  int page_size = 5;  // 1–50
  Deadline deadline = Deadline::max();
};

struct RelatedResult {
  std::string language;   // of the version that was compared
  std::vector<Hit> hits;  // best first
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SUGGESTION_SUGGESTION_H_
