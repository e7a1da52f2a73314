#include "engine/search/translations.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "engine/index/schema.h"
#include "engine/index/stored_document.h"
#include "engine/query/query_builder.h"

namespace kbsearch::engine {
namespace {

std::string Key(const Candidate& candidate, TranslationMode mode) {
  return mode == TranslationMode::kCollapse
             ? candidate.hit_id
             : candidate.hit_id + "\n" + candidate.version;
}

bool IsEmpty(const SearchFilter& filter) {
  return filter.kinds.empty() && filter.categories.empty() &&
         filter.tags.empty() && !filter.updated_after;
}

// The document of one version of an article, if it passes the filter; else 0.
Xapian::docid FindVersion(const std::string& hit_id,
                          const std::string& language,
                          const SearchFilter& filter,
                          Xapian::Database& database) {
  const std::string term = DocumentTerm(hit_id, language);
  const Xapian::PostingIterator posting = database.postlist_begin(term);
  if (posting == database.postlist_end(term)) return 0;
  if (IsEmpty(filter)) return *posting;
  Xapian::Enquire enquire(database);
  enquire.set_query(ApplyFilter(Xapian::Query(term), filter));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  const Xapian::MSet found = enquire.get_mset(0, 1);
  return found.empty() ? 0 : *found.begin();
}

}  // namespace

std::vector<Candidate> ArrangeTranslations(
    std::vector<Candidate> candidates, TranslationMode mode,
    const LanguagePreference& preferred) {
  std::stable_sort(
      candidates.begin(), candidates.end(),
      [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  std::vector<Candidate> arranged;
  arranged.reserve(candidates.size());
  absl::flat_hash_map<std::string, size_t> places;
  places.reserve(candidates.size());
  for (Candidate& candidate : candidates) {
    const auto [place, is_new] =
        places.emplace(Key(candidate, mode), arranged.size());
    if (is_new) {
      arranged.push_back(std::move(candidate));
      continue;
    }
    Candidate& best = arranged[place->second];
    if (preferred.RankOf(candidate.version) < preferred.RankOf(best.version)) {
      candidate.score = best.score;
      candidate.prior = best.prior;
      candidate.scored_version = std::move(best.version);
      best = std::move(candidate);
    }
  }
  return arranged;
}

Candidate ShownVersion(const Candidate& candidate,
                       const LanguagePreference& preferred,
                       const std::vector<LanguageLookup>& lookups,
                       const SearchQuery& query, OpenCorpus& corpus) {
  if (query.translation_mode == TranslationMode::kSeparate ||
      PageId(candidate.hit_id) != candidate.hit_id) {
    return candidate;
  }
  for (const std::string& language : preferred.order()) {
    if (language == candidate.version) return candidate;
    const auto lookup = std::find_if(
        lookups.begin(), lookups.end(), [&](const LanguageLookup& other) {
          return other.language.language == language;
        });
    if (lookup == lookups.end()) continue;
    const Xapian::docid document =
        FindVersion(candidate.hit_id, language, query.filter,
                    *corpus.Find(language, query.audience));
    if (document == 0) continue;
    Candidate shown = candidate;
    shown.document = document;
    shown.language = static_cast<size_t>(lookup - lookups.begin());
    shown.version = language;
    return shown;
  }
  return candidate;
}

}  // namespace kbsearch::engine
