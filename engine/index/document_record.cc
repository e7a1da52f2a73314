#include "engine/index/document_record.h"

#include <string>

#include "engine/index/schema.h"

namespace kbsearch::engine {

void SetDocumentRecord(DocumentRole role, uint32_t entry,
                       const Article& article, Xapian::Document* document) {
  document->add_value(
      kRecordSlot, CompressRecord(EncodeStoredDocument(role, entry, article)));
}

absl::StatusOr<StoredDocument> ReadDocumentRecord(
    const Xapian::Document& document) {
  const std::string record = document.get_value(kRecordSlot);
  if (!record.empty()) return DecodeStoredDocument(record);
  return DecodeStoredDocument(document.get_data());
}

absl::StatusOr<StoredDocument> ReadDocumentRecord(
    const Xapian::Database& database, Xapian::docid document) {
  // One that is not there has no record either: it need not be looked for.
  return ReadDocumentRecord(
      database.get_document(document, Xapian::DOC_ASSUME_VALID));
}

}  // namespace kbsearch::engine
