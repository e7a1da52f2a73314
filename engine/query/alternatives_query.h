// What synonyms add to the Xapian query of the words as typed.
#ifndef KBSEARCH_ENGINE_QUERY_ALTERNATIVES_QUERY_H_
#define KBSEARCH_ENGINE_QUERY_ALTERNATIVES_QUERY_H_

#include <xapian.h>

#include <vector>

#include "engine/query/query_builder.h"
#include "engine/query/query_words.h"

namespace kbsearch::engine {

// One part for each stretch that has alternatives. It matches articles that
// hold an alternative and not the stretch itself, so it changes nothing for
// articles that hold the words as typed; and it weighs at most what they do:
// a stretch and its alternatives count as one term (OP_SYNONYM), which is never
// rarer than the stretch alone, and AlternativeWords::weight is below 1.
std::vector<QueryPart> AlternativeParts(const QueryWords& query);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_QUERY_ALTERNATIVES_QUERY_H_
