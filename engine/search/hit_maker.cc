#include "engine/search/hit_maker.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/index/article_lookup.h"
#include "engine/index/document_record.h"
#include "engine/search/passage.h"

namespace kbsearch::engine {
namespace {

std::string AnswerText(const Article& entry) {
  std::string answer;
  for (const Block& block : entry.blocks) {
    absl::StrAppend(&answer, answer.empty() ? "" : "\n", block.text);
  }
  return answer;
}

// Whether every term of the query counts wherever it stands. The parts of a
// compound and the words of a synonym count only where all of them are, but are
// marked alone.
bool CountsEachTerm(const QueryWords& words) {
  return words.alternatives.empty() &&
         std::all_of(words.words.begin(), words.words.end(),
                     [](const QueryWord& word) { return word.parts.empty(); });
}

bool StandsInTitle(const DocumentMatch& match) {
  return std::any_of(match.occurrences.begin(), match.occurrences.end(),
                     [&](const Occurrence& found) {
                       return match.blocks[found.block].field ==
                              BlockField::kTitle;
                     });
}

}  // namespace

HitMaker::HitMaker(const LanguageLookup& lookup, const SearchQuery& query,
                   SearchContext& context)
    : lookup_(lookup),
      query_(query),
      context_(context),
      terms_(lookup.words),
      counts_each_term_(CountsEachTerm(lookup.words)),
      indexes_(context.corpus.ForwardIndexes(lookup.language.language,
                                             query.audience)),
      matchers_(indexes_.size()) {}

bool HitMaker::Match(uint32_t document) {
  const ShardDocument place = PlaceOf(document, indexes_.size());
  const ForwardIndex* index = indexes_[place.shard];
  if (index == nullptr) return false;
  const ForwardRecord record = index->Find(place.document);
  if (record.empty()) return false;
  std::unique_ptr<QueryMatcher>& matcher = matchers_[place.shard];
  if (matcher == nullptr) {
    matcher = std::make_unique<QueryMatcher>(lookup_.words, *index);
  }
  matcher->Match(record, &match_);
  return true;
}

void HitMaker::CutSnippet(const Article& article, bool matched, Hit* hit) {
  analyzers::Analyzer& analyzer =
      context_.analyzers.Of(lookup_.language.language);
  const std::span<const Block> blocks = article.blocks;
  const BlockRange range = matched ? BestPassage(article.blocks, match_)
                                   : BlockRange{0, blocks.size()};
  Snippet snippet = MakeSnippet(
      blocks.subspan(range.begin, range.end - range.begin), terms_, analyzer,
      matched && counts_each_term_ ? HoldersIn(range, article.blocks, match_)
                                   : std::vector<bool>());
  for (size_t i = range.begin; i > 0 && snippet.anchor.empty(); --i) {
    snippet.anchor = blocks[i - 1].anchor;
  }
  hit->snippet = std::move(snippet.spans);
  hit->anchor = std::move(snippet.anchor);
  if (matched ? StandsInTitle(match_)
              : Matches(article.title, terms_, analyzer)) {
    hit->matched_by.emplace_back("title");
  }
  if (snippet.exact_match) hit->matched_by.emplace_back("exact");
  if (snippet.lemma_match) hit->matched_by.emplace_back("lemma");
  if (snippet.synonym_match) hit->matched_by.emplace_back("synonym");
}

absl::StatusOr<Hit> HitMaker::Make(const Candidate& candidate) {
  Xapian::Database& database =
      *context_.corpus.Find(lookup_.language.language, query_.audience);
  absl::StatusOr<StoredDocument> stored =
      ReadDocumentRecord(database, candidate.document);
  if (!stored.ok()) return stored.status();
  Article& article = stored->article;
  Hit hit;
  hit.article_id = candidate.hit_id;
  hit.score = candidate.score;
  hit.pinned = candidate.pinned;
  CutSnippet(article, Match(candidate.document), &hit);
  if (stored->role == DocumentRole::kEntry) hit.answer = AnswerText(article);
  hit.available_languages =
      AvailableLanguages(article.id, query_.audience, context_.corpus);
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
