// Writes a new generation of a corpus beside the live one.
//
// A build compares its articles with those of the live generation. What has not
// changed is taken over as it stands; only the rest is analysed. Articles that
// the sources no longer hold stay, unless they are to be pruned. When the
// program or its language resources have changed, everything is analysed anew.
#ifndef KBSEARCH_ENGINE_GENERATIONS_GENERATION_BUILDER_H_
#define KBSEARCH_ENGINE_GENERATIONS_GENERATION_BUILDER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "analyzers/registry.h"
#include "engine/article.h"
#include "engine/generations/generations.h"
#include "engine/search.h"

namespace kbsearch::engine {

// Not thread-safe: one caller adds; languages are indexed in threads of its
// own. Destroyed before Publish, it removes what it wrote.
class GenerationBuilder {
 public:
  struct Options {
    std::string data_dir;    // made when missing
    std::string corpus;      // [a-z0-9][a-z0-9_-]{0,63}
    int jobs = 0;            // indexing threads; 0 = one per core
    bool prune = false;      // delete articles that are not added again
    bool reanalyze = false;  // analyse everything anew
    bool dry_run = false;    // compare only: nothing is written or published
    size_t keep = 2;         // earlier generations that stay, for a rollback
    // Looks at the finished generation; not OK: it is removed, and the live one
    // stays. May be empty.
    std::function<absl::Status(uint64_t)> before_switch;
  };

  // InvalidArgument: bad corpus name. Unavailable: another process is building
  // the corpus (the message names it). PermissionDenied, ResourceExhausted
  // (disk full): what the file system says.
  static absl::StatusOr<std::unique_ptr<GenerationBuilder>> Create(
      const Options& options,
      std::shared_ptr<const analyzers::Registry> registry);
  virtual ~GenerationBuilder() = default;

  // Tells where the articles come from and how large that is; the next build
  // may ask for it. Left out when there are only changes of the log to take in.
  // ResourceExhausted: the disk has no room for the build.
  virtual absl::Status BeginSources(const BuildSources& sources,
                                    uint64_t bytes) = 0;

  // Takes in what the log (change_log.h) has now. Create and Publish do so by
  // themselves.
  virtual absl::Status TakeChanges() = 0;

  struct Added {
    std::string language;    // the one given, or detected
    bool detected = false;   // language was detected
    bool replaced = false;   // an earlier article of this (id, language) went
    bool unchanged = false;  // the live generation holds the same
  };

  // Queues the article; blocks while the queues are full. InvalidArgument: the
  // article cannot be indexed (no id, no text, unknown language): skip it and
  // go on. Any other error (disk full…) ends the build.
  virtual absl::StatusOr<Added> Add(Article article) = 0;

  struct Stats {
    std::vector<LanguageStats> languages;
    uint64_t articles = 0;
    uint64_t entries = 0;
    uint64_t foreign_parts = 0;  // paragraphs indexed in another language
    uint64_t generation = 0;
    uint64_t bytes = 0;  // on disk
    // Compared with the generation that was live.
    uint64_t added = 0;
    uint64_t changed = 0;
    uint64_t unchanged = 0;
    // (id, language) of articles that were not added again.
    std::vector<std::pair<std::string, std::string>> vanished;
    bool pruned = false;  // they were deleted
    // What was wrong with the files of the live generation, so that nothing was
    // taken from them and all was analysed anew; empty: nothing.
    std::string damage;
    bool published = false;  // false: a dry run, or nothing has changed
  };

  // Where the sources are those that the live generation was made of, and gave
  // `articles` different ones: what Publish would give after adding them all
  // again. Nothing: they must be added, because other articles stand beside
  // them, or all is to be analysed anew.
  virtual absl::StatusOr<std::optional<Stats>> Unchanged(uint64_t articles) = 0;
  // The folder of the live generation; empty: there is none.
  virtual std::string live_folder() const = 0;

  // A folder for temporary files, removed when the build fails; what is in it
  // when it succeeds stays.
  virtual std::string scratch_folder() const = 0;

  // Waits for the queues, commits, writes the manifest and switches CURRENT;
  // when nothing has changed, or on a dry run, the live generation stays.
  // Afterwards the builder is of no use. Older generations but the last
  // `keep` are removed.
  virtual absl::StatusOr<Stats> Publish() = 0;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_GENERATIONS_GENERATION_BUILDER_H_
