// The files of a corpus at one moment, held open, so that a copy made of them
// is whole, however long it takes and however the corpus is changed, rebuilt or
// removed meanwhile. Nothing is written into the data folder.
#ifndef KBSEARCH_ENGINE_GENERATIONS_HELD_CORPUS_H_
#define KBSEARCH_ENGINE_GENERATIONS_HELD_CORPUS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace kbsearch::engine {

// A file open for reading; closed with the object.
class HeldFile {
 public:
  // NotFound, PermissionDenied name the file.
  static absl::StatusOr<HeldFile> Open(const std::string& path);
  HeldFile(HeldFile&& other) noexcept;
  HeldFile& operator=(HeldFile&&) = delete;
  ~HeldFile();

  int descriptor() const { return descriptor_; }
  // When it was opened. What is appended later does not belong to it.
  uint64_t bytes() const { return bytes_; }

 private:
  HeldFile(int descriptor, uint64_t bytes)
      : descriptor_(descriptor), bytes_(bytes) {}
  int descriptor_;
  uint64_t bytes_;
};

struct HeldCorpus {
  struct Held {
    std::string path;  // below the corpus' folder
    HeldFile file;
  };
  struct Text {
    std::string path;
    std::string content;
  };

  uint64_t generation = 0;  // the live one
  // Of the generation, then of the log: every change acknowledged before the
  // call, perhaps a piece of one that was being written, which readers pass
  // over.
  std::vector<Held> files;
  // What lies beside them: the operators' rules, judgements, the last reindex.
  std::vector<Text> texts;
};

// NotFound: no such corpus, or files of it are missing. DataLoss: CURRENT or
// the manifest is damaged. Unavailable: the corpus was rebuilt so fast that it
// could not be held.
absl::StatusOr<HeldCorpus> HoldCorpus(const std::string& data_dir,
                                      const std::string& corpus);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_GENERATIONS_HELD_CORPUS_H_
