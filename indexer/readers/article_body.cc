#include "indexer/readers/article_body.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "indexer/html/faq_markup.h"
#include "indexer/html/html_blocks.h"
#include "indexer/html/html_document.h"
#include "indexer/readers/crawled_text.h"
#include "indexer/readers/faq_text.h"
#include "indexer/readers/markdown.h"
#include "indexer/text/plain_text.h"

namespace kbsearch::indexer {
namespace {

void Append(std::vector<engine::Block> blocks, engine::Article* article) {
  article->blocks.insert(article->blocks.end(),
                         std::make_move_iterator(blocks.begin()),
                         std::make_move_iterator(blocks.end()));
}

// Of a page of a site, which may have been crawled with all that is around it.
// Internal texts are written as they are.
bool IsPage(engine::ArticleKind kind) {
  return kind == engine::ArticleKind::kArticle ||
         kind == engine::ArticleKind::kFaq;
}

}  // namespace

std::optional<BodyFormat> ParseBodyFormat(std::string_view name) {
  if (name == "text") return BodyFormat::kText;
  if (name == "markdown") return BodyFormat::kMarkdown;
  if (name == "html") return BodyFormat::kHtml;
  return std::nullopt;
}

bool AppendBody(std::string_view body, BodyFormat format,
                engine::Article* article) {
  switch (format) {
    case BodyFormat::kText:
      if (IsPage(article->kind)) {
        ReadCrawledText(body, TitlePlace::kGiven, article);
      } else {
        Append(BlocksOfPlainText(body), article);
      }
      return true;
    case BodyFormat::kMarkdown: {
      auto blocks = BlocksOfMarkdown(body);
      if (!blocks.has_value()) return false;
      Append(*std::move(blocks), article);
      break;
    }
    case BodyFormat::kHtml: {
      const auto document = HtmlDocument::Parse(body);
      if (!document.ok()) return false;
      Append(BlocksOfHtml(document->body()), article);
      article->entries = FindFaqMarkup(*document).entries;
      RemoveEntriesFromBlocks(article);
      break;
    }
  }
  TakeTitleFromBlocks(article);
  return true;
}

BodyFormat GuessBodyFormat(std::string_view body) {
  for (const std::string_view tag :
       {"<p", "<br", "<div", "<ul", "<ol", "</a>"}) {
    if (body.find(tag) != std::string_view::npos) return BodyFormat::kHtml;
  }
  return BodyFormat::kText;
}

absl::Status EmitBody(const SourceFile& file, uint64_t line,
                      ArticleFields fields, const ReaderOptions& options,
                      RecordSink& sink) {
  const std::string id = fields.id;
  const auto reject = [&](std::string reason, std::string detail,
                          std::string remedy) {
    sink.Report({file.path, line, id, Severity::kRejected, std::move(reason),
                 std::move(detail), std::move(remedy)});
    return absl::OkStatus();
  };
  const std::optional<BodyFormat> format =
      ParseBodyFormat(fields.body_format.empty() ? "text" : fields.body_format);
  if (!format.has_value()) {
    return reject("unknown body_format", fields.body_format,
                  "use text, markdown or html");
  }
  if (*format != BodyFormat::kText && fields.body.size() > kMaxDocumentBytes) {
    return reject(
        "body too large",
        absl::StrCat("above ", kMaxDocumentBytes / 1000000, " MB of markup"),
        "divide the article");
  }
  const std::string body = std::move(fields.body);
  std::optional<engine::Article> article =
      MakeArticle(std::move(fields), file, line, options, sink);
  if (!article.has_value()) return absl::OkStatus();
  if (!AppendBody(body, *format, &*article)) {
    return reject("markup too complex", "", "simplify the markup of the body");
  }
  if (article->blocks.empty() && article->entries.empty()) {
    return reject("no body", "",
                  "give every article a field \"body\" with its text");
  }
  return sink.Add({*std::move(article), file.path, line, {}});
}

void TakeTitleFromBlocks(engine::Article* article) {
  auto& blocks = article->blocks;
  const auto heading =
      std::find_if(blocks.begin(), blocks.end(), [](const engine::Block& b) {
        return b.kind == engine::BlockKind::kHeading && b.level == 1;
      });
  if (article->title.empty() && heading != blocks.end()) {
    article->title = std::move(heading->text);
    blocks.erase(heading);
  } else if (!blocks.empty() &&
             blocks.front().kind == engine::BlockKind::kHeading &&
             blocks.front().text == article->title) {
    blocks.erase(blocks.begin());
  }
}

}  // namespace kbsearch::indexer
