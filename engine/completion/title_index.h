// The titles and questions of a shard, ready to be completed: what people see,
// which words they are made of, and which titles hold a word.
//
// Titles stand sorted by their words, so that all titles that begin alike are a
// range of numbers; a word is its id in the shard's vocabulary, where all words
// that begin alike are a range of ids. Nothing is parsed: the file is mapped.
//
// Worked example: "Mot de passe oublié" of "account" is
//   text "Mot de passe oublié", hit id "account",
//   words {mot 0–3}, {de 4–6, stop}, {passe 7–12}, {oublie 13–20}
//
// The file has the frame of column_file.h, kind "TITLES1"; columns:
//   0 ends of the texts  u32     1 texts
//   2 ends of the hit ids u32    3 hit ids
//   4 ends of the titles' words u32
//   5 words: vocabulary ids u32  6 begins u16  7 ends u16  8 marks u8
//   9 ends of the words' postings u32, one a word of the vocabulary
//  10 postings: titles u32, ascending within a word
//  11 ends of the lemmas u32    12 lemmas, sorted
//  13 ends of the lemmas' words u32   14 words u32
#ifndef KBSEARCH_ENGINE_COMPLETION_TITLE_INDEX_H_
#define KBSEARCH_ENGINE_COMPLETION_TITLE_INDEX_H_

#include <xapian.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "analyzers/analyzer.h"
#include "engine/index/column_file.h"
#include "engine/index/vocabulary.h"

namespace kbsearch::engine {

// The words of a title: parallel arrays. First those of the text in their
// order, then what the analysis adds (parts of compounds, words joined).
struct TitleWords {
  std::span<const uint32_t> ids;
  std::span<const uint16_t> begins;  // bytes of the title's text
  std::span<const uint16_t> ends;
  std::span<const uint8_t> marks;

  static constexpr uint8_t kStop = 1;   // a function word
  static constexpr uint8_t kAdded = 2;  // stands beside the words of the text
  size_t size() const { return ids.size(); }
};

// Immutable, thread-safe. Views it returns live as long as it does.
class TitleIndex {
 public:
  // NotFound: the shard has none (an index of an earlier version). DataLoss,
  // naming the file: damaged, or made of a vocabulary of another size.
  static absl::StatusOr<std::shared_ptr<const TitleIndex>> Open(
      const std::string& path, size_t vocabulary_words);

  size_t size() const { return text_ends_.size(); }
  // REQUIRES, here and below: title < size().
  std::string_view text(uint32_t title) const {
    return Slice(texts_, text_ends_, title);
  }
  std::string_view hit_id(uint32_t title) const {
    return Slice(hit_ids_, hit_id_ends_, title);
  }
  TitleWords words(uint32_t title) const;

  // The titles with a word of the ids [first, last), once for each such word.
  std::span<const uint32_t> TitlesWith(size_t first, size_t last) const {
    return Part(postings_, posting_ends_, first, last);
  }
  // The words of titles that have the lemma.
  std::span<const uint32_t> WordsOfLemma(std::string_view lemma) const;

 private:
  explicit TitleIndex(std::unique_ptr<const ColumnFile> file)
      : file_(std::move(file)) {}
  absl::Status Check(size_t vocabulary_words) const;

  template <typename Number>
  static std::span<const Number> Part(std::span<const Number> all,
                                      std::span<const uint32_t> ends,
                                      size_t first, size_t last) {
    if (first >= last) return {};
    const uint32_t begin = first == 0 ? 0 : ends[first - 1];
    return all.subspan(begin, ends[last - 1] - begin);
  }
  static std::string_view Slice(std::string_view all,
                                std::span<const uint32_t> ends, size_t i) {
    const uint32_t begin = i == 0 ? 0 : ends[i - 1];
    return all.substr(begin, ends[i] - begin);
  }

  std::unique_ptr<const ColumnFile> file_;
  std::span<const uint32_t> text_ends_, hit_id_ends_, word_ends_, words_;
  std::span<const uint16_t> begins_, ends_;
  std::span<const uint8_t> marks_;
  std::span<const uint32_t> posting_ends_, postings_;
  std::span<const uint32_t> lemma_ends_, lemma_word_ends_, lemma_words_;
  std::string_view texts_, hit_ids_, lemmas_;
};

// `shard_folder`/titles.bin
std::string TitleIndexPath(const std::string& shard_folder);

// Makes the file anew from the documents of a shard as they stand in
// `database`, its committed state. `vocabulary` is the one just written of the
// same state, the analyzer that of the shard's language. Throws Xapian errors.
// DataLoss: a stored document is damaged.
absl::Status WriteTitleIndex(const Xapian::Database& database,
                             const ShardVocabulary& vocabulary,
                             analyzers::Analyzer& analyzer,
                             const std::string& path);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_COMPLETION_TITLE_INDEX_H_
