// Which words of a vocabulary are like a given one? Every word is filed under
// what is left of its beginning when up to two letters are deleted; words that
// share such a rest are an edit or two apart (the symmetric delete idea, Garbe
// 2012, over beginnings so that long words cost no more than short ones).
//
// Written when a shard is finished, mapped, shared by threads.
#ifndef KBSEARCH_ENGINE_RESCUE_DELETE_INDEX_H_
#define KBSEARCH_ENGINE_RESCUE_DELETE_INDEX_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/index/column_file.h"
#include "engine/index/vocabulary.h"

namespace kbsearch::engine {

// Immutable, thread-safe.
class DeleteIndex {
 public:
  // NotFound, or DataLoss when damaged or made of a vocabulary of another size.
  static absl::StatusOr<std::unique_ptr<const DeleteIndex>> Open(
      const std::string& path, size_t words);

  // Ids of the words that may be a slip away from `word`, sorted. The caller
  // measures how far they are.
  std::vector<uint32_t> Find(std::u32string_view word) const;

 private:
  explicit DeleteIndex(std::unique_ptr<const ColumnFile> file)
      : file_(std::move(file)) {}

  std::unique_ptr<const ColumnFile> file_;
  std::span<const uint32_t> hashes_;  // sorted
  std::span<const uint32_t> ids_;     // hashes_[i] leads to ids_[i]
};

// Of the words of `vocabulary` that stand in texts and are made of letters.
absl::Status WriteDeleteIndex(const ShardVocabulary& vocabulary,
                              const std::string& path);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RESCUE_DELETE_INDEX_H_
