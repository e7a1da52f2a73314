// What the clauses of a query demand of an answer, as Xapian queries of one
// language's index.
//
// A word excludes or demands all its inflections; a phrase means its forms, in
// order: of the documents that hold all its words the forward index tells which
// hold them in a row.
#ifndef KBSEARCH_ENGINE_QUERY_QUERY_RESTRICTION_H_
#define KBSEARCH_ENGINE_QUERY_QUERY_RESTRICTION_H_

#include <xapian.h>

#include <vector>

#include "absl/status/statusor.h"
#include "analyzers/analyzer.h"
#include "engine/query/query_syntax.h"
#include "engine/ranking/forward_index.h"
#include "engine/search.h"

namespace kbsearch::engine {

// Documents looked at for one phrase in one language, those that rank best for
// the query: a bound on time. What lies beyond does not hold the phrase as far
// as the search is concerned (docs/query_syntax.md).
inline constexpr Xapian::doccount kMaxVerified = 20'000;

struct Restriction {
  std::vector<Xapian::Query> required;  // each of them
  std::vector<Xapian::Query> excluded;  // none of them

  bool empty() const { return required.empty() && excluded.empty(); }
  // `query`, restricted; weights stay as they are.
  Xapian::Query ApplyTo(const Xapian::Query& query) const;
};

// One language's index, as clauses see it. Nothing is owned.
struct RestrictedIndex {
  Xapian::Database& database;
  std::vector<const ForwardIndex*> forward_indexes;  // OpenCorpus's
  analyzers::Analyzer& analyzer;
};

// The restriction that `clauses` mean in the index. `ranking` is the query of
// the wanted words there. DeadlineExceeded; throws Xapian errors.
absl::StatusOr<Restriction> MakeRestriction(
    const std::vector<QueryClause>& clauses, const Xapian::Query& ranking,
    Deadline deadline, const RestrictedIndex& index);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_QUERY_QUERY_RESTRICTION_H_
