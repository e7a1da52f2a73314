#include <algorithm>

#include "server/calls/convert.h"

namespace kbsearch::server {
namespace {

engine::BlockKind BlockKindToEngine(v1::Block::Kind kind) {
  switch (kind) {
    case v1::Block::KIND_HEADING:
      return engine::BlockKind::kHeading;
    case v1::Block::KIND_LIST_ITEM:
      return engine::BlockKind::kListItem;
    case v1::Block::KIND_CODE:
      return engine::BlockKind::kCode;
    case v1::Block::KIND_TABLE_ROW:
      return engine::BlockKind::kTableRow;
    default:
      return engine::BlockKind::kParagraph;
  }
}

engine::ArticleKind ArticleKindToEngine(v1::ArticleKind kind) {
  switch (kind) {
    case v1::ARTICLE_KIND_FAQ:
      return engine::ArticleKind::kFaq;
    case v1::ARTICLE_KIND_PROCEDURE:
      return engine::ArticleKind::kProcedure;
    case v1::ARTICLE_KIND_CANNED_RESPONSE:
      return engine::ArticleKind::kCannedResponse;
    case v1::ARTICLE_KIND_FORUM_THREAD:
      return engine::ArticleKind::kForumThread;
    default:
      return engine::ArticleKind::kArticle;
  }
}

}  // namespace

engine::Article ToEngine(const v1::Article& from) {
  engine::Article article;
  article.id = from.article_id();
  article.language = from.language_code();
  article.title = from.title();
  for (const v1::Block& block : from.blocks()) {
    article.blocks.push_back(
        {BlockKindToEngine(block.kind()),
         static_cast<uint8_t>(std::clamp(block.level(), 0, 6)), block.text(),
         block.anchor()});
  }
  for (const v1::FaqEntry& entry : from.entries()) {
    article.entries.push_back(
        {entry.question(), entry.answer(), entry.anchor()});
  }
  article.kind = ArticleKindToEngine(from.kind());
  article.audience = from.audience() == v1::AUDIENCE_AGENT
                         ? engine::Audience::kAgent
                         : engine::Audience::kPublic;
  article.category.assign(from.category().begin(), from.category().end());
  article.tags.assign(from.tags().begin(), from.tags().end());
  article.url = from.url();
  article.updated_at = from.updated_at().seconds();
  return article;
}

}  // namespace kbsearch::server
