#include "indexer/readers/exported_text.h"

#include <ctime>
#include <iterator>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"

namespace kbsearch::indexer {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

// By BlockKind.
constexpr const char* kBlockKinds[] = {"paragraph", "heading", "list_item",
                                       "code", "table_row"};

std::string Timestamp(int64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  gmtime_r(&time, &parts);
  char text[32];
  std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

void Set(const char* name, const std::string& value, ordered_json* out) {
  if (!value.empty()) (*out)[name] = value;
}

// False: no such kind.
bool ReadBlock(const json& from, engine::Block* block) {
  const std::string kind = from.at("kind").get<std::string>();
  size_t number = 0;
  while (number < std::size(kBlockKinds) && kind != kBlockKinds[number]) {
    ++number;
  }
  if (number == std::size(kBlockKinds)) return false;
  block->kind = static_cast<engine::BlockKind>(number);
  block->level = from.value("level", uint8_t{0});
  block->text = from.at("text").get<std::string>();
  block->anchor = from.value("anchor", "");
  block->weight = from.value("weight", uint8_t{1});
  return true;
}

}  // namespace

std::string WriteExportedArticle(const engine::Article& article) {
  ordered_json line;
  line["id"] = article.id;
  line["language"] = article.language;
  Set("title", article.title, &line);
  line["kind"] = engine::KindName(article.kind);
  line["audience"] = engine::AudienceName(article.audience);
  if (!article.category.empty()) line["category"] = article.category;
  if (!article.tags.empty()) line["tags"] = article.tags;
  Set("url", article.url, &line);
  if (article.updated_at != 0) {
    line["updated_at"] = Timestamp(article.updated_at);
  }
  line["blocks"] = ordered_json::array();
  for (const engine::Block& block : article.blocks) {
    ordered_json out;
    out["kind"] = kBlockKinds[static_cast<size_t>(block.kind)];
    if (block.level != 0) out["level"] = block.level;
    out["text"] = block.text;
    Set("anchor", block.anchor, &out);
    if (block.weight != 1) out["weight"] = block.weight;
    line["blocks"].push_back(std::move(out));
  }
  for (const engine::FaqEntry& entry : article.entries) {
    ordered_json out;
    out["question"] = entry.question;
    out["answer"] = entry.answer;
    Set("anchor", entry.anchor, &out);
    line["entries"].push_back(std::move(out));
  }
  return line.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string ReadExportedText(std::string_view line, engine::Article* article) {
  try {
    const json parsed = json::parse(line.begin(), line.end());
    for (const json& from : parsed.value("blocks", json::array())) {
      engine::Block block;
      if (!ReadBlock(from, &block)) return "a block's kind";
      article->blocks.push_back(std::move(block));
    }
    for (const json& from : parsed.value("entries", json::array())) {
      article->entries.push_back({from.at("question").get<std::string>(),
                                  from.at("answer").get<std::string>(),
                                  from.value("anchor", "")});
    }
  } catch (const json::exception& error) {
    return error.what();
  }
  if (article->blocks.empty() && article->entries.empty()) return "no text";
  return "";
}

}  // namespace kbsearch::indexer
