#include "engine/retrieval.h"

#include <algorithm>
#include <utility>

#include "engine/deadline.h"
#include "engine/query_builder.h"
#include "engine/schema.h"
#include "engine/translations.h"

namespace kbsearch::engine {
namespace {

// BM25. How much a long page is held back depends on the query: keywords look
// for a subject, which a long page may treat best; the many words of a question
// occur in long pages by chance. Measured in docs/relevance.md.
constexpr double kK1 = 1.2;
constexpr double kKeywordsB = 0.25;  // up to kKeywords words
constexpr double kQuestionB = 0.65;  // from kQuestionWords words
constexpr double kKeywords = 2;
constexpr double kQuestionWords = 5;
constexpr double kMinNormalisedLength = 0.5;

double LengthNormalisation(size_t words) {
  const double share =
      (static_cast<double>(words) - kKeywords) / (kQuestionWords - kKeywords);
  return kKeywordsB + (kQuestionB - kKeywordsB) * std::clamp(share, 0.0, 1.0);
}

// Documents weighed at least, for the estimate of the number of results.
constexpr Xapian::doccount kCheckAtLeast = 100;

Xapian::MSet Match(const LanguageLookup& lookup, const SearchQuery& search,
                   size_t limit, Xapian::Database& database) {
  Xapian::Enquire enquire(database);
  enquire.set_query(MatchingQuery(lookup, search.filter));
  enquire.set_weighting_scheme(Xapian::BM25Weight(
      kK1, 0, 1, LengthNormalisation(lookup.words.words.size()),
      kMinNormalisedLength));
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  LimitTime(search.deadline, enquire);
  return enquire.get_mset(0, static_cast<Xapian::doccount>(limit),
                          kCheckAtLeast);
}

}  // namespace

Xapian::Query MatchingQuery(const LanguageLookup& lookup,
                            const SearchFilter& filter) {
  return ApplyFilter(lookup.restriction.ApplyTo(BuildQuery(lookup.words)),
                     filter);
}

absl::StatusOr<Candidates> Retrieve(const SearchQuery& query,
                                    const std::vector<LanguageLookup>& lookups,
                                    const std::string& preferred, size_t limit,
                                    OpenCorpus& corpus) {
  Candidates found;
  for (size_t i = 0; i < lookups.size(); ++i) {
    if (absl::Status status = CheckDeadline(query.deadline); !status.ok()) {
      return status;
    }
    Xapian::Database* database =
        corpus.Find(lookups[i].language.language, query.audience);
    if (database == nullptr || lookups[i].words.words.empty()) continue;
    const Xapian::MSet matches = Match(lookups[i], query, limit, *database);
    found.total_size += matches.get_matches_estimated();
    for (auto match = matches.begin(); match != matches.end(); ++match) {
      const Xapian::Document document = match.get_document();
      found.best.push_back({document.get_value(kHitIdSlot),
                            document.get_value(kLanguageSlot), *match, i,
                            match.get_weight() * lookups[i].language.weight});
    }
  }
  found.best = ArrangeTranslations(std::move(found.best),
                                   query.translation_mode, preferred);
  if (found.best.size() > limit) found.best.resize(limit);
  return found;
}

}  // namespace kbsearch::engine
