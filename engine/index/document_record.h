// Where a document of a database keeps its record (stored_document.h).
#ifndef KBSEARCH_ENGINE_INDEX_DOCUMENT_RECORD_H_
#define KBSEARCH_ENGINE_INDEX_DOCUMENT_RECORD_H_

#include <xapian.h>

#include <cstdint>

#include "absl/status/statusor.h"
#include "engine/index/stored_document.h"

namespace kbsearch::engine {

// Stores the compressed record. In a value slot: document data would be
// deflated, in vain, when it is added and at every merge, which took 8 % of a
// build.
void SetDocumentRecord(DocumentRole role, uint32_t entry,
                       const Article& article, Xapian::Document* document);

// What SetDocumentRecord stored; of an index of schema 2 the document's data.
// DataLoss: the document has none, or a damaged one. Throws Xapian errors.
absl::StatusOr<StoredDocument> ReadDocumentRecord(
    const Xapian::Document& document);
absl::StatusOr<StoredDocument> ReadDocumentRecord(
    const Xapian::Database& database, Xapian::docid document);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_DOCUMENT_RECORD_H_
