#include "engine/hit_maker.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/article_lookup.h"
#include "engine/snippet.h"
#include "engine/stored_document.h"

namespace kbsearch::engine {
namespace {

std::string AnswerText(const Article& entry) {
  std::string answer;
  for (const Block& block : entry.blocks) {
    absl::StrAppend(&answer, answer.empty() ? "" : "\n", block.text);
  }
  return answer;
}

}  // namespace

absl::StatusOr<Hit> MakeHit(const Candidate& candidate,
                            const LanguageLookup& lookup,
                            const SearchQuery& query, SearchContext& context) {
  Xapian::Database& database =
      *context.corpus.Find(lookup.language.language, query.audience);
  absl::StatusOr<StoredDocument> stored = DecodeStoredDocument(
      database.get_document(candidate.document).get_data());
  if (!stored.ok()) return stored.status();
  Article& article = stored->article;
  Hit hit;
  hit.article_id = candidate.hit_id;
  hit.score = candidate.score;
  hit.pinned = candidate.pinned;
  analyzers::Analyzer& analyzer =
      context.analyzers.Of(lookup.language.language);
  const QueryTerms terms(lookup.words);
  Snippet snippet = MakeSnippet(article.blocks, terms, analyzer);
  hit.snippet = std::move(snippet.spans);
  hit.anchor = std::move(snippet.anchor);
  if (Matches(article.title, terms, analyzer)) {
    hit.matched_by.emplace_back("title");
  }
  if (snippet.exact_match) hit.matched_by.emplace_back("exact");
  if (snippet.lemma_match) hit.matched_by.emplace_back("lemma");
  if (snippet.synonym_match) hit.matched_by.emplace_back("synonym");
  if (stored->role == DocumentRole::kEntry) hit.answer = AnswerText(article);
  hit.available_languages =
      AvailableLanguages(article.id, query.audience, context.corpus);
  hit.language = std::move(article.language);
  hit.title = std::move(article.title);
  hit.url = std::move(article.url);
  hit.kind = article.kind;
  hit.audience = article.audience;
  hit.category = std::move(article.category);
  hit.updated_at = article.updated_at;
  return hit;
}

}  // namespace kbsearch::engine
