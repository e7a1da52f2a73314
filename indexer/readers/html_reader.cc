#include "indexer/readers/html_reader.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "indexer/html/faq_markup.h"
#include "indexer/html/html_document.h"
#include "indexer/html/html_page.h"
#include "indexer/readers/article_fields.h"
#include "indexer/readers/document.h"
#include "indexer/readers/faq_text.h"

namespace kbsearch::indexer {
namespace {

class HtmlReader : public Reader {
 public:
  explicit HtmlReader(const ReaderOptions& options) : options_(options) {}

  absl::Status Read(const SourceFile& file, std::unique_ptr<ByteStream> bytes,
                    RecordSink& sink) override {
    const std::optional<std::string> text =
        ReadDocument(file, *bytes, sink, DeclaredEncoding);
    if (!text.has_value()) return absl::OkStatus();
    const absl::StatusOr<HtmlDocument> document = HtmlDocument::Parse(*text);
    PlaceInSource place = IdentifyByPlace(file, options_);
    if (!document.ok()) {
      Tell(Severity::kRejected, "markup too complex",
           std::string(document.status().message()), "repair the page's markup",
           file, place.id, sink);
      return absl::OkStatus();
    }
    return Emit(file, *document, std::move(place), sink);
  }

 private:
  absl::Status Emit(const SourceFile& file, const HtmlDocument& document,
                    PlaceInSource place, RecordSink& sink) {
    HtmlPage page = ReadHtmlPage(document);
    FaqMarkup faq = FindFaqMarkup(document);
    TellAboutMarkup(faq, file, place.id, sink);
    ArticleFields fields;
    fields.id = place.id;
    fields.language = Language(file, page.language, place, sink);
    fields.title = std::move(page.title);
    fields.url = std::move(page.url);
    fields.updated_at = std::move(page.updated_at);
    fields.tags = std::move(page.tags);
    fields.category = std::move(page.category);
    if (!faq.entries.empty()) fields.kind = "faq";
    std::optional<engine::Article> article =
        MakeArticle(std::move(fields), file, 0, options_, sink);
    if (!article.has_value()) return absl::OkStatus();
    article->blocks = std::move(page.blocks);
    article->entries = std::move(faq.entries);
    RemoveEntriesFromBlocks(&*article);
    if (TakeQuestionsFromBlocks(&*article)) {
      article->kind = engine::ArticleKind::kFaq;
    }
    if (article->blocks.empty() && article->entries.empty()) {
      Tell(Severity::kRejected, "page without text", "",
           "remove it, or check that its text is in the HTML and not made by a "
           "script",
           file, place.id, sink);
      return absl::OkStatus();
    }
    return sink.Add({*std::move(article),
                     file.path,
                     0,
                     {file.name, OwnName(page), std::move(page.alternates)}});
  }

  // What the page's alternates call its language: "el-GR" where lang says "el".
  static std::string OwnName(const HtmlPage& page) {
    for (const AlternatePage& alternate : page.alternates) {
      if (alternate.language == page.language) return page.language;
    }
    for (const AlternatePage& alternate : page.alternates) {
      if (alternate.language.substr(0, 2) == page.language.substr(0, 2)) {
        return alternate.language;
      }
    }
    return page.language;
  }

  static void TellAboutMarkup(const FaqMarkup& faq, const SourceFile& file,
                              const std::string& id, RecordSink& sink) {
    if (faq.repaired) {
      Tell(Severity::kRepaired, "JSON-LD that is not quite JSON", "",
           "repair the script: straight quotation marks, no comma before a "
           "closing bracket",
           file, id, sink);
    }
    if (faq.malformed) {
      Tell(Severity::kNotice, "JSON-LD that is not JSON", "",
           "repair the script, or its questions are not found as such", file,
           id, sink);
    }
  }

  // The page's own word; a language we do not know is told and left to
  // detection, for templates often carry a wrong one.
  std::string Language(const SourceFile& file, const std::string& declared,
                       const PlaceInSource& place, RecordSink& sink) {
    if (declared.empty()) return place.language;
    std::string language = options_.normalize_language(declared);
    if (!language.empty()) return language;
    Tell(Severity::kNotice, "page in an unknown language",
         absl::StrCat("lang=\"", declared, "\""),
         absl::StrCat("the language is detected among ",
                      options_.known_languages),
         file, place.id, sink);
    return place.language;
  }

  static void Tell(Severity severity, std::string reason, std::string detail,
                   std::string remedy, const SourceFile& file,
                   const std::string& id, RecordSink& sink) {
    sink.Report({file.path, 0, id, severity, std::move(reason),
                 std::move(detail), std::move(remedy)});
  }

  const ReaderOptions options_;
};

}  // namespace

std::unique_ptr<Reader> NewHtmlReader(const ReaderOptions& options) {
  return std::make_unique<HtmlReader>(options);
}

}  // namespace kbsearch::indexer
