// The words of an index: which there are, how many documents and titles hold
// each, and how people write them.
//
// A shard (language × audience) has a file of its own, written when the shard
// is finished and mapped into memory: nothing is parsed, threads and processes
// share the pages. The words stand sorted, so that a number (id) is a word's
// rank, a look-up a binary search, and all words with a beginning a range of
// ids, whose statistics lie side by side. An agent's vocabulary is the public
// shard's and the agent's asked together; a portal never opens the latter.
//
// Words are exact terms (schema.h): folded, not lemmatised.
//   Find("κωδικοσ") → {"κωδικοσ", "κωδικός", 31, 4, true}
//
// All classes are immutable and thread-safe.
#ifndef KBSEARCH_ENGINE_INDEX_VOCABULARY_H_
#define KBSEARCH_ENGINE_INDEX_VOCABULARY_H_

#include <xapian.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "analyzers/resource_folder.h"
#include "engine/index/spelling_counts.h"

namespace kbsearch::engine {

struct VocabularyWord {
  std::string_view word;     // folded
  std::string_view display;  // the commonest spelling, to be shown
  uint32_t documents = 0;    // that hold it
  uint32_t titles = 0;       // that hold it, of articles or FAQ questions
  // Stands in the texts as a word of its own. False for codes, addresses, and
  // for what the analysis adds: parts of words, words joined.
  bool is_written = false;
};

// How worthwhile a word is as a completion: titles tell what articles are
// about.
inline uint64_t Usefulness(const VocabularyWord& word) {
  return word.documents + uint64_t{8} * word.titles;
}

// One shard's file. Views it returns live as long as it does.
class ShardVocabulary {
 public:
  // NotFound: no such file. DataLoss: not a vocabulary, or damaged.
  static absl::StatusOr<std::shared_ptr<const ShardVocabulary>> Open(
      const std::string& path);

  size_t size() const { return documents_.size(); }
  // REQUIRES: id < size(). Greater words have greater ids (order of bytes).
  VocabularyWord at(size_t id) const;
  std::string_view word(size_t id) const {
    const uint32_t begin = id == 0 ? 0 : word_ends_[id - 1];
    return {texts_.data() + begin, word_ends_[id] - begin};
  }
  // Of at(id), for whoever looks at many.
  bool is_written(size_t id) const { return is_written_[id] != 0; }
  uint64_t usefulness(size_t id) const {
    return Usefulness({{}, {}, documents_[id], titles_[id], false});
  }
  std::optional<size_t> Find(std::string_view word) const;
  // The ids [first, second) of the words that begin with `prefix`.
  std::pair<size_t, size_t> RangeOf(std::string_view prefix) const;

 private:
  explicit ShardVocabulary(std::unique_ptr<analyzers::MappedFile> file)
      : file_(std::move(file)) {}
  absl::Status Parse(const std::string& path);
  std::string_view Text(std::span<const uint32_t> ends, size_t id) const;
  size_t LowerBound(std::string_view word) const;

  std::unique_ptr<analyzers::MappedFile> file_;
  std::span<const uint32_t> documents_;
  std::span<const uint32_t> titles_;
  std::span<const uint32_t> word_ends_;
  std::span<const uint32_t> display_ends_;
  std::span<const uint8_t> is_written_;
  std::string_view texts_;
};

// What an audience sees of a language: one shard or two as one. Keeps the
// shards alive; cheap to copy. Views it returns live as long as it does.
class Vocabulary {
 public:
  Vocabulary() = default;
  explicit Vocabulary(
      std::vector<std::shared_ptr<const ShardVocabulary>> shards)
      : shards_(std::move(shards)) {}

  // Nothing is known: an index without these files, or without words.
  bool empty() const;

  // Counts of all shards together; the display form of the shard with more.
  std::optional<VocabularyWord> Find(std::string_view word) const;

  // The `limit` most useful words that begin with `prefix`, best first.
  std::vector<VocabularyWord> Complete(std::string_view prefix,
                                       size_t limit) const;

  // For iterating and for indexes that name words by their ids.
  const std::vector<std::shared_ptr<const ShardVocabulary>>& shards() const {
    return shards_;
  }

 private:
  std::vector<std::shared_ptr<const ShardVocabulary>> shards_;
};

// `shard_folder`/vocabulary.bin
std::string VocabularyPath(const std::string& shard_folder);

// Writes the words of `database` as they stand now; `spellings` as counted
// while it was written. Throws Xapian errors.
absl::Status WriteVocabulary(const Xapian::Database& database,
                             const SpellingCounts& spellings,
                             const std::string& path);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_VOCABULARY_H_
