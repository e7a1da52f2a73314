// The sentences of a ticket → in each of its languages, the few words that say
// most about the matter, with what each weighs.
#ifndef KBSEARCH_ENGINE_SUGGESTION_TICKET_QUERY_H_
#define KBSEARCH_ENGINE_SUGGESTION_TICKET_QUERY_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/search/candidate.h"
#include "engine/search_context.h"
#include "engine/suggestion/suggestion.h"
#include "engine/suggestion/ticket_text.h"

namespace kbsearch::engine {

// Most words looked up in one language. Fewer find less, more cost time
// (docs/suggestions.md).
inline constexpr size_t kMaxTicketWords = 40;

// Candidates of a ticket that are looked at closely.
inline constexpr uint32_t kTicketCandidates = 60;

// A ticket, or an article taken for one, in one language.
struct TicketQuery {
  // `words`: those that are looked up, in the order of the text.
  LanguageLookup lookup;
  // Of each of lookup.words.words: rarity × how often and where in the ticket
  // it stands.
  std::vector<double> weights;
  // Of each: what it weighs beside the index's own idf.
  std::vector<double> boosts;
  // Of each: it stands in the subject, or an article's title.
  std::vector<bool> in_subject;
  // What all content words weigh that could be looked up, and those of them
  // that no article holds.
  double all_weight = 0;
  double unknown_weight = 0;
  size_t content_words = 0;  // different ones
  // Those of the ticket in this language, which must outlive the query; none of
  // an article's.
  std::vector<const TicketSentence*> sentences;
};

// A text of which each occurrence of a word counts `weight` times.
struct WeighedText {
  std::string_view text;
  double weight = 1;
  bool is_subject = false;
};

// The words of `texts`, all in `language`; at most `max_words` of them (0: no
// bound), those that weigh most. Looks at the first 400 different words. A word
// weighs log(1 + (N − df + ½) / (df + ½)) × √(sum of its weights).
// REQUIRES: the language is in the corpus. Throws Xapian errors.
TicketQuery MakeWordsQuery(const QueryLanguage& language,
                           std::span<const WeighedText> texts, size_t max_words,
                           Audience audience, SearchContext& context);

// The ticket's languages, most text first. `max_words` bounds the words of each
// (0: no bound). Languages without a known word are left out. Throws Xapian
// errors.
std::vector<TicketQuery> MakeTicketQueries(
    const std::vector<TicketSentence>& sentences, const SuggestQuery& query,
    size_t max_words, SearchContext& context);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SUGGESTION_TICKET_QUERY_H_
