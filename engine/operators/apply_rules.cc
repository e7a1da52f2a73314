#include "engine/operators/apply_rules.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/index/schema.h"
#include "engine/operators/rule_store.h"
#include "engine/query/query_builder.h"
#include "engine/search/search_trace.h"

namespace kbsearch::engine {
namespace {

bool Contains(const std::vector<std::string>& list, const std::string& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// Where pinned articles are looked for and how they are shown.
class Pinner {
 public:
  Pinner(const PinnableRanking& ranking, SearchContext& context)
      : ranking_(ranking), query_(ranking.query), context_(context) {}

  // The article in the language that serves the user best: the preferred one,
  // then those of the query, then any.
  std::optional<Candidate> Find(const std::string& id) {
    std::vector<std::string> languages = {ranking_.preferred};
    for (const LanguageLookup& lookup : ranking_.lookups) {
      languages.push_back(lookup.language.language);
    }
    for (std::string& language : context_.corpus.Languages(query_.audience)) {
      languages.push_back(std::move(language));
    }
    for (const std::string& language : languages) {
      if (!query_.languages.empty() && !Contains(query_.languages, language)) {
        continue;
      }
      if (const Xapian::docid document = FindIn(id, language); document != 0) {
        return Candidate{id, language, document, LookupIn(language)};
      }
    }
    return std::nullopt;
  }

 private:
  // 0: not there, not for this audience, or not through the filter.
  Xapian::docid FindIn(const std::string& id, const std::string& language) {
    Xapian::Database* database =
        context_.corpus.Find(language, query_.audience);
    if (database == nullptr) return 0;
    Xapian::Enquire enquire(*database);
    enquire.set_query(
        ApplyFilter(Xapian::Query(DocumentTerm(id, language)), query_.filter));
    const Xapian::MSet matches = enquire.get_mset(0, 1);
    return matches.empty() ? 0 : *matches.begin();
  }

  size_t LookupIn(const std::string& language) {
    std::vector<LanguageLookup>& lookups = ranking_.lookups;
    for (size_t i = 0; i < lookups.size(); ++i) {
      if (lookups[i].language.language == language) return i;
    }
    lookups.push_back(
        {{language, 0, 0},
         AnalyzeQuery(query_.text, context_.analyzers.Of(language)),
         {}});
    return lookups.size() - 1;
  }

  const PinnableRanking& ranking_;
  const SearchQuery& query_;
  SearchContext& context_;
};

}  // namespace

void AddSynonyms(const SearchContext& context, QueryWords* words) {
  if (context.rules == nullptr) return;
  const auto found = context.rules->synonyms.find(words->language);
  if (found == context.rules->synonyms.end()) return;
  found->second->table.Expand(words);
}

void FindCurations(const std::vector<LanguageLookup>& lookups,
                   const SearchContext& context, CurationMatch* match) {
  if (context.rules == nullptr || context.rules->curations == nullptr) return;
  for (const LanguageLookup& lookup : lookups) {
    context.rules->curations->table.Find(lookup.words, match);
  }
}

void PinArticles(const CurationMatch& match, SearchContext& context,
                 const PinnableRanking& ranking) {
  if (match.pinned.empty()) return;
  Pinner pinner(ranking, context);
  std::vector<Candidate>& best = ranking.found.best;
  // So that scores still fall with the rank.
  const double best_score = best.empty() ? 1.0 : best.front().score;
  std::ptrdiff_t place = 0;
  for (const std::string& id : match.pinned) {
    const auto target = best.begin() + place;
    const auto ranked = std::find_if(
        target, best.end(),
        [&](const Candidate& candidate) { return candidate.hit_id == id; });
    if (ranked != best.end()) {
      std::rotate(target, ranked, ranked + 1);
    } else if (std::optional<Candidate> candidate = pinner.Find(id)) {
      best.insert(target, *std::move(candidate));
    } else {
      continue;
    }
    best[static_cast<size_t>(place)].pinned = true;
    best[static_cast<size_t>(place)].score = best_score;
    ++place;
  }
}

}  // namespace kbsearch::engine
