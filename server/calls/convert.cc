#include "server/calls/convert.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"

namespace kbsearch::server {
namespace {

constexpr int kDefaultPageSize = 10;
constexpr int kMaxPageSize = 100;
constexpr int kDefaultCompletions = 8;
constexpr int kMaxCompletions = 20;
constexpr int kDefaultInstantHits = 3;
constexpr int kMaxInstantHits = 10;

// Zero means "the default".
int Coerce(int value, int default_value, int max_value) {
  return value == 0 ? default_value : std::min(value, max_value);
}

// The numbers differ: on disk kinds begin at 0, on the wire 0 is "unspecified".
struct KindPair {
  engine::ArticleKind engine;
  v1::ArticleKind proto;
};
constexpr KindPair kKinds[] = {
    {engine::ArticleKind::kArticle, v1::ARTICLE_KIND_ARTICLE},
    {engine::ArticleKind::kFaq, v1::ARTICLE_KIND_FAQ},
    {engine::ArticleKind::kProcedure, v1::ARTICLE_KIND_PROCEDURE},
    {engine::ArticleKind::kCannedResponse, v1::ARTICLE_KIND_CANNED_RESPONSE},
    {engine::ArticleKind::kForumThread, v1::ARTICLE_KIND_FORUM_THREAD},
};

v1::ArticleKind KindToProto(engine::ArticleKind kind) {
  for (const KindPair& pair : kKinds) {
    if (pair.engine == kind) return pair.proto;
  }
  return v1::ARTICLE_KIND_UNSPECIFIED;
}

engine::ArticleKind KindToEngine(int kind) {
  for (const KindPair& pair : kKinds) {
    if (pair.proto == kind) return pair.engine;
  }
  return engine::ArticleKind::kArticle;
}

v1::Audience AudienceToProto(engine::Audience audience) {
  return audience == engine::Audience::kPublic ? v1::AUDIENCE_PUBLIC
                                               : v1::AUDIENCE_AGENT;
}

v1::Block::Kind BlockKindToProto(engine::BlockKind kind) {
  switch (kind) {
    case engine::BlockKind::kParagraph:
      return v1::Block::KIND_PARAGRAPH;
    case engine::BlockKind::kHeading:
      return v1::Block::KIND_HEADING;
    case engine::BlockKind::kListItem:
      return v1::Block::KIND_LIST_ITEM;
    case engine::BlockKind::kCode:
      return v1::Block::KIND_CODE;
    case engine::BlockKind::kTableRow:
      return v1::Block::KIND_TABLE_ROW;
  }
  return v1::Block::KIND_UNSPECIFIED;
}

const char* RoleToProto(analyzers::TokenRole role) {
  switch (role) {
    case analyzers::TokenRole::kWhole:
      return "whole";
    case analyzers::TokenRole::kPart:
      return "part";
    case analyzers::TokenRole::kJoined:
      return "joined";
    case analyzers::TokenRole::kVariant:
      return "variant";
  }
  return "whole";
}

template <class Strings>
std::vector<std::string> ToVector(const Strings& strings) {
  return std::vector<std::string>(strings.begin(), strings.end());
}

void SpansToProto(const std::vector<engine::Span>& spans,
                  google::protobuf::RepeatedPtrField<v1::TextSpan>* out) {
  for (const engine::Span& span : spans) {
    v1::TextSpan* added = out->Add();
    added->set_text(span.text);
    added->set_highlighted(span.highlighted);
  }
}

void HitToProto(const engine::Hit& hit, v1::Hit* out) {
  out->set_article_id(hit.article_id);
  out->set_language_code(hit.language);
  out->set_title(hit.title);
  out->set_url(hit.url);
  out->set_kind(KindToProto(hit.kind));
  out->set_score(hit.score);
  SpansToProto(hit.snippet, out->mutable_snippet());
  out->set_answer(hit.answer);
  out->set_anchor(hit.anchor);
  for (const auto& code : hit.available_languages) {
    out->add_available_languages(code);
  }
  for (const auto& what : hit.matched_by) out->add_matched_by(what);
  out->set_audience(AudienceToProto(hit.audience));
  for (const auto& level : hit.category) out->add_category(level);
  if (hit.updated_at != 0) {
    out->mutable_updated_at()->set_seconds(hit.updated_at);
  }
  out->set_pinned(hit.pinned);
  out->set_near_duplicate(hit.near_duplicate);
}

void FacetToProto(const engine::Facet& facet, v1::Facet* out) {
  out->set_name(std::string(engine::FacetFieldName(facet.field)));
  out->set_exact(facet.exact);
  for (const engine::FacetValue& value : facet.values) {
    v1::Facet::Value* added = out->add_values();
    added->set_value(value.value);
    added->set_count(static_cast<int64_t>(value.count));
  }
}

}  // namespace

engine::SearchQuery ToEngine(const v1::SearchRequest& request,
                             const analyzers::Registry& registry) {
  engine::SearchQuery query;
  query.corpus = request.corpus();
  query.text = request.query();
  query.language = registry.Normalize(request.language_code());
  for (const std::string& code : request.languages()) {
    query.languages.push_back(registry.Normalize(code));
  }
  query.page_size = Coerce(request.page_size(), kDefaultPageSize, kMaxPageSize);
  query.page_token = request.page_token();
  query.verbatim = request.verbatim();
  for (int kind : request.filter().kinds()) {
    query.filter.kinds.push_back(KindToEngine(kind));
  }
  query.filter.categories = ToVector(request.filter().categories());
  query.filter.tags = ToVector(request.filter().tags());
  if (request.filter().has_updated_after()) {
    // Dates of articles are whole seconds: the first at or after the time.
    const auto& time = request.filter().updated_after();
    query.filter.updated_after = time.seconds() + (time.nanos() > 0 ? 1 : 0);
  }
  for (const std::string& name : request.facets()) {
    engine::FacetField field;
    if (engine::ParseFacetField(name, &field) &&
        std::find(query.facets.begin(), query.facets.end(), field) ==
            query.facets.end()) {
      query.facets.push_back(field);
    }
  }
  query.translation_mode =
      request.translation_mode() == v1::TRANSLATION_MODE_SEPARATE
          ? engine::TranslationMode::kSeparate
          : engine::TranslationMode::kCollapse;
  return query;
}

engine::AutocompleteQuery ToEngine(const v1::AutocompleteRequest& request,
                                   const analyzers::Registry& registry) {
  engine::AutocompleteQuery query;
  query.corpus = request.corpus();
  query.prefix = request.prefix();
  query.language = registry.Normalize(request.language_code());
  query.max_completions =
      Coerce(request.max_completions(), kDefaultCompletions, kMaxCompletions);
  query.max_hits =
      request.without_hits()
          ? 0
          : Coerce(request.max_hits(), kDefaultInstantHits, kMaxInstantHits);
  for (const std::string& code : request.languages()) {
    query.languages.push_back(registry.Normalize(code));
  }
  return query;
}

void ToProto(const engine::Hit& hit, v1::Hit* out) { HitToProto(hit, out); }

void ToProto(const engine::SearchResult& result, v1::SearchResponse* response) {
  for (const engine::Hit& hit : result.hits) {
    HitToProto(hit, response->add_hits());
  }
  for (const engine::Facet& facet : result.facets) {
    FacetToProto(facet, response->add_facets());
  }
  response->set_next_page_token(result.next_page_token);
  response->set_total_size(static_cast<int64_t>(result.total_size));
  response->set_generation(static_cast<int64_t>(result.generation));
  v1::Interpretation* interpretation = response->mutable_interpretation();
  interpretation->set_language_code(result.language);
  interpretation->set_confidence(result.language_confidence);
  for (const engine::Rewrite& rewrite : result.rewrites) {
    v1::Rewrite* added = interpretation->add_rewrites();
    added->set_stage(rewrite.stage);
    added->set_from(rewrite.from);
    added->set_to(rewrite.to);
    added->set_applied(rewrite.applied);
  }
}

void ToProto(const engine::AutocompleteResult& result,
             v1::AutocompleteResponse* response) {
  for (const engine::Completion& completion : result.completions) {
    v1::Completion* added = response->add_completions();
    added->set_text(completion.text);
    SpansToProto(completion.spans, added->mutable_spans());
    added->set_language_code(completion.language);
    added->set_article_id(completion.article_id);
  }
  for (const engine::Hit& hit : result.hits) {
    HitToProto(hit, response->add_hits());
  }
}

void ToProto(const engine::Article& article, v1::Article* out) {
  out->set_article_id(article.id);
  out->set_language_code(article.language);
  out->set_title(article.title);
  for (const engine::Block& block : article.blocks) {
    v1::Block* added = out->add_blocks();
    added->set_kind(BlockKindToProto(block.kind));
    added->set_level(block.level);
    added->set_text(block.text);
    added->set_anchor(block.anchor);
  }
  for (size_t i = 0; i < article.entries.size(); ++i) {
    v1::FaqEntry* added = out->add_entries();
    added->set_entry_id(absl::StrCat(article.id, "#", i + 1));
    added->set_question(article.entries[i].question);
    added->set_answer(article.entries[i].answer);
    added->set_anchor(article.entries[i].anchor);
  }
  out->set_kind(KindToProto(article.kind));
  out->set_audience(AudienceToProto(article.audience));
  for (const auto& level : article.category) out->add_category(level);
  for (const auto& tag : article.tags) out->add_tags(tag);
  out->set_url(article.url);
  if (article.updated_at != 0) {
    out->mutable_updated_at()->set_seconds(article.updated_at);
  }
}

void ToProto(const engine::CorpusInfo& info, v1::Corpus* out) {
  out->set_name(info.name);
  out->set_generation(static_cast<int64_t>(info.generation));
  if (info.built_at != 0) out->mutable_built_at()->set_seconds(info.built_at);
  out->set_size_bytes(static_cast<int64_t>(info.bytes));
  out->set_applied_changes(static_cast<int64_t>(info.applied_changes));
  for (const engine::LanguageStats& stats : info.languages) {
    v1::CorpusLanguage* added = out->add_languages();
    added->set_language_code(stats.language);
    added->set_articles(static_cast<int64_t>(stats.articles));
    added->set_public_articles(static_cast<int64_t>(stats.public_articles));
    added->set_faq_entries(static_cast<int64_t>(stats.entries));
  }
}

void ToProto(const analyzers::Token& token, const std::string& text,
             v1::AnalyzedToken* out) {
  out->set_surface(text.substr(token.begin, token.end - token.begin));
  out->set_begin(static_cast<int32_t>(token.begin));
  out->set_end(static_cast<int32_t>(token.end));
  out->set_position(static_cast<int32_t>(token.position));
  out->set_role(RoleToProto(token.role));
  out->set_is_protected(token.is_protected);
  out->set_is_stop(token.is_stop);
  out->set_exact(token.exact);
  for (const auto& lemma : token.lemmas) out->add_lemmas(lemma);
}

}  // namespace kbsearch::server
