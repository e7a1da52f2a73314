#include "engine/search/facets.h"

#include <xapian.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "engine/deadline.h"
#include "engine/index/facet_record.h"
#include "engine/index/schema.h"
#include "engine/search/lookups.h"

namespace kbsearch::engine {
namespace {

constexpr size_t kFields = kFacetFieldCount;

// Numbers of the values of one field, in order of their first appearance.
class ValueNumbers {
 public:
  uint32_t NumberOf(const std::string& value) {
    const auto [place, is_new] =
        numbers_.emplace(value, static_cast<uint32_t>(values_.size()));
    if (is_new) values_.push_back(value);
    return place->second;
  }
  const std::vector<std::string>& values() const { return values_; }

 private:
  absl::flat_hash_map<std::string, uint32_t> numbers_;
  std::vector<std::string> values_;
};

void SortUnique(std::vector<uint32_t>* numbers) {
  std::sort(numbers->begin(), numbers->end());
  numbers->erase(std::unique(numbers->begin(), numbers->end()), numbers->end());
}

// The hits of one filter in all languages.
class HitTable {
 public:
  // What one kind of document counts for, in each field. Few records differ:
  // each is read once.
  uint32_t AddRecord(const std::string& language, const std::string& record) {
    const FacetRecord read = DecodeFacetRecord(record);
    Record& added = records_.emplace_back();
    const auto add = [&](FacetField field, const std::string& value) {
      const auto i = static_cast<size_t>(field);
      added[i].push_back(numbers_[i].NumberOf(value));
    };
    add(FacetField::kLanguage, language);
    add(FacetField::kKind, std::string(KindName(read.kind)));
    for (const auto& name : read.category) add(FacetField::kCategory, name);
    for (const auto& tag : read.tags) add(FacetField::kTag, tag);
    for (std::vector<uint32_t>& values : added) SortUnique(&values);
    return static_cast<uint32_t>(records_.size() - 1);
  }

  void AddHit(std::string key, uint32_t record) {
    const auto [place, is_new] = first_records_.emplace(std::move(key), record);
    if (!is_new && place->second != record) {
      more_records_[place->first].push_back(record);
    }
  }

  void SetInexact() { exact_ = false; }

  Facet Count(FacetField field) const {
    const auto i = static_cast<size_t>(field);
    const std::vector<std::string>& values = numbers_[i].values();
    std::vector<uint64_t> counts(values.size());
    std::vector<uint32_t> merged;
    for (const auto& [key, record] : first_records_) {
      const auto more = more_records_.find(key);
      if (more == more_records_.end()) {
        for (const uint32_t value : records_[record][i]) ++counts[value];
        continue;
      }
      merged = records_[record][i];
      for (const uint32_t other : more->second) {
        merged.insert(merged.end(), records_[other][i].begin(),
                      records_[other][i].end());
      }
      SortUnique(&merged);
      for (const uint32_t value : merged) ++counts[value];
    }
    Facet facet{field, {}, exact_};
    for (size_t value = 0; value < values.size(); ++value) {
      facet.values.push_back({values[value], counts[value]});
    }
    std::sort(facet.values.begin(), facet.values.end(),
              [](const FacetValue& a, const FacetValue& b) {
                return a.count != b.count ? a.count > b.count
                                          : a.value < b.value;
              });
    if (facet.values.size() > kMaxFacetValues) {
      facet.values.resize(kMaxFacetValues);
    }
    return facet;
  }

 private:
  using Record = std::array<std::vector<uint32_t>, kFields>;

  std::array<ValueNumbers, kFields> numbers_;
  std::vector<Record> records_;
  absl::flat_hash_map<std::string, uint32_t> first_records_;  // by hit
  absl::flat_hash_map<std::string, std::vector<uint32_t>> more_records_;
  bool exact_ = true;
};

// Hands every document that matches in one language to the table.
class FacetSpy : public Xapian::MatchSpy {
 public:
  FacetSpy(const std::string& language, TranslationMode mode, HitTable* table)
      : language_(language), mode_(mode), table_(table) {}

  void operator()(const Xapian::Document& document, double) override {
    ++seen_;
    const std::string record = document.get_value(kFacetSlot);
    auto known = records_.find(record);
    if (known == records_.end()) {
      known =
          records_.emplace(record, table_->AddRecord(language_, record)).first;
    }
    std::string key = document.get_value(kHitIdSlot);
    if (mode_ == TranslationMode::kSeparate) {
      key += '\n';
      key += document.get_value(kLanguageSlot);
    }
    table_->AddHit(std::move(key), known->second);
  }

