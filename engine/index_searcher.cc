#include "engine/index_searcher.h"

#include <xapian.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/completer.h"
#include "engine/open_corpus.h"
#include "engine/page_token.h"
#include "engine/query_languages.h"
#include "engine/retrieval.h"
#include "engine/schema.h"
#include "engine/snippet.h"
#include "engine/stored_document.h"
#include "engine/xapian_call.h"

namespace kbsearch::engine {
namespace {

// Pages beyond this many hits are not served; nobody reads them, and each costs
// as much as all before it.
constexpr uint32_t kMaxOffset = 10'000;
// Candidates beyond the page, so that collapsed translations leave it full.
constexpr size_t kSpareCandidates = 10;
constexpr int kAttempts = 3;

// Errors that a fresh opening of the databases may mend.
bool IsWorthRetrying(const absl::Status& status) {
  return absl::IsAborted(status) || absl::IsDataLoss(status);
}

class IndexSearcher : public Searcher {
 public:
  IndexSearcher(std::shared_ptr<const SnapshotSource> source,
                std::shared_ptr<const analyzers::Registry> registry)
      : source_(std::move(source)), registry_(std::move(registry)) {}

  absl::StatusOr<SearchResult> Search(const SearchQuery& query) override {
    return WithCorpus<SearchResult>(query.corpus, [&](OpenCorpus& corpus) {
      return SearchIn(query, corpus);
    });
  }

  absl::StatusOr<std::vector<Completion>> Autocomplete(
      const AutocompleteQuery& query) override {
    return WithCorpus<std::vector<Completion>>(
        query.corpus,
        [&](OpenCorpus& corpus) -> absl::StatusOr<std::vector<Completion>> {
          std::vector<analyzers::LanguageGuess> guesses;
          std::vector<CompletionSource> sources;
          for (const QueryLanguage& language : ChooseLanguages(
                   query.prefix, query.language, {},
                   corpus.Languages(query.audience), *registry_, &guesses)) {
            sources.push_back({language, AnalyzerOf(language.language),
                               corpus.Find(language.language, query.audience)});
          }
          return Complete(query, sources);
        });
  }

