// Where the words of a query stand in a document.
#ifndef KBSEARCH_ENGINE_RANKING_DOCUMENT_MATCH_H_
#define KBSEARCH_ENGINE_RANKING_DOCUMENT_MATCH_H_

#include <array>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/query/query_words.h"
#include "engine/ranking/forward_index.h"

namespace kbsearch::engine {

struct MatchedBlock {
  BlockField field = BlockField::kBody;
  uint32_t words = 0;
  uint32_t content_words = 0;  // without function words
};

// A place where a word of the query stands.
struct Occurrence {
  // Of words counted through the document; blocks lie kBlockGap words apart.
  uint32_t position = 0;
  uint32_t block = 0;  // index of DocumentMatch::blocks
  uint32_t word = 0;   // index of QueryWords::words
  double quality = 0;  // 1 as typed, less by lemma, part of a compound…
};

struct DocumentMatch {
  static constexpr uint32_t kBlockGap = 8;

  std::vector<MatchedBlock> blocks;
  std::vector<Occurrence> occurrences;  // by position
  uint32_t words = 0;                   // of title and body
  uint32_t title_words = 0;
  uint32_t title_content_words = 0;
  uint32_t body_start = 0;  // position of the first word that is not in the
                            // title
};

// What an occurrence is worth beside the word as typed.
inline constexpr double kLemmaQuality = 0.8;
inline constexpr double kPartQuality = 0.5;   // the document's word holds it
inline constexpr double kPartsQuality = 0.3;  // all parts of the query's word
inline constexpr double kRootQuality = 0.25;  // a word of the same beginning

// Which words of a forward index a query looks for, and a number (a slot, not
// 0) for each. Takes memory by the words of the query, not of the index: a
// matcher is made for every search.
class WordSlots {
 public:
  // 0: the query does not look for the word.
  uint16_t Find(WordNumber word) const {
    const uint64_t bits = filter_[(word >> 6) % filter_.size()];
    return (bits >> (word % 64) & 1) == 0 ? uint16_t{0} : Lookup(word);
  }
  // REQUIRES: slot != 0.
  void Set(WordNumber word, uint16_t slot) {
    filter_[(word >> 6) % filter_.size()] |= uint64_t{1} << (word % 64);
    slots_[word] = slot;
  }

 private:
  uint16_t Lookup(WordNumber word) const;

  // A bit for the low 14 bits of each word: nearly every word of a document is
  // turned away by it, without leaving the processor's first cache.
  std::array<uint64_t, 256> filter_{};
  absl::flat_hash_map<WordNumber, uint16_t> slots_;
};

// A query made ready for one forward index. Not thread-safe; the index must
// outlive it.
class QueryMatcher {
 public:
  QueryMatcher(const QueryWords& query, const ForwardIndex& index);

  // Reads the record; `match` is reused from document to document.
  void Match(ForwardRecord record, DocumentMatch* match);

 private:
  // Words that count only when all of them are in the document: the parts of a
  // compound, the words of a synonym.
  struct Group {
    uint32_t size = 0;  // at most 64
    uint64_t seen = 0;  // in the document, a bit a word
  };
  struct Slot {
    uint32_t word = 0;
    uint32_t group = 0;  // index of groups_; 0 = counts alone
    uint32_t part = 0;   // place in the group
    double quality = 0;  // 0: has to be there, counts nothing itself
    uint32_t next = 0;   // slot of the same word number, 0 = none; they are in
                         // the order that KeepBest wants
  };

  uint32_t AddGroup(size_t size);

  void AddSlot(WordNumber word, const Slot& slot);
  void AddTerm(std::string_view text, TermKind kind, const Slot& slot);
  // A term of the query: as a word of its own and as part of a longer one.
  void AddExact(std::string_view text, Slot slot);
  void AddLemma(std::string_view text, Slot slot);
  void AddWord(uint32_t index, const QueryWord& word);
  void AddAlternative(const AlternativeWords& alternative,
                      const QueryWords& query);
  void MatchBlock(ForwardRecord& record, uint32_t position,
                  DocumentMatch* match);
  // Of all slots of the list that begins with `slot`.
  void AddOccurrences(uint32_t slot, uint32_t position, DocumentMatch* match);
  // Keeps words of a group only where the whole group is.
  void SettleGroups(DocumentMatch* match);

  const ForwardIndex& index_;
  WordSlots slot_of_word_;
  std::vector<Slot> slots_;         // slot 0 is not used
  std::vector<Group> groups_;       // group 0 is not used
  std::vector<uint32_t> group_of_;  // of each occurrence
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RANKING_DOCUMENT_MATCH_H_
