// The index schema as one table: which terms an article gets, where they come
// from and what a match in them is worth. Writer and query builder read the
// same table.
//
// A word of the text becomes two terms in each field it stands in: the exact
// folded word and the language's lemma(s). Term = prefix + text; folded text
// never starts with an upper-case ASCII letter, so prefixes cannot collide.
//
// Positions are not stored: they cost half of the indexing time and half of
// the index (docs/adr/0002).
#ifndef KBSEARCH_ENGINE_INDEX_SCHEMA_H_
#define KBSEARCH_ENGINE_INDEX_SCHEMA_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace kbsearch::engine {

// Raised whenever programs from before cannot read what is written now.
inline constexpr int kSchemaVersion = 3;
// What was written from this version on is still read.
inline constexpr int kOldestSchemaVersion = 2;

struct Field {
  std::string_view name;
  std::string_view exact_prefix;
  std::string_view lemma_prefix;
  // Factors of BM25 when candidates are looked for. `all` holds the title's
  // words once more, so a match in the title counts there and here.
  double exact_weight;
  double lemma_weight;
};

enum FieldId : uint8_t { kAll = 0, kTitle, kFieldCount };

// Headings, tags and categories have no terms of their own: the forward index
// (ranking/forward_index.h) tells where a word stands.
inline constexpr std::array<Field, kFieldCount> kFields = {{
    {"all", "X", "Z", 0.3, 1.0},
    {"title", "XS", "ZS", 0.0, 0.6},  // title, or the question of an FAQ entry
}};

// Boolean terms, never weighed.
inline constexpr std::string_view kDocumentPrefix = "Q";  // unit id, unique
inline constexpr std::string_view kArticlePrefix = "J";   // article id
inline constexpr std::string_view kKindPrefix = "BK";     // kind name
inline constexpr std::string_view kCategoryPrefix = "BC";
inline constexpr std::string_view kTagPrefix = "BT";
inline constexpr std::string_view kLanguagePrefix = "BL";  // of the article

// Value slots.
inline constexpr uint32_t kUpdatedAtSlot = 0;  // sortable_serialise(seconds)
inline constexpr uint32_t kHitIdSlot = 1;      // StoredDocument::HitId()
inline constexpr uint32_t kLanguageSlot = 2;   // of the article
inline constexpr uint32_t kFacetSlot = 3;      // FacetRecord
inline constexpr uint32_t kRecordSlot = 4;     // StoredDocument, compressed

// Longest term text in bytes; Xapian refuses terms above 245 bytes and counts
// zero bytes twice. Longer words are cut there (at a character border).
inline constexpr size_t kMaxTermBytes = 120;

// The unique term of a document: its hit id in the article's language.
std::string DocumentTerm(std::string_view hit_id, std::string_view language);

// A boolean term: prefix + value, long values replaced by a digest.
std::string BooleanTerm(std::string_view prefix, std::string_view value);

// A text term: prefix + text, cut at kMaxTermBytes.
std::string TextTerm(std::string_view prefix, std::string_view text);
// The same, in a string that is used again and again.
void SetTextTerm(std::string_view prefix, std::string_view text,
                 std::string* term);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_SCHEMA_H_
