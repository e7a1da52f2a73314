#include "indexer/readers/text_reader.h"

#include <utility>

#include "indexer/readers/article_fields.h"
#include "indexer/readers/crawled_text.h"
#include "indexer/readers/document.h"
#include "indexer/text/plain_text.h"

namespace kbsearch::indexer {
namespace {

class TextReader : public Reader {
 public:
  explicit TextReader(const ReaderOptions& options) : options_(options) {}

  absl::Status Read(const SourceFile& file, std::unique_ptr<ByteStream> bytes,
                    RecordSink& sink) override {
    const std::optional<std::string> text = ReadDocument(file, *bytes, sink);
    if (!text.has_value()) return absl::OkStatus();
    PlaceInSource place = IdentifyByPlace(file, options_);
    ArticleFields fields;
    fields.id = std::move(place.id);
    fields.language = std::move(place.language);

    const std::string id = fields.id;
    std::optional<engine::Article> article =
        MakeArticle(std::move(fields), file, 0, options_, sink);
    if (!article.has_value()) return absl::OkStatus();
    const FaqMarkup markup =
        ReadCrawledText(*text, TitlePlace::kInText, &*article);
    if (markup.repaired) {
      sink.Report({file.path, 0, id, Severity::kRepaired,
                   "JSON-LD that is not quite JSON", "",
                   "repair it, or leave it out of the text"});
    }
    if (!article->entries.empty()) article->kind = engine::ArticleKind::kFaq;
    // A file of one line is title and text at once.
    if (article->blocks.empty() && article->entries.empty()) {
      article->blocks = BlocksOfPlainText(*text);
    }
    return sink.Add({*std::move(article), file.path, 0, {}});
  }

 private:
  const ReaderOptions options_;
};

}  // namespace

std::unique_ptr<Reader> NewTextReader(const ReaderOptions& options) {
  return std::make_unique<TextReader>(options);
}

}  // namespace kbsearch::indexer
