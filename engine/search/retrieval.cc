#include "engine/search/retrieval.h"

#include <xapian.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>
#include <string>
#include <utility>

#include "engine/deadline.h"
#include "engine/index/schema.h"
#include "engine/query/query_builder.h"
#include "engine/ranking/reranker.h"
#include "engine/search/translations.h"

namespace kbsearch::engine {
namespace {

// BM25. How much a long page is held back depends on the query: keywords look
// for a subject, which a long page may treat best; the many words of a question
// occur in long pages by chance. Measured in docs/relevance.md.
constexpr double kK1 = 1.2;
constexpr double kKeywordsB = 0.25;
constexpr double kQuestionB = 0.65;
constexpr double kMinNormalisedLength = 0.5;

// The best candidates of each language that are ranked; those beyond keep the
// order of retrieval. A fixed number, so that pages fit together.
constexpr size_t kRanked = 100;

Xapian::BM25Weight Weighting(const QueryWords& words) {
  const double b = std::lerp(kKeywordsB, kQuestionB, QuestionShare(words));
  return Xapian::BM25Weight(kK1, 0, 1, b, kMinNormalisedLength);
}

Xapian::MSet Match(const LanguageLookup& lookup, const SearchQuery& search,
                   size_t limit, Xapian::Database& database) {
  Xapian::Enquire enquire(database);
  enquire.set_query(MatchingQuery(lookup, search.filter));
  enquire.set_weighting_scheme(Weighting(lookup.words));
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  LimitTime(search.deadline, enquire);
  return enquire.get_mset(
      0, static_cast<Xapian::doccount>(std::max(limit, kRanked)));
}

// Documents with the form of the word that most have: its forms stand mostly in
// the same ones.
Xapian::doccount CommonestForm(const QueryWord& word,
                               const Xapian::Database& database) {
  Xapian::doccount most = 0;
  for (const auto& [prefix, texts] :
       {std::pair(kFields[kAll].exact_prefix, &word.exact),
        std::pair(kFields[kAll].lemma_prefix, &word.lemmas)}) {
    for (const std::string& text : *texts) {
      most = std::max(most, database.get_termfreq(TextTerm(prefix, text)));
    }
  }
  return most;
}

// Xapian takes the forms of a word for words that have nothing to do with each
// other, so that a word in 1,500 documents makes nearly 3,000 matches. Words
// are taken so, their forms are not: N (1 − Π (1 − f / N)).
uint64_t EstimateMatches(const LanguageLookup& lookup,
                         const SearchFilter& filter,
                         const Xapian::MSet& matches,
                         const Xapian::Database& database) {
  const QueryWords& words = lookup.words;
  const bool has_other_ways =
      !words.joined.empty() || !words.alternatives.empty() ||
      std::any_of(words.words.begin(), words.words.end(),
                  [](const QueryWord& word) { return !word.parts.empty(); });
  const Xapian::doccount least = matches.get_matches_lower_bound();
  const Xapian::doccount most = matches.get_matches_upper_bound();
  if (least == most || has_other_ways || !lookup.restriction.empty() ||
      !filter.empty()) {
    return matches.get_matches_estimated();
  }
  const double documents = database.get_doccount();
  double without = 1;  // share of documents that have none of the words
  const bool has_matter = words.HasMatter();
  for (const QueryWord& word : words.words) {
    if (word.is_negation && has_matter) continue;  // finds nothing itself
    without *= 1 - CommonestForm(word, database) / documents;
  }
  return std::clamp<uint64_t>(std::llround(documents * (1 - without)), least,
                              most);
}

// The matches as candidates of the lookup `language`.
std::vector<Candidate> RankMatches(const Xapian::MSet& matches, size_t language,
                                   const LanguageLookup& lookup,
                                   Audience audience, SearchContext& context) {
  std::vector<Candidate> candidates;
  candidates.reserve(matches.size());
  for (auto match = matches.begin(); match != matches.end(); ++match) {
    candidates.push_back({{}, {}, *match, language, 0});
  }
  const std::span<Candidate> ranked =
      std::span(candidates).first(std::min(candidates.size(), kRanked));
  context.reranker.Score(lookup, audience, context, ranked);
  double lowest = 0;
  for (Candidate& candidate : ranked) {
    candidate.score *= lookup.language.weight;
    candidate.prior = candidate.prior * lookup.language.weight;
    lowest = std::min(lowest, candidate.score);
  }
  for (size_t i = ranked.size(); i < candidates.size(); ++i) {
    candidates[i].score = lowest - static_cast<double>(i);
  }
  return candidates;
}

// Tells which article, and which version of it, each candidate is.
void Identify(const std::string& language, Audience audience,
              OpenCorpus& corpus, std::vector<Candidate>* candidates) {
  const std::vector<const ForwardIndex*> indexes =
      corpus.ForwardIndexes(language, audience);
  const Xapian::Database& database = *corpus.Find(language, audience);
  for (Candidate& candidate : *candidates) {
    const ShardDocument place = PlaceOf(candidate.document, indexes.size());
    if (const ForwardIndex* index = indexes[place.shard]; index != nullptr) {
      const ForwardRecord record = index->Find(place.document);
      candidate.hit_id = record.hit_id();
      candidate.version = record.language();
    }
    if (candidate.hit_id.empty()) {
      const Xapian::Document document =
          database.get_document(candidate.document);
      candidate.hit_id = document.get_value(kHitIdSlot);
      candidate.version = document.get_value(kLanguageSlot);
    }
  }
}

class OnlyDocument : public Xapian::MatchDecider {
 public:
  explicit OnlyDocument(Xapian::docid document) : document_(document) {}
  bool operator()(const Xapian::Document& document) const override {
    return document.get_docid() == document_;
  }

