// The words of a vocabulary by their sound (analyzers/spelling/sound_keys.h):
// finds "κωδικός" for "kodikos", and for "κοδικος".
//
// Written when a shard is finished, mapped, shared by threads.
#ifndef KBSEARCH_ENGINE_RESCUE_SOUND_INDEX_H_
#define KBSEARCH_ENGINE_RESCUE_SOUND_INDEX_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "analyzers/spelling/sound_keys.h"
#include "engine/index/column_file.h"
#include "engine/index/vocabulary.h"

namespace kbsearch::engine {

// Immutable, thread-safe.
class SoundIndex {
 public:
  // NotFound, or DataLoss when damaged or made of a vocabulary of another size.
  static absl::StatusOr<std::unique_ptr<const SoundIndex>> Open(
      const std::string& path, size_t words);

  // Appends the ids of the words with this key.
  void Find(std::string_view key, std::vector<uint32_t>* ids) const;
  // Appends the ids of at most `limit` words whose keys begin with `key`.
  void FindBeginning(std::string_view key, size_t limit,
                     std::vector<uint32_t>* ids) const;
  // Appends the ids of words whose keys say that they may be other forms of
  // the word of this key: "kodikus" → κωδικός.
  void FindForms(std::string_view key, const analyzers::SoundKeys& sounds,
                 std::vector<uint32_t>* ids) const;

 private:
  explicit SoundIndex(std::unique_ptr<const ColumnFile> file)
      : file_(std::move(file)) {}
  std::string_view Key(size_t i) const {
    const uint32_t begin = i == 0 ? 0 : ends_[i - 1];
    return keys_.substr(begin, ends_[i] - begin);
  }
  size_t LowerBound(std::string_view key) const;

  std::unique_ptr<const ColumnFile> file_;
  std::span<const uint32_t> ends_;  // of the keys, which are sorted
  std::span<const uint32_t> ids_;
  std::string_view keys_;
};

absl::Status WriteSoundIndex(const ShardVocabulary& vocabulary,
                             const analyzers::SoundKeys& sounds,
                             const std::string& path);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RESCUE_SOUND_INDEX_H_
