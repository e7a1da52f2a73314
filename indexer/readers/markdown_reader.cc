#include "indexer/readers/markdown_reader.h"

#include <utility>

#include "indexer/readers/article_body.h"
#include "indexer/readers/article_fields.h"
#include "indexer/readers/document.h"
#include "indexer/readers/front_matter.h"

namespace kbsearch::indexer {
namespace {

class MarkdownReader : public Reader {
 public:
  explicit MarkdownReader(const ReaderOptions& options) : options_(options) {}

  absl::Status Read(const SourceFile& file, std::unique_ptr<ByteStream> bytes,
                    RecordSink& sink) override {
    const std::optional<std::string> text = ReadDocument(file, *bytes, sink);
    if (!text.has_value()) return absl::OkStatus();
    ArticleFields fields;
    std::string_view body;
    if (!ReadFrontMatter(file, *text, &fields, &body, sink)) {
      return absl::OkStatus();
    }
    PlaceInSource place = IdentifyByPlace(file, options_);
    if (fields.id.empty()) fields.id = std::move(place.id);
    if (fields.language.empty()) fields.language = std::move(place.language);
    const std::string id = fields.id;
    std::optional<engine::Article> article =
        MakeArticle(std::move(fields), file, 0, options_, sink);
    if (!article.has_value()) return absl::OkStatus();
    if (!AppendBody(body, BodyFormat::kMarkdown, &*article)) {
      sink.Report({file.path, 0, id, Severity::kRejected, "markup too complex",
                   "thousands of brackets in a paragraph, or cells in a table",
                   "simplify the markup or divide the document"});
      return absl::OkStatus();
    }
    if (article->blocks.empty() && article->title.empty()) {
      sink.Report({file.path, 0, id, Severity::kRejected,
                   "document without text", "",
                   "write its text below the front matter"});
      return absl::OkStatus();
    }
    return sink.Add({*std::move(article), file.path, 0, {}});
  }

 private:
  // A file whose front matter cannot be read is rejected, not indexed without:
  // it may say that the article is internal.
  static bool ReadFrontMatter(const SourceFile& file, std::string_view text,
                              ArticleFields* fields, std::string_view* body,
                              RecordSink& sink) {
    std::string_view front_matter;
    uint64_t line = 1;
    absl::Status status = SplitFrontMatter(text, &front_matter, body);
    if (status.ok()) status = ParseFrontMatter(front_matter, fields, &line);
    if (status.ok()) return true;
    sink.Report({file.path, line, fields->id, Severity::kRejected,
                 "unreadable front matter", std::string(status.message()),
                 "write YAML between two lines of ---"});
    return false;
  }

  const ReaderOptions options_;
};

}  // namespace

std::unique_ptr<Reader> NewMarkdownReader(const ReaderOptions& options) {
  return std::make_unique<MarkdownReader>(options);
}

}  // namespace kbsearch::indexer
