// All the corpora of one data folder, opened for reading.
//
//   DATA/corpora/<corpus>/CURRENT                     number of the live one
//   DATA/corpora/<corpus>/synonyms.<lang>.json        the operators' rules
//   DATA/corpora/<corpus>/curations.json
//   DATA/corpora/<corpus>/generations/<n>/manifest.json
//   DATA/corpora/<corpus>/generations/<n>/<lang>/{public,agent}/   Xapian
#ifndef KBSEARCH_ENGINE_LIBRARY_H_
#define KBSEARCH_ENGINE_LIBRARY_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "analyzers/registry.h"
#include "engine/live/change_log.h"
#include "engine/operators/rule_store.h"
#include "engine/ranking/article_prior.h"
#include "engine/search.h"

namespace kbsearch::engine {

// What operators want to know of a corpus beside its CorpusInfo.
struct CorpusState {
  uint64_t pending_changes = 0;               // not found yet
  std::vector<uint64_t> earlier_generations;  // complete ones, newest first
  std::string problem;                        // empty: none
};

// Thread-safe.
class Library {
 public:
  // Reads the folder and the manifest of each corpus. NotFound when `data_dir`
  // is not there. A corpus that cannot be read does not keep the others from
  // being served; when none can, DataLoss or FailedPrecondition names the
  // first. An empty folder is a valid, empty library. Operators' rules that
  // cannot be read do not hinder: Refresh names them.
  static absl::StatusOr<std::shared_ptr<Library>> Open(
      const std::string& data_dir,
      std::shared_ptr<const analyzers::Registry> registry);
  virtual ~Library() = default;

  // Looks for corpora, generations and operators' rules that appeared, changed
  // or vanished since; call it every half second or so. A corpus that cannot be
  // read keeps its last good generation and is named in the status, and so do
  // rules.
  virtual absl::Status Refresh() = 0;

  virtual std::vector<CorpusInfo> ListCorpora() const = 0;
  // Corpora that are there and cannot be served, with the reason. Calls that
  // name one get the reason as their status.
  virtual std::map<std::string, absl::Status> ListUnserved() const {
    return {};
  }
  virtual absl::StatusOr<CorpusInfo> GetCorpus(
      const std::string& name) const = 0;

  // A searcher for one thread; keeps the library alive.
  virtual std::unique_ptr<Searcher> NewSearcher() = 0;

  virtual const analyzers::Registry& registry() const = 0;

  // Synonyms and curations of the corpora.
  virtual RuleStore& rules() = 0;

  // What use has shown of the articles; whoever counts events puts it there.
  // Null: this library's searches have no use for it.
  virtual PriorStore* priors() { return nullptr; }

  // Puts and deletes articles: checked (article_check.h), on the disk when this
  // returns, found after the next Refresh. Gives the number of the last change.
  // NotFound: no such corpus; otherwise what the file system says.
  virtual absl::StatusOr<uint64_t> AppendChanges(const std::string& corpus,
                                                 std::vector<Change> changes);

  // Called after each AppendChanges, until another is set; null: none.
  virtual void SetChangeListener(std::function<void()> listener) {
    (void)listener;
  }

  // Makes an earlier generation the live one, at once; 0: the one before. See
  // engine/generations/generations.h.
  virtual absl::Status RollBack(const std::string& corpus, uint64_t generation);

  // What is on the disk of the changes stays there, so that the next process
  // begins faster. Call it when this is of no more use.
  virtual void KeepChanges() {}

  // How a corpus stands. NotFound: no such corpus.
  virtual absl::StatusOr<CorpusState> GetState(const std::string& corpus);
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_LIBRARY_H_
