// A list of documents as a Xapian query.
#ifndef KBSEARCH_ENGINE_INDEX_DOCUMENT_LIST_H_
#define KBSEARCH_ENGINE_INDEX_DOCUMENT_LIST_H_

#include <xapian.h>

#include <vector>

namespace kbsearch::engine {

// Matches the documents, at no weight. Their numbers are those of `database`,
// which joins `shards` databases, in any order. The query holds the list; it is
// for this database (and its reopened selves) only. Throws Xapian errors.
Xapian::Query DocumentListQuery(const std::vector<Xapian::docid>& documents,
                                const Xapian::Database& database,
                                size_t shards);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_DOCUMENT_LIST_H_
