#include "engine/retrieval.h"

#include <algorithm>
#include <chrono>
#include <unordered_map>
#include <utility>

#include "engine/query_builder.h"
#include "engine/schema.h"

namespace kbsearch::engine {
namespace {

// BM25 over help articles, where long pages are no worse than short ones:
// chosen by cross-validation, docs/relevance.md.
constexpr double kK1 = 1.2;
constexpr double kB = 0.45;
constexpr double kMinNormalisedLength = 0.5;

// Documents weighed at least, for the estimate of the number of results.
constexpr Xapian::doccount kCheckAtLeast = 100;

double SecondsUntil(Deadline deadline) {
  return std::chrono::duration<double>(deadline -
                                       std::chrono::steady_clock::now())
      .count();
}

Xapian::MSet Match(const Xapian::Query& query, const SearchQuery& search,
                   size_t limit, Xapian::Database& database) {
  Xapian::Enquire enquire(database);
  enquire.set_query(query);
  enquire.set_weighting_scheme(
      Xapian::BM25Weight(kK1, 0, 1, kB, kMinNormalisedLength));
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  if (search.deadline != Deadline::max()) {
    enquire.set_time_limit(std::max(0.001, SecondsUntil(search.deadline)));
  }
  return enquire.get_mset(0, static_cast<Xapian::doccount>(limit),
                          kCheckAtLeast);
}

// Keeps one candidate a hit id: the one in the user's language if there is one,
// with the best score of all.
std::vector<Candidate> Collapse(std::vector<Candidate> candidates,
                                const std::vector<LanguageLookup>& lookups,
                                const std::string& locale) {
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) {
                     return a.score > b.score;
                   });
  std::vector<Candidate> best;
  std::unordered_map<std::string, size_t> places;
  for (Candidate& candidate : candidates) {
    const auto [place, is_new] = places.emplace(candidate.hit_id, best.size());
    if (is_new) {
      best.push_back(std::move(candidate));
    } else if (lookups[candidate.language].language.language == locale) {
      best[place->second].document = candidate.document;
      best[place->second].language = candidate.language;
    }
  }
  return best;
}

}  // namespace

absl::StatusOr<Candidates> Retrieve(const SearchQuery& query,
                                    const std::vector<LanguageLookup>& lookups,
                                    const std::string& locale, size_t limit,
                                    OpenCorpus& corpus) {
  Candidates found;
  for (size_t i = 0; i < lookups.size(); ++i) {
    if (SecondsUntil(query.deadline) <= 0) {
      return absl::DeadlineExceededError("the search took too long");
    }
    Xapian::Database* database =
        corpus.Find(lookups[i].language.language, query.audience);
    if (database == nullptr || lookups[i].words.words.empty()) continue;
    const Xapian::Query words =
        ApplyFilter(BuildQuery(lookups[i].words), query.filter);
    const Xapian::MSet matches = Match(words, query, limit, *database);
    found.total_size += matches.get_matches_estimated();
    for (auto match = matches.begin(); match != matches.end(); ++match) {
      found.best.push_back({match.get_document().get_value(kHitIdSlot), *match,
                            i,
                            match.get_weight() * lookups[i].language.weight});
    }
  }
  found.best = Collapse(std::move(found.best), lookups, locale);
  if (found.best.size() > limit) found.best.resize(limit);
  return found;
}

}  // namespace kbsearch::engine
