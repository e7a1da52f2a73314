// What the engine is asked and what it answers: plain values, no Xapian.
#ifndef KBSEARCH_ENGINE_SEARCH_H_
#define KBSEARCH_ENGINE_SEARCH_H_

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/article.h"

namespace kbsearch::engine {

using Deadline = std::chrono::steady_clock::time_point;

// A stretch of text that a result shows.
struct Span {
  std::string text;  // of the original, whole characters
  bool highlighted = false;
};

// An article must meet every field that is set; within a field one value is
// enough.
struct SearchFilter {
  std::vector<ArticleKind> kinds;
  std::vector<std::string> categories;  // any level of an article's category
  std::vector<std::string> tags;
  // Seconds since the epoch, itself included. Articles without a date fail.
  std::optional<int64_t> updated_after;
  // Left out: articles with all their entries, or "<id>#<n>". The engine's own:
  // what operators hide for the query.
  std::vector<std::string> hidden_ids;

  // Lets every article through.
  bool empty() const {
    return kinds.empty() && categories.empty() && tags.empty() &&
           !updated_after && hidden_ids.empty();
  }
};

// How the language versions of one article are shown.
enum class TranslationMode : uint8_t {
  kCollapse,  // one hit, in the language that serves the user best
  kSeparate,  // each version a hit of its own
};

enum class FacetField : uint8_t { kLanguage, kKind, kCategory, kTag };
inline constexpr size_t kFacetFieldCount = 4;

// "language", "kind", "category", "tag".
std::string_view FacetFieldName(FacetField field);
bool ParseFacetField(std::string_view name, FacetField* field);

struct SearchQuery {
  std::string corpus;
  std::string text;                       // as typed
  std::string language;                   // the user's locale: a prior
  std::vector<std::string> languages;     // hard filter; empty = all
  Audience audience = Audience::kPublic;  // kAgent sees both audiences
  int page_size = 10;      // 1–1000; the caller has validated it
  std::string page_token;  // of an earlier answer, or empty
  SearchFilter filter;
  std::vector<FacetField> facets;  // to be counted, each once
  TranslationMode translation_mode = TranslationMode::kCollapse;
  bool verbatim = false;  // as typed: no rescue step is taken
  Deadline deadline = Deadline::max();
};

struct Hit {
  std::string article_id;  // "<id>", or "<id>#<n>" of an FAQ entry
  std::string language;
  std::string title;
  std::string url;
  ArticleKind kind = ArticleKind::kArticle;
  Audience audience = Audience::kPublic;
  std::vector<std::string> category;
  int64_t updated_at = 0;
  double score = 0;  // comparable within one answer only
  std::vector<Span> snippet;
  std::string answer;                            // of an FAQ entry, whole
  std::string anchor;                            // where in the page
  std::vector<std::string> available_languages;  // of the article, sorted
  std::vector<std::string> matched_by;  // "title", "exact", "lemma", …
  bool pinned = false;          // put here by an operator, not by its score
  bool near_duplicate = false;  // of the article whose relatives were asked for
};

// Something done to the query on the user's behalf.
struct Rewrite {
  std::string stage;  // "spelling", "layout", …
  std::string from;
  std::string to;
  bool applied = false;  // false: offered only
};

struct FacetValue {
  std::string value;
  uint64_t count = 0;  // of hits
};

struct Facet {
  FacetField field = FacetField::kLanguage;
  std::vector<FacetValue> values;  // most frequent first, none is zero
  bool exact = true;               // false: not all hits were counted
};

struct SearchResult {
  std::vector<Hit> hits;
  std::string next_page_token;  // empty on the last page
  uint64_t total_size = 0;      // an estimate
  std::string language;         // the query's likeliest language, may be empty
  double language_confidence = 0;
  std::vector<Rewrite> rewrites;
  std::vector<Facet> facets;  // as asked for
  uint64_t generation = 0;    // of the index that answered
};

struct AutocompleteQuery {
  std::string corpus;
  std::string prefix;                  // as typed so far
  std::string language;                // the user's locale
  std::vector<std::string> languages;  // hard filter; empty = all
  Audience audience = Audience::kPublic;
  int max_completions = 8;
  int max_hits = 0;  // instant hits beside the completions
  Deadline deadline = Deadline::max();
};

struct Completion {
  std::string text;         // the whole completed input
  std::vector<Span> spans;  // text again, what was added highlighted
  std::string language;
  std::string article_id;  // when the completion is an article's title
};

struct AutocompleteResult {
  std::vector<Completion> completions;  // best first
  // What the input, or its best completion, finds.
  std::vector<Hit> hits;
};

// One language of one corpus.
struct LanguageStats {
  std::string language;
  uint64_t articles = 0;         // with both audiences
  uint64_t public_articles = 0;  // what a portal can reach
  uint64_t entries = 0;          // FAQ entries, both audiences
};

struct CorpusInfo {
  std::string name;
  uint64_t generation = 0;
  int64_t built_at = 0;  // seconds since the epoch
  uint64_t bytes = 0;    // on disk
  std::vector<LanguageStats> languages;
  // Numbers of the change log: the last one that the generation was built with,
  // and how many later ones can be found.
  uint64_t changes_through = 0;
  uint64_t applied_changes = 0;
  // Articles with their versions that these concern.
  uint64_t changed_articles = 0;
};

struct ExplainQuery;  // engine/search/explain.h
struct Explanation;
struct SuggestQuery;  // engine/suggestion/suggestion.h
struct SuggestResult;
struct RelatedQuery;
struct RelatedResult;

// Answers for one thread: not thread-safe, one per worker. Every call opens or
// refreshes what it needs. Errors: NotFound (corpus, article), InvalidArgument
// (page token), Unavailable (index opening), DataLoss (damaged index),
// DeadlineExceeded.
class Searcher {
 public:
  virtual ~Searcher() = default;
  virtual absl::StatusOr<SearchResult> Search(const SearchQuery& query) = 0;
  virtual absl::StatusOr<AutocompleteResult> Autocomplete(
      const AutocompleteQuery& query) = 0;
  // Why the query finds what it finds. Slow, for operators.
  virtual absl::StatusOr<Explanation> Explain(const ExplainQuery& query) = 0;
  // Articles that answer a ticket, or none.
  virtual absl::StatusOr<SuggestResult> Suggest(const SuggestQuery& query) = 0;
  // Articles on the same matter as an article, best first.
  virtual absl::StatusOr<RelatedResult> Related(const RelatedQuery& query) = 0;
  // The version in `language` if there is one, else in the corpus's main
  // language, the one with most articles, or the next that has one.
  // `article_id` may name an FAQ entry.
  virtual absl::StatusOr<Article> GetArticle(
      const std::string& corpus, const std::string& article_id,
      const std::string& language, Audience audience,
      std::vector<std::string>* available_languages) = 0;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SEARCH_H_
