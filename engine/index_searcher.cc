#include "engine/index_searcher.h"

#include <map>
#include <shared_mutex>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/completion/completer.h"
#include "engine/completion/instant_hits.h"
#include "engine/index/article_lookup.h"
#include "engine/index/open_corpus.h"
#include "engine/index/stored_document.h"
#include "engine/operators/rule_store.h"
#include "engine/ranking/prior_reranker.h"
#include "engine/search/explain.h"
#include "engine/search/page_token.h"
#include "engine/search/search_pipeline.h"
#include "engine/search_context.h"
#include "engine/suggestion/related.h"
#include "engine/suggestion/suggest.h"
#include "engine/xapian_call.h"

namespace kbsearch::engine {
namespace {

constexpr int kAttempts = 3;

// Keeps the databases as the snapshot knows them, where they can change.
std::shared_lock<std::shared_mutex> LockLive(const Snapshot& snapshot) {
  if (snapshot.live == nullptr) return {};
  std::shared_lock lock(snapshot.live->mutex);
  if (snapshot.live->version != snapshot.live_version) {
    throw Xapian::DatabaseModifiedError("the databases are ahead");
  }
  return lock;
}

// Errors that a fresh opening of the databases may mend.
bool IsWorthRetrying(const absl::Status& status) {
  return absl::IsAborted(status) || absl::IsDataLoss(status);
}

class IndexSearcher : public Searcher {
 public:
  IndexSearcher(std::shared_ptr<const SnapshotSource> source,
                std::shared_ptr<const analyzers::Registry> registry,
                std::shared_ptr<const PriorStore> priors)
      : source_(std::move(source)),
        analyzers_(std::move(registry)),
        priors_(std::move(priors)),
        reranker_(std::make_unique<FeatureReranker>()) {}

  absl::StatusOr<SearchResult> Search(const SearchQuery& query) override {
    const auto run = [&](SearchContext& context) {
      return RunSearch(query, context);
    };
    ReleaseFormer();
    const absl::StatusOr<PageToken> page = DecodePageToken(query);
    const auto live = source_->Find(query.corpus);
    if (page.ok() && page->generation != 0 && live.ok() &&
        page->generation != (*live)->info.generation) {
      const auto former =
          source_->FindGeneration(query.corpus, page->generation);
      if (former == nullptr) return GenerationGoneError();
      return InFormer(former, run);
    }
    return WithCorpus<SearchResult>(query.corpus, run);
  }

  absl::StatusOr<Explanation> Explain(const ExplainQuery& query) override {
    return WithCorpus<Explanation>(
        query.search.corpus,
        [&](SearchContext& context) { return RunExplain(query, context); });
  }

  absl::StatusOr<AutocompleteResult> Autocomplete(
      const AutocompleteQuery& query) override {
    return WithCorpus<AutocompleteResult>(
        query.corpus,
        [&](SearchContext& context) { return CompleteIn(query, context); });
  }

  absl::StatusOr<SuggestResult> Suggest(const SuggestQuery& query) override {
    return WithCorpus<SuggestResult>(query.corpus, [&](SearchContext& context) {
      return RunSuggest(query, context);
    });
  }

  absl::StatusOr<RelatedResult> Related(const RelatedQuery& query) override {
    return WithCorpus<RelatedResult>(query.corpus, [&](SearchContext& context) {
      return RunRelated(query, context);
    });
  }

  absl::StatusOr<Article> GetArticle(
      const std::string& corpus, const std::string& article_id,
      const std::string& language, Audience audience,
      std::vector<std::string>* available_languages) override {
    return WithCorpus<Article>(corpus, [&](SearchContext& context) {
      return FindArticle(std::string(PageId(article_id)),
                         context.registry().Normalize(language), audience,
                         context.corpus, available_languages);
    });
  }

