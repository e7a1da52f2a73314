#include "engine/suggestion/related.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "engine/deadline.h"
#include "engine/index/article_lookup.h"
#include "engine/index/document_record.h"
#include "engine/index/schema.h"
#include "engine/search/hit_maker.h"
#include "engine/suggestion/article_place.h"
#include "engine/suggestion/article_relatives.h"
#include "engine/suggestion/near_duplicate.h"

namespace kbsearch::engine {
namespace {

// What the other languages say together, beside the article's own.
constexpr double kVotes = 2;

// The scores of an article's relatives in one of its other languages.
struct Vote {
  std::string language;
  std::map<std::string, double> scores;  // by hit id
};

absl::StatusOr<std::vector<Vote>> Votes(
    const RelatedQuery& query, const std::string& own,
    const std::vector<std::string>& languages, SearchContext& context) {
  std::vector<Vote> votes;
  for (const std::string& language : languages) {
    if (language == own) continue;
    if (absl::Status status = CheckDeadline(query.deadline); !status.ok()) {
      return status;
    }
    std::vector<std::string> ignored;
    const absl::StatusOr<Article> version = FindArticle(
        query.article_id, language, query.audience, context.corpus, &ignored);
    if (!version.ok()) return version.status();
    const Relatives relatives =
        FindRelatives(*version, query, language, context);
    Vote& vote = votes.emplace_back();
    vote.language = language;
    for (size_t i = 0; i < relatives.candidates.size(); ++i) {
      vote.scores.emplace(relatives.candidates[i].hit_id,
                          RelationScore(relatives.features[i]));
    }
  }
  return votes;
}

// The mean of the votes for a candidate, 0 where a language has it and did not
// find it; its own score where no other language has it.
double VoteFor(const std::string& hit_id, double own_score,
               const std::vector<Vote>& votes, Audience audience,
               OpenCorpus& corpus) {
  double sum = 0;
  int count = 0;
  for (const Vote& vote : votes) {
    if (const auto found = vote.scores.find(hit_id);
        found != vote.scores.end()) {
      sum += found->second;
    } else if (!corpus.Find(vote.language, audience)
                    ->term_exists(DocumentTerm(hit_id, vote.language))) {
      continue;
    }
    ++count;
  }
  return count == 0 ? own_score : sum / count;
}

std::vector<Candidate> Rank(Relatives relatives, const std::string& language,
                            const std::vector<Vote>& votes,
                            const RelatedQuery& query, OpenCorpus& corpus) {
  std::vector<Candidate> ranked;
  std::vector<std::string_view> pages;
  pages.reserve(relatives.candidates.size());
  for (const Candidate& candidate : relatives.candidates) {
    pages.push_back(PageId(candidate.hit_id));
  }
  const std::vector<PlaceLikeness> places =
      ComparePlaces(PageId(query.article_id), pages);
  for (size_t i = 0; i < relatives.candidates.size(); ++i) {
    Candidate& candidate = relatives.candidates[i];
    // A part of an article in another language is no article of this one.
    if (candidate.version != language) continue;
    const double own = RelationScore(relatives.features[i]);
    candidate.score = (own + kVotes * VoteFor(candidate.hit_id, own, votes,
                                              query.audience, corpus)) /
                          (1 + kVotes) +
                      PlaceScore(places[i]);
    ranked.push_back(std::move(candidate));
  }
  std::stable_sort(
      ranked.begin(), ranked.end(),
      [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  return ranked;
}

}  // namespace

absl::StatusOr<RelatedResult> RunRelated(const RelatedQuery& query,
                                         SearchContext& context) {
  std::vector<std::string> languages;
  const absl::StatusOr<Article> article =
      FindArticle(query.article_id, query.language, query.audience,
                  context.corpus, &languages);
  if (!article.ok()) return article.status();
  const std::string& language = article->language;
  Relatives relatives = FindRelatives(*article, query, language, context);
  const absl::StatusOr<std::vector<Vote>> votes =
      Votes(query, language, languages, context);
  if (!votes.ok()) return votes.status();
  const TicketQuery words = std::move(relatives.words);
  std::vector<Candidate> ranked =
      Rank(std::move(relatives), language, *votes, query, context.corpus);
  ranked.resize(std::min(ranked.size(), static_cast<size_t>(query.page_size)));

  SearchQuery search;
  search.corpus = query.corpus;
  search.audience = query.audience;
  search.deadline = query.deadline;
  HitMaker maker(words.lookup, search, context);
  const Xapian::Database& database =
      *context.corpus.Find(language, query.audience);
  RelatedResult result{language, {}};
  for (const Candidate& candidate : ranked) {
    absl::StatusOr<Hit> hit = maker.Make(candidate);
    if (!hit.ok()) return hit.status();
    const absl::StatusOr<StoredDocument> stored =
        ReadDocumentRecord(database, candidate.document);
    hit->near_duplicate =
        stored.ok() && Resemblance(*article, stored->article) >= kNearDuplicate;
    result.hits.push_back(*std::move(hit));
  }
  return result;
}

}  // namespace kbsearch::engine
