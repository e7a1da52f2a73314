// Writes the forward index of a shard while its documents are made.
#ifndef KBSEARCH_ENGINE_RANKING_FORWARD_WRITER_H_
#define KBSEARCH_ENGINE_RANKING_FORWARD_WRITER_H_

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
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
  };

  void AppendHead(const ForwardDocument& words, std::string* record);
  void AppendBlock(const ForwardBlock& block, std::string* record);
  void AppendNumbered(const NumberedBlock& block, std::string* record);
  void WriteRecord(uint32_t document, const std::string& record);
  WordNumber NumberOf(std::vector<TermKey> terms);
  void Write(const void* bytes, size_t size);
  void Align();

  const std::string path_;
  std::FILE* file_ = nullptr;
  int error_ = 0;
  uint64_t at_ = 0;
  std::vector<uint32_t> documents_;
  std::vector<uint64_t> offsets_;
  absl::flat_hash_map<std::vector<TermKey>, WordNumber> numbers_;
  std::vector<std::pair<TermKey, WordNumber>> terms_;
  uint64_t title_words_ = 0;
  uint64_t words_ = 0;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RANKING_FORWARD_WRITER_H_
