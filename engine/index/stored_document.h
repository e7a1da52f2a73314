// What a document of the index keeps for showing: a compact record in Xapian's
// document data. A page keeps the whole article; an FAQ entry keeps its
// question (title) and answer; a foreign part keeps its paragraphs.
//
// Format: a version byte, then fields in fixed order; numbers are LEB128
// varints, strings are length + bytes. In the index the record is compressed
// with Zstandard, behind a version byte of its own and its size: Xapian, which
// would deflate it otherwise, keeps what does not get shorter as it is, and
// documents are read faster.
#ifndef KBSEARCH_ENGINE_INDEX_STORED_DOCUMENT_H_
#define KBSEARCH_ENGINE_INDEX_STORED_DOCUMENT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/article.h"

namespace kbsearch::engine {

// Numbers are on disk.
enum class DocumentRole : uint8_t {
  kPage = 0,         // an article without its FAQ entries
  kEntry = 1,        // one FAQ entry
  kForeignPart = 2,  // an article's paragraphs in another language
};

struct StoredDocument {
  DocumentRole role = DocumentRole::kPage;
  uint32_t entry = 0;  // of kEntry, from 1
  // kEntry: title is the question, blocks the answer's paragraphs, entries are
  // empty, and the first block's anchor is the entry's.
  Article article;

  // "<article id>", or "<article id>#<entry>".
  std::string HitId() const;
};
std::string HitIdOf(DocumentRole role, uint32_t entry, const Article& article);

// The article of a hit: "faq#2" → "faq". Only '#' and a number at the end name
// an entry: "guide#intro" is an article's own id.
std::string_view PageId(std::string_view hit_id);

std::string EncodeStoredDocument(const StoredDocument& document);
// The same of its members, where the article is not to be copied.
std::string EncodeStoredDocument(DocumentRole role, uint32_t entry,
                                 const Article& article);

// The record of EncodeStoredDocument made shorter, for the index.
std::string CompressRecord(const std::string& record);

// Takes records compressed or not. DataLoss when the bytes are neither.
absl::StatusOr<StoredDocument> DecodeStoredDocument(std::string_view bytes);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_STORED_DOCUMENT_H_
