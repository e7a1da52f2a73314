// Writes the forward index of a shard while its documents are made.
#ifndef KBSEARCH_ENGINE_RANKING_FORWARD_WRITER_H_
#define KBSEARCH_ENGINE_RANKING_FORWARD_WRITER_H_

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "analyzers/fingerprint_table.h"
#include "analyzers/token.h"
#include "engine/ranking/forward_index.h"

namespace kbsearch::engine {

// One document's words before it has a number: made while its terms are.
struct ForwardBlock {
  BlockField field = BlockField::kBody;
  std::vector<analyzers::Token> tokens;  // as Analyze gives them
};

struct ForwardDocument {
  std::string hit_id;
  std::string language;  // of the article
  uint8_t kind = 0;
  uint32_t updated_day = 0;
  std::vector<ForwardBlock> blocks;
};

// Of texts as keys of hash tables.
struct HashText {
  size_t operator()(std::string_view text) const {
    return analyzers::HashBytes(text);
  }
};

// Records go to the file as they come; memory holds the distinct words only.
// One thread at a time.
class ForwardWriter {
 public:
  // Makes or truncates the file. Errors of the file system come from Finish.
  explicit ForwardWriter(const std::string& path);
  ~ForwardWriter();
  ForwardWriter(const ForwardWriter&) = delete;
  ForwardWriter& operator=(const ForwardWriter&) = delete;

  // REQUIRES: numbers ascend.
  void Add(uint32_t document, const ForwardDocument& words);

  // Adds documents of another index, each under the number that `number_of`
  // gives for its own; 0 leaves it out. REQUIRES: numbers ascend.
  void AddAll(const ForwardIndex& source,
              const std::function<uint32_t(uint32_t)>& number_of);

  // Writes the tables and closes. ResourceExhausted, PermissionDenied…: what
  // the file system says of any write.
  absl::Status Finish();

 private:
  // One block of a record, in the numbers of this index.
  struct NumberedBlock {
    BlockField field = BlockField::kBody;
    uint32_t words = 0;
    uint32_t content = 0;
    std::string numbers;  // of the words
    std::string joined;

    void Clear(BlockField of) {
      field = of;
      words = content = 0;
      numbers.clear();
      joined.clear();
    }
  };

  using Terms = std::span<const TermKey>;
  struct HashTerms {
    using is_transparent = void;
    const ForwardWriter* writer;
    size_t operator()(Terms terms) const;
    size_t operator()(WordNumber word) const {
      return (*this)(writer->TermsOf(word));
    }
  };
  struct SameTerms {
    using is_transparent = void;
    const ForwardWriter* writer;
    bool operator()(WordNumber a, WordNumber b) const { return a == b; }
    bool operator()(WordNumber word, Terms terms) const;
    bool operator()(Terms terms, WordNumber word) const {
      return (*this)(word, terms);
    }
  };

  void AppendHead(const ForwardDocument& words, std::string* record);
  void AppendBlock(const ForwardBlock& block, std::string* record);
  void AppendNumbered(const NumberedBlock& block, std::string* record);
  void WriteRecord(uint32_t document, const std::string& record);
  WordNumber NumberOf(const analyzers::Token& token);
  // Of the word that has these terms, in whatever order, each once or more.
  WordNumber NumberOf(std::vector<TermKey>* terms);
  Terms TermsOf(WordNumber word) const;
  std::vector<WordNumber> SortTerms();
  void Write(const void* bytes, size_t size);
  template <typename Item>
  void WriteAll(const std::vector<Item>& items) {
    Write(items.data(), items.size() * sizeof(Item));
  }
  void Align();

  const std::string path_;
  std::FILE* file_ = nullptr;
  int error_ = 0;
  uint64_t at_ = 0;
  std::vector<uint32_t> documents_;
  std::vector<uint64_t> offsets_;
  // Distinct words: their terms one after the other, where each word's end, and
  // the words by their terms.
  std::vector<TermKey> terms_;
  std::vector<uint32_t> term_ends_;
  absl::flat_hash_set<WordNumber, HashTerms, SameTerms> numbers_;
  // Words of the document that is being written, by their exact terms.
  absl::flat_hash_map<std::string_view,
                      std::pair<const analyzers::Token*, WordNumber>, HashText>
      known_;
  std::vector<TermKey> word_;  // reused, as are these:
  NumberedBlock block_;
  std::string record_;
  uint64_t title_words_ = 0;
  uint64_t words_ = 0;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RANKING_FORWARD_WRITER_H_
