// Word form → lemmas, in a file that is mapped and never parsed. Generated at
// build time from spelling dictionaries (tables/lemma_table_builder.h).
//
// A lemma is written as what is done to the form: "cut 3 bytes, add 'er'"
// (marchons → marcher). Few such edits serve a whole language, so a form takes
// a slot of a hash table and nothing else.
//
// Thread-safe, immutable.
#ifndef KBSEARCH_ANALYZERS_LEMMA_TABLE_H_
#define KBSEARCH_ANALYZERS_LEMMA_TABLE_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "analyzers/fingerprint_table.h"
#include "analyzers/resource_folder.h"

namespace kbsearch::analyzers {

// The file: header; forms (a FingerprintTable whose values are places in
// lists); edits[edits]; lists[list_entries], each a count and that many edits;
// endings, the text that edits add.
struct LemmaTableHeader {
  char magic[8] = {'K', 'B', 'L', 'E', 'M', 'M', 'A', '2'};
  uint64_t forms_bytes = 0;
  uint64_t edits = 0;
  uint64_t list_entries = 0;
  uint64_t endings_bytes = 0;
};

struct LemmaEdit {
  uint32_t ending = 0;  // offset into endings
  uint16_t ending_bytes = 0;
  uint16_t cut_bytes = 0;  // off the form's end
};

class LemmaTable {
 public:
  // DataLoss when the file is not a lemma table.
  static absl::StatusOr<std::unique_ptr<LemmaTable>> Open(
      const ResourceFolder& folder, std::string_view name);

  // Appends the lemmas of `form`; false when it is not in the table.
  bool Lookup(std::string_view form, std::vector<std::string>* lemmas) const;
  bool Contains(std::string_view form) const { return forms_.Contains(form); }
  uint64_t size() const { return forms_.size(); }

 private:
  explicit LemmaTable(std::unique_ptr<MappedFile> file)
      : file_(std::move(file)) {}
  // False when the sections contradict the header.
  bool MapSections();

  std::unique_ptr<MappedFile> file_;
  FingerprintTable forms_;
  std::span<const LemmaEdit> edits_;
  std::span<const uint32_t> lists_;
  std::string_view endings_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LEMMA_TABLE_H_
