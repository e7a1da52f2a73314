// The words of a query → a Xapian query over the fields of the schema.
//
// Never OP_MAX: Debian's Xapian 1.4.22 crashes on it below an OR. Alternatives
// are OP_SYNONYM groups.
#ifndef KBSEARCH_ENGINE_QUERY_BUILDER_H_
#define KBSEARCH_ENGINE_QUERY_BUILDER_H_

#include <xapian.h>

#include "engine/query_words.h"
#include "engine/search.h"

namespace kbsearch::engine {

// Any word may match; each adds what it weighs in each field. An empty query
// (no words) matches nothing.
Xapian::Query BuildQuery(const QueryWords& query);

// Restricts `query` to the articles that pass.
Xapian::Query ApplyFilter(const Xapian::Query& query,
                          const SearchFilter& filter);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_QUERY_BUILDER_H_
