// A pasted text as a query: of its many words the ones that tell most.
#ifndef KBSEARCH_ENGINE_QUERY_LONG_QUERY_H_
#define KBSEARCH_ENGINE_QUERY_LONG_QUERY_H_

#include <xapian.h>

#include <cstddef>

#include "engine/query/query_words.h"

namespace kbsearch::engine {

// Queries of more words than these are pruned to as many: the time of a match
// grows with the words.
inline constexpr size_t kMaxQueryWords = 30;

// Leaves queries of up to kMaxQueryWords words as they are. Of longer ones it
// keeps each word once, and of these the rarest that `database` knows, in the
// order of the text. Looks at the first 500 different words. Throws Xapian
// errors.
void PruneLongQuery(const Xapian::Database& database, QueryWords* query);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_QUERY_LONG_QUERY_H_
