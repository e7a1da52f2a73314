// Word form → lemmas, in a file that is mapped and never parsed: a trie of all
// strings and, for each, the lemmas it may come of. Generated at build time
// from spelling dictionaries (tables/lemma_table_builder.h).
//
// Thread-safe, immutable.
#ifndef KBSEARCH_ANALYZERS_LEMMA_TABLE_H_
#define KBSEARCH_ANALYZERS_LEMMA_TABLE_H_

#include <marisa.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "analyzers/resource_folder.h"

namespace kbsearch::analyzers {

// The file: header, trie (padded to 4 bytes), first[keys], lists[].
struct LemmaTableHeader {
  char magic[8] = {'K', 'B', 'L', 'E', 'M', 'M', 'A', '1'};
  uint64_t trie_bytes = 0;
  uint64_t keys = 0;
  uint64_t list_entries = 0;
};

// Meaning of first[id]: no lemma of its own, one lemma's key id, or (with the
// top bit) an index into lists, where a count and the ids stand.
inline constexpr uint32_t kNoLemma = 0x7FFFFFFF;
inline constexpr uint32_t kListFlag = 0x80000000;

class LemmaTable {
 public:
  // DataLoss when the file is not a lemma table.
  static absl::StatusOr<std::unique_ptr<LemmaTable>> Open(
      const ResourceFolder& folder, std::string_view name);

  // Appends the lemmas of `form`; false when it is not in the table.
  bool Lookup(std::string_view form, std::vector<std::string>* lemmas) const;
  bool Contains(std::string_view form) const;
  uint64_t size() const { return first_.size(); }

 private:
  explicit LemmaTable(std::unique_ptr<MappedFile> file)
      : file_(std::move(file)) {}
  std::string KeyOf(uint32_t id) const;
  uint32_t FirstOf(std::string_view form) const;

  std::unique_ptr<MappedFile> file_;
  marisa::Trie trie_;
  std::span<const uint32_t> first_;
  std::span<const uint32_t> lists_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LEMMA_TABLE_H_