 private:
  const Xapian::docid document_;
};

}  // namespace

Xapian::Query MatchingQuery(const LanguageLookup& lookup,
                            const SearchFilter& filter) {
  return ApplyFilter(lookup.restriction.ApplyTo(BuildQuery(lookup.words)),
                     filter);
}

absl::StatusOr<Candidates> Retrieve(const SearchQuery& query,
                                    const std::vector<LanguageLookup>& lookups,
                                    const LanguagePreference& preferred,
                                    size_t limit, SearchContext& context) {
  Candidates found;
  for (size_t i = 0; i < lookups.size(); ++i) {
    if (absl::Status status = CheckDeadline(query.deadline); !status.ok()) {
      return status;
    }
    const std::string& language = lookups[i].language.language;
    Xapian::Database* database = context.corpus.Find(language, query.audience);
    if (database == nullptr || lookups[i].words.words.empty()) continue;
    const Xapian::MSet matches = Match(lookups[i], query, limit, *database);
    found.total_size +=
        EstimateMatches(lookups[i], query.filter, matches, *database);
    std::vector<Candidate> candidates =
        RankMatches(matches, i, lookups[i], query.audience, context);
    Identify(language, query.audience, context.corpus, &candidates);
    std::move(candidates.begin(), candidates.end(),
              std::back_inserter(found.best));
  }
  const size_t versions = found.best.size();
  found.best = ArrangeTranslations(std::move(found.best),
                                   query.translation_mode, preferred);
  // Translations that are one hit count once; exact when all were retrieved.
  if (versions > found.best.size()) {
    found.total_size = found.total_size * found.best.size() / versions;
  }
  if (found.best.size() > limit) found.best.resize(limit);
  return found;
}

std::vector<ScorePart> ScoreParts(const LanguageLookup& lookup,
                                  Xapian::docid document,
                                  Xapian::Database& database) {
  const OnlyDocument only(document);
  std::vector<ScorePart> parts;
  bool is_found = false;
  for (const QueryPart& part : BuildQueryParts(lookup.words)) {
    Xapian::Enquire enquire(database);
    enquire.set_query(part.query);
    enquire.set_weighting_scheme(Weighting(lookup.words));
    const Xapian::MSet matches = enquire.get_mset(0, 1, 0, nullptr, &only);
    if (matches.empty()) continue;
    is_found = is_found || !part.only_orders;
    parts.push_back({part.name,
                     matches.begin().get_weight() * lookup.language.weight,
                     part.detail});
  }
  if (!is_found) parts.clear();
  return parts;
}

}  // namespace kbsearch::engine
