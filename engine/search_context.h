// What every stage of a search works with: the databases of one generation and
// the analyzers, all of one thread.
#ifndef KBSEARCH_ENGINE_SEARCH_CONTEXT_H_
#define KBSEARCH_ENGINE_SEARCH_CONTEXT_H_

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "analyzers/registry.h"
#include "engine/index/open_corpus.h"

namespace kbsearch::engine {

struct CorpusRules;  // engine/operators/rule_store.h
struct SearchTrace;  // engine/search/search_trace.h

// The analyzers of one thread, made when first asked for. Not thread-safe.
class AnalyzerSet {
 public:
  explicit AnalyzerSet(std::shared_ptr<const analyzers::Registry> registry)
      : registry_(std::move(registry)) {}

  const analyzers::Registry& registry() const { return *registry_; }

  // REQUIRES: the registry knows `language`.
  analyzers::Analyzer& Of(const std::string& language) {
    std::unique_ptr<analyzers::Analyzer>& analyzer = analyzers_[language];
    if (analyzer == nullptr) analyzer = registry_->NewAnalyzer(language);
    return *analyzer;
  }

 private:
  const std::shared_ptr<const analyzers::Registry> registry_;
  std::map<std::string, std::unique_ptr<analyzers::Analyzer>> analyzers_;
};

class ArticlePriors;  // engine/ranking/article_prior.h
class Reranker;

// Nothing is owned; all outlive the search.
struct SearchContext {
  OpenCorpus& corpus;
  AnalyzerSet& analyzers;
  Reranker& reranker;
  const CorpusRules* rules = nullptr;     // of the operators; null: none
  const ArticlePriors* priors = nullptr;  // what use has shown; null: nothing
  SearchTrace* trace = nullptr;           // null: nobody asks

  const analyzers::Registry& registry() const { return analyzers.registry(); }
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SEARCH_CONTEXT_H_