  absl::StatusOr<Article> GetArticle(
      const std::string& corpus, const std::string& article_id,
      const std::string& language, Audience audience,
      std::vector<std::string>* available_languages) override {
    return WithCorpus<Article>(corpus, [&](OpenCorpus& open) {
      return FindArticle(std::string(PageId(article_id)), registry_->Normalize(language),
                         audience, open, available_languages);
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
      result = CallXapian(
          absl::StrCat("corpus \"", name, "\""),
          [&]() -> absl::StatusOr<Result> {
            std::unique_ptr<OpenCorpus>& open = open_[name];
            if (open == nullptr || &open->snapshot() != snapshot->get()) {
              open = std::make_unique<OpenCorpus>(*snapshot);
            }
            return function(*open);
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

  absl::StatusOr<SearchResult> SearchIn(const SearchQuery& query,
                                        OpenCorpus& corpus) {
    absl::StatusOr<PageToken> page = DecodePageToken(query);
    if (!page.ok()) return page.status();
    const uint64_t generation = corpus.snapshot().info.generation;
    if (!query.page_token.empty() && page->generation != generation) {
      return absl::InvalidArgumentError(
          "page_token: the index has been rebuilt since; start again without "
          "it");
    }
    SearchResult result;
    result.generation = generation;
    const std::vector<LanguageLookup> lookups =
        AnalyzeInLanguages(query, corpus, &result);
    const auto page_size = static_cast<size_t>(query.page_size);
    absl::StatusOr<Candidates> found =
        Retrieve(query, lookups, registry_->Normalize(query.language),
                 page->offset + page_size + kSpareCandidates, corpus);
    if (!found.ok()) return found.status();
    result.total_size =
        std::max<uint64_t>(found->total_size, found->best.size());
    const size_t begin = std::min<size_t>(page->offset, found->best.size());
    const size_t end = std::min(begin + page_size, found->best.size());
    for (size_t i = begin; i < end; ++i) {
      absl::StatusOr<Hit> hit = MakeHit(
          found->best[i], lookups[found->best[i].language], query, corpus);
      if (!hit.ok()) return hit.status();
      result.hits.push_back(*std::move(hit));
    }
    if (end < found->best.size() && end <= kMaxOffset) {
      result.next_page_token =
          EncodePageToken({generation, static_cast<uint32_t>(end)}, query);
    }
    return result;
  }

  std::vector<LanguageLookup> AnalyzeInLanguages(const SearchQuery& query,
                                                 const OpenCorpus& corpus,
                                                 SearchResult* result) {
    std::vector<analyzers::LanguageGuess> guesses;
    std::vector<LanguageLookup> lookups;
    for (QueryLanguage& language : ChooseLanguages(
             query.text, query.language, query.languages,
             corpus.Languages(query.audience), *registry_, &guesses)) {
      QueryWords words =
          AnalyzeQuery(query.text, *AnalyzerOf(language.language));
      lookups.push_back({std::move(language), std::move(words)});
    }
    if (!guesses.empty()) {
      result->language = guesses.front().language;
      result->language_confidence = guesses.front().probability;
    }
    return lookups;
  }

  absl::StatusOr<Hit> MakeHit(const Candidate& candidate,
                              const LanguageLookup& lookup,
                              const SearchQuery& query, OpenCorpus& corpus) {
    Xapian::Database& database =
        *corpus.Find(lookup.language.language, query.audience);
    absl::StatusOr<StoredDocument> stored = DecodeStoredDocument(
        database.get_document(candidate.document).get_data());
    if (!stored.ok()) return stored.status();
    Article& article = stored->article;
    Hit hit;
    hit.article_id = candidate.hit_id;
    hit.score = candidate.score;
    analyzers::Analyzer& analyzer = *AnalyzerOf(lookup.language.language);
    const QueryTerms terms(lookup.words);
    Snippet snippet = MakeSnippet(article.blocks, terms, analyzer);
    hit.snippet = std::move(snippet.spans);
    hit.anchor = std::move(snippet.anchor);
    if (Matches(article.title, terms, analyzer)) {
      hit.matched_by.emplace_back("title");
    }
    if (snippet.exact_match) hit.matched_by.emplace_back("exact");
    if (snippet.lemma_match) hit.matched_by.emplace_back("lemma");
    if (stored->role == DocumentRole::kEntry) {
      hit.answer = AnswerText(article);
    }
    hit.available_languages =
        AvailableLanguages(article.id, query.audience, corpus);
    hit.language = std::move(article.language);
    hit.title = std::move(article.title);
    hit.url = std::move(article.url);
    hit.kind = article.kind;
    hit.audience = article.audience;
    hit.category = std::move(article.category);
    hit.updated_at = article.updated_at;
    return hit;
  }

  static std::string AnswerText(const Article& entry) {
    std::string answer;
    for (const Block& block : entry.blocks) {
      absl::StrAppend(&answer, answer.empty() ? "" : "\n", block.text);
    }
    return answer;
  }

  std::vector<std::string> AvailableLanguages(const std::string& article_id,
                                              Audience audience,
                                              OpenCorpus& corpus) {
    std::vector<std::string> languages;
    for (const std::string& language : corpus.Languages(audience)) {
      if (corpus.Find(language, audience)
              ->term_exists(DocumentTerm(article_id, language))) {
        languages.push_back(language);
      }
    }
    return languages;
  }

  absl::StatusOr<Article> FindArticle(
      const std::string& id, const std::string& language, Audience audience,
      OpenCorpus& corpus, std::vector<std::string>* available_languages) {
    *available_languages = AvailableLanguages(id, audience, corpus);
    if (available_languages->empty()) {
      return absl::NotFoundError(
          absl::StrCat("no article \"", id, "\" in corpus \"",
                       corpus.snapshot().info.name, "\""));
    }
    const bool wished =
        std::find(available_languages->begin(), available_languages->end(),
                  language) != available_languages->end();
    const std::string& shown = wished ? language : available_languages->front();
    Xapian::Database& database = *corpus.Find(shown, audience);
    const Xapian::docid document =
        *database.postlist_begin(DocumentTerm(id, shown));
    absl::StatusOr<StoredDocument> stored =
        DecodeStoredDocument(database.get_document(document).get_data());
    if (!stored.ok()) return stored.status();
    return std::move(stored->article);
  }

  analyzers::Analyzer* AnalyzerOf(const std::string& language) {
    std::unique_ptr<analyzers::Analyzer>& analyzer = analyzers_[language];
    if (analyzer == nullptr) analyzer = registry_->NewAnalyzer(language);
    return analyzer.get();
  }

  const std::shared_ptr<const SnapshotSource> source_;
  const std::shared_ptr<const analyzers::Registry> registry_;
  std::map<std::string, std::unique_ptr<OpenCorpus>> open_;
  std::map<std::string, std::unique_ptr<analyzers::Analyzer>> analyzers_;
};

}  // namespace

std::unique_ptr<Searcher> NewIndexSearcher(
    std::shared_ptr<const SnapshotSource> source,
    std::shared_ptr<const analyzers::Registry> registry) {
  return std::make_unique<IndexSearcher>(std::move(source),
                                         std::move(registry));
}

}  // namespace kbsearch::engine
