#include "indexer/reading_note.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/file.h"

namespace kbsearch::indexer {
namespace {

using nlohmann::json;

std::string PathOf(const std::string& generation_folder) {
  return generation_folder + "/reading.jsonl";
}

// File names may hold any bytes.
std::string LineOf(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

ReportItem ParseItem(const json& line) {
  ReportItem item;
  item.file = line.at("file").get<std::string>();
  item.line = line.at("line").get<uint64_t>();
  item.article_id = line.at("article_id").get<std::string>();
  item.severity = static_cast<Severity>(line.at("severity").get<uint8_t>());
  if (item.severity > Severity::kRejected) item.severity = Severity::kRejected;
  item.reason = line.at("reason").get<std::string>();
  item.detail = line.at("detail").get<std::string>();
  item.remedy = line.at("remedy").get<std::string>();
  return item;
}

}  // namespace

absl::Status WriteReadingNote(const std::string& generation_folder,
                              const ReadingNote& note) {
  std::string text = LineOf({{"sources", note.sources},
                             {"articles", note.articles},
                             {"detected", note.detected},
                             {"items", note.items.size()}});
  for (const ReportItem& item : note.items) {
    text += LineOf({{"file", item.file},
                    {"line", item.line},
                    {"article_id", item.article_id},
                    {"severity", static_cast<uint8_t>(item.severity)},
                    {"reason", item.reason},
                    {"detail", item.detail},
                    {"remedy", item.remedy}});
  }
  return ReplaceFile(PathOf(generation_folder), text);
}

absl::StatusOr<ReadingNote> ReadReadingNote(
    const std::string& generation_folder) {
  const std::string path = PathOf(generation_folder);
  const absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok()) return text.status();
  const absl::Status damaged =
      absl::DataLossError(absl::StrCat(path, ": damaged"));
  try {
    ReadingNote note;
    size_t items = 0;
    bool is_first = true;
    for (absl::string_view line :
         absl::StrSplit(*text, '\n', absl::SkipEmpty())) {
      const json parsed = json::parse(line.begin(), line.end());
      if (!is_first) {
        note.items.push_back(ParseItem(parsed));
        continue;
      }
      is_first = false;
      note.sources = parsed.at("sources").get<std::string>();
      note.articles = parsed.at("articles").get<uint64_t>();
      note.detected = parsed.at("detected").get<uint64_t>();
      items = parsed.at("items").get<size_t>();
    }
    if (is_first || items != note.items.size()) return damaged;
    return note;
  } catch (const json::exception&) {
    return damaged;
  }
}

}  // namespace kbsearch::indexer
