// What writer and reader of the forward index agree on.
#ifndef KBSEARCH_ENGINE_RANKING_FORWARD_FORMAT_H_
#define KBSEARCH_ENGINE_RANKING_FORWARD_FORMAT_H_

#include <cstdint>

namespace kbsearch::engine::internal {

inline constexpr uint32_t kForwardMagic = 0x5746424B;  // "KBFW"
inline constexpr uint32_t kForwardVersion = 1;

// The last bytes of the file. Offsets are of sections, in bytes.
struct ForwardFooter {
  uint64_t documents_offset;
  uint64_t offsets_offset;
  uint64_t sorted_terms_offset;
  uint64_t words_offset;
  uint64_t records_end;
  uint64_t title_words;  // totals over the documents
  uint64_t words;        // of titles and bodies
  uint32_t document_count;
  uint32_t word_count;
  uint32_t term_count;
  uint32_t magic;
};
static_assert(sizeof(ForwardFooter) == 72);

}  // namespace kbsearch::engine::internal

#endif  // KBSEARCH_ENGINE_RANKING_FORWARD_FORMAT_H_
