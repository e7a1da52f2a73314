// The synonyms and curations of all corpora: kept in files of the corpus, read
// again when those change, replaced at once when an operator gives new ones.
#ifndef KBSEARCH_ENGINE_OPERATORS_RULE_STORE_H_
#define KBSEARCH_ENGINE_OPERATORS_RULE_STORE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "analyzers/registry.h"
#include "engine/operators/curations.h"
#include "engine/operators/rule_files.h"
#include "engine/operators/synonyms.h"

namespace kbsearch::engine {

// Of one corpus. Immutable: shared by all threads.
struct CorpusRules {
  struct LanguageSynonyms {
    std::vector<Synonym> entries;
    SynonymTable table;
  };
  std::map<std::string, std::shared_ptr<const LanguageSynonyms>> synonyms;
  struct CorpusCurations {
    std::vector<Curation> entries;
    CurationTable table;
  };
  std::shared_ptr<const CorpusCurations> curations;  // null: none
};

// Thread-safe.
class RuleStore {
 public:
  RuleStore(std::string data_dir,
            std::shared_ptr<const analyzers::Registry> registry)
      : data_dir_(std::move(data_dir)), registry_(std::move(registry)) {}

  // Reads the files of these corpora that have changed since and forgets other
  // corpora. A file that cannot be used leaves the rules as they were before;
  // the status names the first such file, its fault and the remedy, each time
  // until it is mended.
  absl::Status Refresh(const std::vector<std::string>& corpora);

  // Never null; without rules for a corpus that has none.
  std::shared_ptr<const CorpusRules> Find(const std::string& corpus) const;

  // Replace all entries, on disk and for every search from now on. What is
  // wrong with them is returned, and nothing is stored then. REQUIRES: the
  // registry knows `language`. NotFound: no such corpus; PermissionDenied,
  // ResourceExhausted (disk full): what the file system says.
  absl::StatusOr<std::vector<RuleProblem>> PutSynonyms(
      const std::string& corpus, const std::string& language,
      const std::vector<Synonym>& synonyms);
  absl::StatusOr<std::vector<RuleProblem>> PutCurations(
      const std::string& corpus, const std::vector<Curation>& curations);

 private:
  // What tells that a file is another one than before.
  struct Stamp {
    bool exists = false;
    int64_t changed_at = 0;  // nanoseconds
    uint64_t bytes = 0;
    uint64_t inode = 0;
    bool operator==(const Stamp&) const = default;
  };
  struct KnownFile {
    Stamp stamp;
    absl::Status status;
  };

  using Load = std::function<absl::Status(const std::string& content)>;

  static Stamp StampOf(const std::string& path);
  // Nothing is done when the file is the one known. Otherwise gives its content
  // to `load`; "" when there is no file.
  static absl::Status RefreshFile(const std::string& path, KnownFile* known,
                                  const Load& load);
  absl::Status LoadSynonyms(const std::string& content,
                            const std::string& language,
                            CorpusRules* rules) const;
  absl::Status LoadCurations(const std::string& content,
                             CorpusRules* rules) const;
  absl::Status RefreshCorpus(const std::string& corpus);
  absl::Status Write(const std::string& corpus, const std::string& path,
                     const std::string& content);
  void Publish(const std::string& corpus, CorpusRules rules);

  const std::string data_dir_;
  const std::shared_ptr<const analyzers::Registry> registry_;
  // Held while files are read or written; taken before mutex_.
  std::mutex files_mutex_;
  // Corpus → path → what is known of it; under files_mutex_.
  std::map<std::string, std::map<std::string, KnownFile>> files_;
  mutable std::mutex mutex_;
  // By corpus; under mutex_.
  std::map<std::string, std::shared_ptr<const CorpusRules>> rules_;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_OPERATORS_RULE_STORE_H_
