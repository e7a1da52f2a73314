// The forward index of a shard: the words of each document in their order, as
// numbers. Ranking, snippets and phrases look at a few hundred documents for
// each query; reading and analysing their stored text would take a hundred
// times as long.
//
// A word stands for everything analysis made of one place of the text: exact
// form, lemmas, parts, variants. Equal words share a number, and the file holds
// the terms of each number once.
//
// Worked example: the title "Mot de passe oublié" is the block
//   {field kTitle, words {mot}, {de}, {passe}, {oublie}}
// where {oublie} has the terms (exact "oublie") and (lemma "oublier").
//
// File layout (little-endian, each section at a multiple of 8 bytes):
//   magic, version          u32 u32
//   records                 one a document, see forward_writer.cc
//   document numbers        u32 × documents, ascending
//   record offsets          u64 × documents
//   terms                   u64 × terms, ascending: 56 bits of hash, TermKind
//   words of these          u32 × terms
//   footer                  see forward_index.cc
#ifndef KBSEARCH_ENGINE_RANKING_FORWARD_INDEX_H_
#define KBSEARCH_ENGINE_RANKING_FORWARD_INDEX_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "analyzers/resource_folder.h"

namespace kbsearch::engine {

// Where a block of a document stands. Numbers are on disk.
enum class BlockField : uint8_t {
  kTitle = 0,    // or the question of an FAQ entry
  kHeading = 1,  // inside the text
  kTag = 2,      // a tag or a level of the category
  kBody = 3,
};

// How a term belongs to a word. Numbers are on disk.
enum class TermKind : uint8_t {
  kExact = 0,  // the folded word or a variant of it
  kLemma = 1,
  kPart = 2,  // of a compound, an address, a camelCase name
  kRoot = 3,  // RootOf the exact word
};

// The letters that words of one family mostly share: "διαγραφή" and "διαγράφω",
// "activation" and "activer", "verwijdering" and "verwijderen" meet in their
// first six. Empty for shorter words. A weak sign: it never finds a document,
// but helps to order those found.
//   RootOf("verwijderen") = RootOf("verwijdering") = "verwij"
std::string_view RootOf(std::string_view folded);

// A term as the forward index knows it: a hash of 56 bits and its kind. Among a
// million terms two share a hash with a chance of 1 in 100,000.
using TermKey = uint64_t;
TermKey MakeTermKey(std::string_view text, TermKind kind);

using WordNumber = uint32_t;

// Reads the record of one document. The index must outlive it.
class ForwardRecord {
 public:
  ForwardRecord() = default;
  explicit ForwardRecord(std::string_view bytes);

  bool empty() const { return hit_id_.empty(); }
  std::string_view hit_id() const { return hit_id_; }
  // Of the article, which is not the shard's for a part in another language.
  std::string_view language() const { return language_; }
  uint8_t kind() const { return kind_; }  // ArticleKind
  // Days since the epoch; 0 = unknown.
  uint32_t updated_day() const { return updated_day_; }

  // Goes to the next block; false after the last one. The words of a block may
  // be left unread. Damage ends the record early.
  bool NextBlock();
  BlockField field() const { return field_; }
  uint32_t block_words() const { return block_words_; }
  uint32_t block_content_words() const { return block_content_words_; }

  // The number of a word of the block. REQUIRES: index < block_words().
  WordNumber WordAt(uint32_t index) const {
    const char* bytes = words_ + size_t{index} * kWordBytes;
    return static_cast<unsigned char>(bytes[0]) |
           static_cast<unsigned char>(bytes[1]) << 8 |
           static_cast<WordNumber>(static_cast<unsigned char>(bytes[2])) << 16;
  }

  // The next of the block's joined words, which stand for several words in a
  // row beginning at `index` ("wifi" at "wi" of "Wi-Fi"); false after the last.
  struct Joined {
    uint32_t index = 0;
    WordNumber number = 0;
  };
  bool NextJoined(Joined* joined);

  static constexpr size_t kWordBytes = 3;

 private:
  std::string_view rest_;        // behind the current block
  const char* words_ = nullptr;  // of the current block
  std::string_view joined_;      // unread joined words of the current block
  std::string_view hit_id_;
  std::string_view language_;
  uint8_t kind_ = 0;
  uint32_t updated_day_ = 0;
  BlockField field_ = BlockField::kBody;
  uint32_t block_words_ = 0;
  uint32_t block_content_words_ = 0;
};

// Immutable, thread-safe, mapped into memory.
class ForwardIndex {
 public:
  // NotFound when there is no such file; DataLoss when it is damaged or of
  // another version.
  static absl::StatusOr<std::shared_ptr<const ForwardIndex>> Open(
      const std::string& path);

  // The record of a document of the shard's own database; empty when there is
  // none.
  ForwardRecord Find(uint32_t document) const;

  // The words that have the term.
  std::span<const WordNumber> WordsOf(TermKey term) const;

  // Numbers of all documents, ascending.
  std::span<const uint32_t> documents() const { return documents_; }
  // The terms of every word, by its number: to write it anew elsewhere.
  struct WordTerms {
    std::vector<TermKey> terms;    // of one word after the other
    std::vector<uint32_t> begins;  // of each word's, and the end of the last's

    size_t size() const { return begins.size() - 1; }
    std::span<const TermKey> Of(WordNumber word) const {
      return std::span(terms).subspan(begins[word],
                                      begins[word + 1] - begins[word]);
    }
  };
  WordTerms TermsOfWords() const;

  uint32_t word_count() const { return word_count_; }
  // Means over the documents, at least 1.
  double average_title_words() const { return average_title_words_; }
  double average_words() const { return average_words_; }

 private:
  ForwardIndex() = default;
  absl::Status Read();

  std::unique_ptr<analyzers::MappedFile> file_;
  std::string_view bytes_;
  std::span<const uint32_t> documents_;
  std::span<const uint64_t> offsets_;
  std::span<const uint64_t> sorted_terms_;
  std::span<const WordNumber> words_of_terms_;
  uint64_t records_end_ = 0;
  uint32_t word_count_ = 0;
  double average_title_words_ = 1;
  double average_words_ = 1;
};

// `shard_folder`/forward.bin
std::string ForwardIndexPath(const std::string& shard_folder);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RANKING_FORWARD_INDEX_H_