 private:
  // Runs `function` on the live generation; opens it again and retries when its
  // databases fail, which happens when they change or go under a reader.
  template <typename Result, typename Function>
  absl::StatusOr<Result> WithCorpus(const std::string& name,
                                    Function&& function) {
    absl::StatusOr<Result> result = absl::UnknownError("not run");
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
      auto snapshot = source_->Find(name);
      if (!snapshot.ok()) {
        open_.erase(name);
        return snapshot.status();
      }
      // The last attempt does not let the databases change under it.
      const bool hold = attempt + 1 == kAttempts;
      std::shared_lock<std::shared_mutex> unchanging;
      result = CallXapian(
          absl::StrCat("corpus \"", name, "\""),
          [&]() -> absl::StatusOr<Result> {
            std::unique_ptr<OpenCorpus>& open = open_[name];
            if (open == nullptr || &open->snapshot() != snapshot->get()) {
              unchanging = LockLive(**snapshot);
              open = std::make_unique<OpenCorpus>(*snapshot);
              if (!hold && unchanging.owns_lock()) unchanging.unlock();
            }
            const auto rules = source_->Rules(name);
            const auto priors = PriorsOf(name);
            SearchContext context{*open, analyzers_, reranker_, rules.get(),
                                  priors.get()};
            return function(context);
          });
      if (result.ok() || !IsWorthRetrying(result.status())) return result;
      open_.erase(name);
    }
    // Every attempt failed on the same files: they are damaged.
    if (absl::IsAborted(result.status())) {
      return absl::DataLossError(result.status().message());
    }
    return result;
  }

  std::shared_ptr<const ArticlePriors> PriorsOf(const std::string& name) const {
    return priors_ == nullptr ? nullptr : priors_->Find(name);
  }

  // Runs a search in a generation that is not live any more. It may be removed
  // at any time, so an error means that it is gone.
  template <typename Function>
  absl::StatusOr<SearchResult> InFormer(
      const std::shared_ptr<const Snapshot>& snapshot, Function&& function) {
    absl::StatusOr<SearchResult> result =
        CallXapian("former generation", [&]() -> absl::StatusOr<SearchResult> {
          std::unique_ptr<OpenCorpus>& open = former_[snapshot->info.name];
          if (open == nullptr || &open->snapshot() != snapshot.get()) {
            open = std::make_unique<OpenCorpus>(snapshot);
          }
          const auto rules = source_->Rules(snapshot->info.name);
          const auto priors = PriorsOf(snapshot->info.name);
          SearchContext context{*open, analyzers_, reranker_, rules.get(),
                                priors.get()};
          return function(context);
        });
    if (!IsWorthRetrying(result.status())) return result;
    former_.erase(snapshot->info.name);
    return GenerationGoneError();
  }

  // Lets go of the former generations that nobody may ask for any more.
  void ReleaseFormer() {
    std::erase_if(former_, [&](const auto& entry) {
      const Snapshot& snapshot = entry.second->snapshot();
      return source_->FindGeneration(entry.first, snapshot.info.generation)
                 .get() != &snapshot;
    });
  }

  static absl::StatusOr<AutocompleteResult> CompleteIn(
      const AutocompleteQuery& query, SearchContext& context) {
    AutocompleteResult result;
    absl::StatusOr<std::vector<Completion>> completions =
        Complete(query, context);
    if (!completions.ok()) return completions.status();
    result.completions = *std::move(completions);
    if (query.max_hits <= 0) return result;
    absl::StatusOr<std::vector<Hit>> hits =
        FindInstantHits(query, result.completions, context);
    if (!hits.ok()) return hits.status();
    result.hits = *std::move(hits);
    return result;
  }

  const std::shared_ptr<const SnapshotSource> source_;
  AnalyzerSet analyzers_;
  const std::shared_ptr<const PriorStore> priors_;
  PriorReranker reranker_;
  std::map<std::string, std::unique_ptr<OpenCorpus>> open_;
  // One a corpus, for later pages of earlier searches.
  std::map<std::string, std::unique_ptr<OpenCorpus>> former_;
};

}  // namespace

std::unique_ptr<Searcher> NewIndexSearcher(
    std::shared_ptr<const SnapshotSource> source,
    std::shared_ptr<const analyzers::Registry> registry,
    std::shared_ptr<const PriorStore> priors) {
  return std::make_unique<IndexSearcher>(std::move(source), std::move(registry),
                                         std::move(priors));
}

}  // namespace kbsearch::engine
