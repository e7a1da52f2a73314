// What the clauses of a query demand of an answer, as Xapian queries of one
// language's index.
//
// A word excludes or demands all its inflections; a phrase means its forms, in
// order. A phrase of several words is looked for in the stored text of the
// documents that hold all its words, the best ranked first, at most
// kMaxVerified of them (docs/query_syntax.md).
#ifndef KBSEARCH_ENGINE_QUERY_RESTRICTION_H_
#define KBSEARCH_ENGINE_QUERY_RESTRICTION_H_

#include <xapian.h>

#include <vector>

#include "absl/status/statusor.h"
#include "analyzers/analyzer.h"
#include "engine/query_syntax.h"
#include "engine/search.h"

namespace kbsearch::engine {

// Documents read for one phrase in one language: a bound on time. What lies
// beyond does not hold the phrase as far as the search is concerned.
inline constexpr Xapian::doccount kMaxVerified = 500;

struct Restriction {
  std::vector<Xapian::Query> required;  // each of them
  std::vector<Xapian::Query> excluded;  // none of them

  // `query`, restricted; weights stay as they are.
  Xapian::Query ApplyTo(const Xapian::Query& query) const;
};

// The restriction that `clauses` mean in `database`. `ranking` is the query of
// the wanted words there, `analyzer` of its language. DeadlineExceeded,
// DataLoss; throws Xapian errors.
absl::StatusOr<Restriction> MakeRestriction(
    const std::vector<QueryClause>& clauses, const Xapian::Query& ranking,
    Deadline deadline, analyzers::Analyzer& analyzer,
    Xapian::Database& database);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_QUERY_RESTRICTION_H_
