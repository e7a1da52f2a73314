#include "engine/search/explain.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/index/article_lookup.h"
#include "engine/index/stored_document.h"
#include "engine/ranking/reranker.h"
#include "engine/search/absence.h"
#include "engine/search/hit_maker.h"
#include "engine/search/search_pipeline.h"
#include "engine/search/search_trace.h"
#include "engine/search_context.h"

namespace kbsearch::engine {
namespace {

// Of sums of floating-point numbers.
constexpr double kRounding = 1e-6;

class Explainer {
 public:
  Explainer(const ExplainQuery& query, const SearchTrace& trace,
            const SearchResult& result, SearchContext& context)
      : query_(query), trace_(trace), result_(result), context_(context) {}

  // The hits of the page.
  absl::StatusOr<std::vector<ExplainedCandidate>> Hits() {
    std::vector<ExplainedCandidate> candidates;
    for (size_t i = 0; i < result_.hits.size(); ++i) {
      candidates.push_back(Explain(trace_.page_begin + i));
      candidates.back().hit = result_.hits[i];
    }
    return candidates;
  }

  // The article asked about; an FAQ page is also found through its entries.
  absl::StatusOr<std::vector<ExplainedCandidate>> Article() {
    const size_t place = FindPlace();
    if (place == trace_.ranking.size()) return Absent();
    ExplainedCandidate candidate = Explain(place);
    if (IsOnPage(place)) {
      candidate.hit = result_.hits[place - trace_.page_begin];
    } else {
      const Candidate& ranked = trace_.ranking[place];
      absl::StatusOr<Hit> hit =
          HitMaker(trace_.lookups[ranked.language], query_.search, context_)
              .Make(ranked);
      if (!hit.ok()) return hit.status();
      candidate.hit = *std::move(hit);
    }
    candidate.absent_because = WhyNotShown(candidate);
    return std::vector<ExplainedCandidate>{std::move(candidate)};
  }

 private:
  // Where the article stands in the ranking, in the language asked about if it
  // does; the ranking's size when it is not in it.
  size_t FindPlace() const {
    const std::vector<Candidate>& ranking = trace_.ranking;
    size_t found = ranking.size();
    for (size_t i = 0; i < ranking.size(); ++i) {
      if (ranking[i].hit_id != query_.article_id &&
          PageId(ranking[i].hit_id) != query_.article_id) {
        continue;
      }
      if (query_.language.empty() || ranking[i].version == query_.language) {
        return i;
      }
      found = std::min(found, i);
    }
    return found;
  }

  bool IsOnPage(size_t place) const {
    return place >= trace_.page_begin &&
           place - trace_.page_begin < result_.hits.size();
  }

  ExplainedCandidate Explain(size_t place) {
    const Candidate& ranked = trace_.ranking[place];
    const LanguageLookup& lookup = trace_.lookups[ranked.language];
    ExplainedCandidate candidate;
    candidate.rank = static_cast<int>(place) + 1;
    candidate.parts = ranked.pinned
                          ? std::vector<ScorePart>{{"pinned", ranked.score,
                                                    "by the operators"}}
                          : FeatureParts(ranked, lookup);
    candidate.words = ScoreParts(lookup, ranked.document,
                                 *context_.corpus.Find(lookup.language.language,
                                                       query_.search.audience));
    return candidate;
  }

  // The features of the ranking; what they do not tell of the score is of the
  // version whose place this one took, or its place below the candidates that
  // were ranked by them.
  std::vector<ScorePart> FeatureParts(const Candidate& ranked,
                                      const LanguageLookup& lookup) {
    const RankFeatures features =
        FeaturesOf(lookup, query_.search.audience, context_, {&ranked, 1})
            .front();
    std::vector<ScorePart> parts;
    double rest = ranked.score;
    for (size_t i = 0; i < features.size(); ++i) {
      const auto feature = static_cast<RankFeature>(i);
      const double weight =
          FeatureWeight(feature, lookup.words) * lookup.language.weight;
      const double value = weight * features[i];
      if (value == 0) continue;
      parts.push_back({std::string(RankFeatureName(feature)), value,
                       absl::StrFormat("%.3f × %.3f", features[i], weight)});
      rest -= value;
    }
    for (const auto& [name, value, detail] :
         {std::tuple("use", ranked.prior.use, "its clicks and ratings"),
          std::tuple("freshness", ranked.prior.freshness,
                     "how lately it was updated, beside the other candidates"),
          std::tuple("kind", ranked.prior.kind,
                     "what kind of article it is")}) {
      if (value == 0) continue;
      parts.push_back({name, value, detail});
      rest -= value;
    }
    if (std::abs(rest) <= kRounding) return parts;
    if (!ranked.scored_version.empty()) {
      parts.push_back({"best version", rest,
                       absl::StrFormat("the article is ranked by its version "
                                       "in %s, which answers better",
                                       ranked.scored_version)});
    } else {
      parts.push_back({"not ranked", rest,
                       "too far down to be ranked by its words' places"});
    }
    return parts;
  }

  // Of an article in the ranking; empty when the page shows it.
  std::string WhyNotShown(const ExplainedCandidate& candidate) const {
    const auto place = static_cast<size_t>(candidate.rank) - 1;
    if (place < trace_.page_begin) {
      return absl::StrFormat("on an earlier page: its rank is %d",
                             candidate.rank);
    }
    if (!IsOnPage(place)) {
      return absl::StrFormat(
          "below the cut: its rank is %d, and the page ends at rank %d",
          candidate.rank, trace_.page_begin + result_.hits.size());
    }
    if (query_.language.empty() || candidate.hit.language == query_.language) {
      return "";
    }
    return absl::StrFormat(
        "versions of an article are one result, and it is shown in %s",
        candidate.hit.language);
  }

  absl::StatusOr<std::vector<ExplainedCandidate>> Absent() {
    ExplainedCandidate candidate;
    candidate.absent_because = WhyAbsent(query_, trace_, context_);
    candidate.hit.article_id = query_.article_id;
    std::vector<std::string> languages;
    const auto article =
        FindArticle(query_.article_id, query_.language, Audience::kAgent,
                    context_.corpus, &languages);
    if (article.ok()) {
      candidate.hit.language = article->language;
      candidate.hit.title = article->title;
      candidate.hit.url = article->url;
      candidate.hit.kind = article->kind;
      candidate.hit.audience = article->audience;
      candidate.hit.category = article->category;
      candidate.hit.available_languages = std::move(languages);
    }
    return std::vector<ExplainedCandidate>{std::move(candidate)};
  }

  const ExplainQuery& query_;
  const SearchTrace& trace_;
  const SearchResult& result_;
  SearchContext& context_;
};

}  // namespace

absl::StatusOr<Explanation> RunExplain(const ExplainQuery& query,
                                       SearchContext& context) {
  SearchTrace trace;
  context.trace = &trace;
  SearchQuery search = query.search;
  search.facets.clear();
  const absl::StatusOr<SearchResult> result = RunSearch(search, context);
  context.trace = nullptr;
  if (!result.ok()) return result.status();
  Explainer explainer(query, trace, *result, context);
  absl::StatusOr<std::vector<ExplainedCandidate>> candidates =
      query.article_id.empty() ? explainer.Hits() : explainer.Article();
  if (!candidates.ok()) return candidates.status();
  return Explanation{std::move(trace.stages), *std::move(candidates)};
}

}  // namespace kbsearch::engine
