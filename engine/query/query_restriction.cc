#include "engine/query/query_restriction.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/deadline.h"
#include "engine/index/document_list.h"
#include "engine/index/open_corpus.h"
#include "engine/index/schema.h"
#include "engine/query/phrase.h"

namespace kbsearch::engine {
namespace {

using Xapian::Query;

// Documents between two looks at the clock.
constexpr size_t kClockInterval = 256;

Query AnyOf(const std::vector<Query>& queries) {
  return Query(Query::OP_OR, queries.begin(), queries.end());
}

void AddTerms(std::string_view prefix, const std::vector<std::string>& texts,
              std::vector<Query>* terms) {
  for (const std::string& text : texts) {
    terms->emplace_back(TextTerm(prefix, text));
  }
}

// The documents that hold all the words of the phrase.
Query AllWords(const Phrase& phrase, const Field& field) {
  std::vector<Query> words;
  for (const std::vector<std::string>& forms : phrase.words) {
    std::vector<Query> terms;
    AddTerms(field.exact_prefix, forms, &terms);
    words.push_back(AnyOf(terms));
  }
  return Query(Query::OP_AND, words.begin(), words.end());
}

// Those of the documents found that hold the phrase.
absl::StatusOr<std::vector<Xapian::docid>> Verify(
    const Xapian::MSet& found, const Phrase& phrase, bool in_title,
    Deadline deadline, const RestrictedIndex& index) {
  const size_t shards = index.forward_indexes.size();
  std::vector<std::optional<PhraseMatcher>> matchers(shards);
  for (size_t i = 0; i < shards; ++i) {
    if (index.forward_indexes[i] == nullptr) continue;
    matchers[i].emplace(phrase, *index.forward_indexes[i]);
  }
  std::vector<Xapian::docid> holders;
  size_t seen = 0;
  for (auto match = found.begin(); match != found.end(); ++match) {
    if (++seen % kClockInterval == 0) {
      if (absl::Status status = CheckDeadline(deadline); !status.ok()) {
        return status;
      }
    }
    const ShardDocument place = PlaceOf(*match, shards);
    if (matchers[place.shard] &&
        matchers[place.shard]->StandsIn(
            index.forward_indexes[place.shard]->Find(place.document),
            in_title)) {
      holders.push_back(*match);
    }
  }
  return holders;
}

// The documents that hold what the clause, analysed as `phrase`, names.
absl::StatusOr<Query> HoldersOf(const QueryClause& clause, const Phrase& phrase,
                                const Query& ranking, Deadline deadline,
                                const RestrictedIndex& index) {
  const Field& field = kFields[clause.in_title ? kTitle : kAll];
  std::vector<Query> any;
  AddTerms(field.exact_prefix, phrase.joined, &any);
  if (!clause.is_phrase) {
    AddTerms(field.lemma_prefix, phrase.joined_lemmas, &any);
    AddTerms(field.lemma_prefix, phrase.lemmas, &any);
  }
  if (phrase.words.size() == 1) {
    AddTerms(field.exact_prefix, phrase.words.front(), &any);
    return AnyOf(any);
  }
  Xapian::Enquire enquire(index.database);
  enquire.set_query(Query(Query::OP_FILTER, ranking, AllWords(phrase, field)));
  LimitTime(deadline, enquire);
  absl::StatusOr<std::vector<Xapian::docid>> holders =
      Verify(enquire.get_mset(0, kMaxVerified), phrase, clause.in_title,
             deadline, index);
  if (!holders.ok()) return holders.status();
  if (!holders->empty()) {
    any.push_back(DocumentListQuery(*holders, index.database,
                                    index.forward_indexes.size()));
  }
  return AnyOf(any);
}

}  // namespace

Query Restriction::ApplyTo(const Query& query) const {
  Query restricted = query;
  for (const Query& each : required) {
    restricted = Query(Query::OP_FILTER, restricted, each);
  }
  if (!excluded.empty()) {
    restricted = Query(Query::OP_AND_NOT, restricted, AnyOf(excluded));
  }
  return restricted;
}

absl::StatusOr<Restriction> MakeRestriction(
    const std::vector<QueryClause>& clauses, const Query& ranking,
    Deadline deadline, const RestrictedIndex& index) {
  Restriction restriction;
  for (const QueryClause& clause : clauses) {
    const Phrase phrase = MakePhrase(clause.text, index.analyzer);
    if (phrase.words.empty()) continue;
    absl::StatusOr<Query> holders =
        HoldersOf(clause, phrase, ranking, deadline, index);
    if (!holders.ok()) return holders.status();
    (clause.is_excluded ? restriction.excluded : restriction.required)
        .push_back(*std::move(holders));
  }
  return restriction;
}

}  // namespace kbsearch::engine