  Xapian::doccount seen() const { return seen_; }

 private:
  const std::string& language_;
  const TranslationMode mode_;
  HitTable* const table_;
  absl::flat_hash_map<std::string, uint32_t> records_;
  Xapian::doccount seen_ = 0;
};

absl::Status CountLanguage(const LanguageLookup& lookup,
                           const SearchQuery& query, OpenCorpus& corpus,
                           HitTable* table) {
  Xapian::Database* database =
      corpus.Find(lookup.language.language, query.audience);
  if (database == nullptr || lookup.words.words.empty()) {
    return absl::OkStatus();
  }
  FacetSpy spy(lookup.language.language, query.translation_mode, table);
  Xapian::Enquire enquire(*database);
  enquire.set_query(MatchingQuery(lookup, query.filter));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.add_matchspy(&spy);
  LimitTime(query.deadline, enquire);
  const Xapian::MSet found = enquire.get_mset(0, 0, kMaxCounted);
  if (absl::Status status = CheckDeadline(query.deadline); !status.ok()) {
    return status;
  }
  if (spy.seen() >= kMaxCounted &&
      found.get_matches_upper_bound() > spy.seen()) {
    table->SetInexact();
  }
  return absl::OkStatus();
}

absl::StatusOr<HitTable> CountHits(const SearchQuery& query,
                                   const std::vector<LanguageLookup>& lookups,
                                   OpenCorpus& corpus) {
  HitTable table;
  for (const LanguageLookup& lookup : lookups) {
    absl::Status status = CountLanguage(lookup, query, corpus, &table);
    if (!status.ok()) return status;
  }
  return table;
}

// As CountHits(), in the languages that `query`, which has lost its filter of
// languages, may be in as well.
absl::StatusOr<HitTable> CountAllLanguages(
    const SearchQuery& query, const std::vector<QueryClause>& clauses,
    const std::vector<LanguageLookup>& lookups, SearchContext& context) {
  std::vector<LanguageLookup> all = lookups;
  std::vector<analyzers::LanguageGuess> guesses;
  absl::StatusOr<std::vector<LanguageLookup>> more =
      MakeLookups(query, clauses, context, &guesses);
  if (!more.ok()) return more.status();
  for (LanguageLookup& lookup : *more) {
    const bool known = std::any_of(
        lookups.begin(), lookups.end(), [&](const LanguageLookup& other) {
          return other.language.language == lookup.language.language;
        });
    if (!known) all.push_back(std::move(lookup));
  }
  return CountHits(query, all, context.corpus);
}

// Takes the query's filter of the field away; false when it has none.
bool DropFilter(FacetField field, SearchQuery* query) {
  switch (field) {
    case FacetField::kLanguage:
      return !std::exchange(query->languages, {}).empty();
    case FacetField::kKind:
      return !std::exchange(query->filter.kinds, {}).empty();
    case FacetField::kCategory:
      return !std::exchange(query->filter.categories, {}).empty();
    case FacetField::kTag:
      return !std::exchange(query->filter.tags, {}).empty();
  }
  return false;
}

constexpr std::string_view kFieldNames[] = {"language", "kind", "category",
                                            "tag"};

}  // namespace

std::string_view FacetFieldName(FacetField field) {
  return kFieldNames[static_cast<size_t>(field)];
}

bool ParseFacetField(std::string_view name, FacetField* field) {
  for (size_t i = 0; i < kFacetFieldCount; ++i) {
    if (kFieldNames[i] != name) continue;
    *field = static_cast<FacetField>(i);
    return true;
  }
  return false;
}

absl::StatusOr<std::vector<Facet>> CountFacets(
    const SearchQuery& query, const std::vector<QueryClause>& clauses,
    const std::vector<LanguageLookup>& lookups, SearchContext& context) {
  std::vector<Facet> facets;
  // Fields that nothing filters share one count.
  std::optional<HitTable> shared;
  for (const FacetField field : query.facets) {
    SearchQuery wider = query;
    const bool own_filter = DropFilter(field, &wider);
    if (!own_filter && shared) {
      facets.push_back(shared->Count(field));
      continue;
    }
    absl::StatusOr<HitTable> table =
        own_filter && field == FacetField::kLanguage
            ? CountAllLanguages(wider, clauses, lookups, context)
            : CountHits(wider, lookups, context.corpus);
    if (!table.ok()) return table.status();
    facets.push_back(table->Count(field));
    if (!own_filter) shared = *std::move(table);
  }
  return facets;
}

}  // namespace kbsearch::engine
