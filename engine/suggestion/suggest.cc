#include "engine/suggestion/suggest.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "engine/deadline.h"
#include "engine/operators/apply_rules.h"
#include "engine/search/hit_maker.h"
#include "engine/search/translations.h"
#include "engine/suggestion/folded_words.h"
#include "engine/suggestion/sentence_match.h"
#include "engine/suggestion/ticket_features.h"
#include "engine/suggestion/ticket_letters.h"
#include "engine/suggestion/ticket_query.h"
#include "engine/suggestion/ticket_retrieval.h"
#include "engine/suggestion/ticket_text.h"

namespace kbsearch::engine {
namespace {

// Candidates of a language whose probability is told: as many as are suggested
// at most, and as the probabilities were fitted to.
constexpr size_t kJudged = 5;

// Without the word that is being typed at the end of `text`, unless it is the
// only one.
std::string_view WithoutUnfinishedWord(std::string_view text) {
  const std::vector<FoldedWord> words = FoldWords(text);
  if (words.size() < 2 || words.back().end != text.size()) return text;
  return text.substr(0, words.back().begin);
}

// The ticket as the search that pinned articles and hits are made for.
SearchQuery AsSearch(const SuggestQuery& query, const std::string& subject,
                     const std::vector<std::string>& hidden) {
  SearchQuery search;
  search.corpus = query.corpus;
  search.text = subject;
  search.languages = query.languages;
  search.audience = query.audience;
  search.deadline = query.deadline;
  search.filter.hidden_ids = hidden;
  if (query.audience == Audience::kPublic) {
    search.filter.kinds = {ArticleKind::kArticle, ArticleKind::kFaq,
                           ArticleKind::kForumThread};
  }
  return search;
}

// An operator's word is not weighed.
constexpr double kPinnedConfidence = 1;

// What operators pin and hide for the ticket's first sentence, its subject if
// it has one, as a query.
CurationMatch CurationsOf(const std::string& subject,
                          const std::vector<TicketQuery>& tickets,
                          SearchContext& context) {
  CurationMatch match;
  if (subject.size() > kMaxCurationQueryBytes) return match;
  std::vector<LanguageLookup> lookups;
  for (const TicketQuery& ticket : tickets) {
    const QueryLanguage& language = ticket.lookup.language;
    lookups.push_back(
        {language,
         AnalyzeQuery(subject, context.analyzers.Of(language.language)),
         {}});
  }
  FindCurations(lookups, context, &match);
  return match;
}

// The candidates of one language, their scores being probabilities. What is
// found in a language that the ticket may not be in counts less. What a
// sentence asks word for word is as likely as if it stood alone.
std::vector<Candidate> JudgeCandidates(const TicketQuery& ticket,
                                       size_t language,
                                       const SearchFilter& filter,
                                       const SuggestQuery& query,
                                       SearchContext& context) {
  std::vector<Candidate> found = FindTicketCandidates(
      ticket, language, filter, query.audience, query.deadline, context);
  const std::vector<TicketFeatures> features =
      ScoreTicketCandidates(ticket, query.audience, context, found);
  const std::vector<size_t> order = OrderByScore(found);
  const std::vector<double> by_sentence =
      SentenceConfidences(ticket, query.audience, context, found, features);
  std::vector<Candidate> judged;
  for (size_t rank = 0; rank < order.size(); ++rank) {
    const size_t i = order[rank];
    if (found[i].hit_id.empty() || (rank >= kJudged && by_sentence[i] == 0)) {
      continue;
    }
    const double whole = ConfidenceAt(rank, order, found, features, ticket);
    judged.push_back(found[i]);
    judged.back().score =
        std::max(whole, by_sentence[i]) * ticket.lookup.language.weight;
  }
  return judged;
}

void TellTerms(const std::vector<TicketQuery>& tickets, SuggestResult* result) {
  std::vector<std::pair<double, std::string>> terms;
  for (const TicketQuery& ticket : tickets) {
    result->languages.push_back(ticket.lookup.language.language);
    for (size_t i = 0; i < ticket.weights.size(); ++i) {
      terms.emplace_back(ticket.weights[i],
                         ticket.lookup.words.words[i].exact.front());
    }
  }
  std::stable_sort(
      terms.begin(), terms.end(),
      [](const auto& a, const auto& b) { return a.first > b.first; });
  for (auto& [weight, term] : terms) {
    if (std::find(result->terms.begin(), result->terms.end(), term) ==
        result->terms.end()) {
      result->terms.push_back(std::move(term));
    }
  }
}

absl::Status AddHits(const std::vector<Candidate>& best,
                     const std::vector<LanguageLookup>& lookups,
                     const SuggestQuery& query, const SearchQuery& search,
                     SearchContext& context, SuggestResult* result) {
  std::map<size_t, HitMaker> makers;  // by language
  for (const Candidate& candidate : best) {
    if (result->suggestions.size() ==
            static_cast<size_t>(query.max_suggestions) ||
        candidate.score < query.min_confidence) {
      break;
    }
    HitMaker& maker =
        makers
            .try_emplace(candidate.language, lookups[candidate.language],
                         search, context)
            .first->second;
    absl::StatusOr<Hit> hit = maker.Make(candidate);
    if (!hit.ok()) return hit.status();
    result->suggestions.push_back({*std::move(hit), candidate.score});
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SuggestResult> RunSuggest(const SuggestQuery& query,
                                         SearchContext& context) {
  SuggestResult result;
  std::string_view subject = query.subject;
  std::string_view body = query.body;
  if (query.draft) {
    std::string_view& typed = body.empty() ? subject : body;
    typed = WithoutUnfinishedWord(typed);
  }
  const std::vector<TicketSentence> sentences =
      ReadLetters(ReadTicket(subject, body), query, context);
  if (sentences.empty()) return result;
  std::vector<TicketQuery> tickets =
      MakeTicketQueries(sentences, query, kMaxTicketWords, context);
  TellTerms(tickets, &result);
  const CurationMatch curation =
      CurationsOf(sentences.front().text, tickets, context);
  const SearchQuery search =
      AsSearch(query, sentences.front().text, curation.hidden);
  Candidates found;
  for (size_t i = 0; i < tickets.size(); ++i) {
    if (absl::Status status = CheckDeadline(query.deadline); !status.ok()) {
      return status;
    }
    for (Candidate& candidate :
         JudgeCandidates(tickets[i], i, search.filter, query, context)) {
      found.best.push_back(std::move(candidate));
    }
  }
  const std::string preferred = context.registry().Normalize(query.language);
  found.best =
      ArrangeTranslations(std::move(found.best), TranslationMode::kCollapse,
                          LanguagePreference({preferred}));
  std::vector<LanguageLookup> lookups;
  for (TicketQuery& ticket : tickets) {
    lookups.push_back(std::move(ticket.lookup));
  }
  PinArticles(curation, context, {search, preferred, lookups, found});
  for (Candidate& candidate : found.best) {
    if (candidate.pinned) candidate.score = kPinnedConfidence;
  }
  absl::Status status =
      AddHits(found.best, lookups, query, search, context, &result);
  if (!status.ok()) return status;
  result.abstained = !found.best.empty() && result.suggestions.empty();
  return result;
}

}  // namespace kbsearch::engine
