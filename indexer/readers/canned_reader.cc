#include "indexer/readers/canned_reader.h"

#include <utility>

#include "indexer/readers/article_body.h"
#include "indexer/readers/article_fields.h"
#include "indexer/readers/document.h"
#include "indexer/readers/json_records.h"

namespace kbsearch::indexer {
namespace {

using nlohmann::json;

// The text that a help desk's macro writes into a ticket.
std::string MacroText(const json& macro, std::string* format) {
  const auto actions = macro.find("actions");
  if (actions == macro.end() || !actions->is_array()) return "";
  for (const json& action : *actions) {
    const std::string field = TextOf(action, "field");
    if (field != "comment_value" && field != "comment_value_html") continue;
    if (field == "comment_value_html") *format = "html";
    const auto value = action.find("value");
    if (value == action.end()) continue;
    if (value->is_string()) return value->get<std::string>();
    // ["channel:all", "text"]
    if (value->is_array() && !value->empty() && value->back().is_string()) {
      return value->back().get<std::string>();
    }
  }
  return "";
}

class CannedReader : public Reader {
 public:
  explicit CannedReader(const ReaderOptions& options) : options_(options) {}

  absl::Status Read(const SourceFile& file, std::unique_ptr<ByteStream> bytes,
                    RecordSink& sink) override {
    return ForEachJsonRecord(
        file, std::move(bytes),
        {"canned_responses", "responses", "macros", "templates"}, sink,
        [&](const json& response, uint64_t line, std::string_view) {
          return EmitResponse(file, response, line, sink);
        });
  }

 private:
  absl::Status EmitResponse(const SourceFile& file, const json& response,
                            uint64_t line, RecordSink& sink) {
    ArticleFields fields;
    fields.id = FirstTextOf(response, {"id", "shortcut"});
    fields.language = FirstTextOf(response, {"language", "locale"});
    if (fields.language.empty()) {
      fields.language = IdentifyByPlace(file, options_).language;
    }
    fields.title = FirstTextOf(response, {"title", "name", "subject"});
    fields.body_format = TextOf(response, "body_format");
    fields.body = FirstTextOf(response, {"body", "text", "content"});
    if (fields.body.empty()) {
      fields.body = MacroText(response, &fields.body_format);
    }
    fields.url = TextOf(response, "url");
    fields.kind = "canned_response";
    // Written for agents: shown to customers only where it says so.
    fields.audience = TextOf(response, "audience");
    if (fields.audience.empty()) fields.audience = "agent";
    fields.category = ListOf(response, "category");
    fields.tags = ListOf(response, "tags");
    if (std::string shortcut = TextOf(response, "shortcut");
        !shortcut.empty()) {
      fields.tags.push_back(std::move(shortcut));
    }
    fields.updated_at = TextOf(response, "updated_at");
    if (TextOf(response, "active") == "false") {
      sink.Report({file.path, line, fields.id, Severity::kNotice,
                   "inactive response left out", fields.title,
                   "activate it in the help desk to have it found"});
      return absl::OkStatus();
    }
    if (fields.body_format.empty() &&
        GuessBodyFormat(fields.body) == BodyFormat::kHtml) {
      fields.body_format = "html";
    }
    return EmitBody(file, line, std::move(fields), options_, sink);
  }

  const ReaderOptions options_;
};

}  // namespace

std::unique_ptr<Reader> NewCannedReader(const ReaderOptions& options) {
  return std::make_unique<CannedReader>(options);
}

}  // namespace kbsearch::indexer
