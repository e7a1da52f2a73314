// The article as every part of the product but the wire knows it.
#ifndef KBSEARCH_ENGINE_ARTICLE_H_
#define KBSEARCH_ENGINE_ARTICLE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kbsearch::engine {

// Numbers are on disk: add at the end, never change.
enum class ArticleKind : uint8_t {
  kArticle = 0,
  kFaq = 1,
  kProcedure = 2,
  kCannedResponse = 3,
  kForumThread = 4,
};

// Who may see an article. Numbers are on disk.
enum class Audience : uint8_t { kPublic = 0, kAgent = 1 };

enum class BlockKind : uint8_t {
  kParagraph = 0,
  kHeading = 1,
  kListItem = 2,
  kCode = 3,
  kTableRow = 4,
};

// A paragraph, heading, list item… of plain text (no markup).
struct Block {
  BlockKind kind = BlockKind::kParagraph;
  uint8_t level = 0;   // of a heading, 1–6
  std::string text;    // UTF-8
  std::string anchor;  // fragment id in the page, may be empty
  // How often its words count: 2 for the answers of a forum thread that matter,
  // 0 for a paragraph that many articles repeat (it is found by its words, but
  // they say nothing of the article).
  uint8_t weight = 1;
};

// One question of an FAQ page. Found as a hit of its own, "<article id>#<n>",
// n counting from 1.
struct FaqEntry {
  std::string question;
  std::string answer;  // plain text, paragraphs separated by a newline
  std::string anchor;
};

struct Article {
  std::string id;        // required; (id, language) is unique in a corpus
  std::string language;  // registry code; empty in a reader's output = detect
  std::string title;
  std::vector<Block> blocks;
  std::vector<FaqEntry> entries;  // text of entries is not in blocks again
  ArticleKind kind = ArticleKind::kArticle;
  Audience audience = Audience::kPublic;
  std::vector<std::string> category;  // from general to special
  std::vector<std::string> tags;
  std::string url;
  int64_t updated_at = 0;  // seconds since the epoch, UTC; 0 = unknown
};

// "article", "faq", "procedure", "canned_response", "forum_thread".
std::string_view KindName(ArticleKind kind);
bool ParseKind(std::string_view name, ArticleKind* kind);
// "public", "agent".
std::string_view AudienceName(Audience audience);
bool ParseAudience(std::string_view name, Audience* audience);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_ARTICLE_H_
