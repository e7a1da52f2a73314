// The words of a query → a Xapian query over the fields of the schema.
//
// Never OP_MAX: Debian's Xapian 1.4.22 crashes on it below an OR. Alternatives
// are OP_SYNONYM groups.
#ifndef KBSEARCH_ENGINE_QUERY_QUERY_BUILDER_H_
#define KBSEARCH_ENGINE_QUERY_QUERY_BUILDER_H_

#include <xapian.h>

#include <string>
#include <vector>

#include "engine/query/query_words.h"
#include "engine/search.h"

namespace kbsearch::engine {

// What one word of the query, or a stretch of it, adds to a score.
struct QueryPart {
  std::string name;    // the folded word, or words
  std::string detail;  // what stands for it, for people
  Xapian::Query query;
  // Adds to what other parts find, and finds nothing itself: a negation.
  bool only_orders = false;
};

// The parts of BuildQuery: a score is the sum of what they weigh.
std::vector<QueryPart> BuildQueryParts(const QueryWords& query);

// Any word may match, negations only if there is nothing else; each adds what
// it weighs in each field. An empty query (no words) matches nothing.
Xapian::Query BuildQuery(const QueryWords& query);

// Restricts `query` to the articles that pass.
Xapian::Query ApplyFilter(const Xapian::Query& query,
                          const SearchFilter& filter);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_QUERY_QUERY_BUILDER_H_
