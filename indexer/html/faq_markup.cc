#include "indexer/html/faq_markup.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "indexer/html/html_blocks.h"

namespace kbsearch::indexer {
namespace {

using engine::Block;
using engine::BlockKind;
using engine::FaqEntry;
using nlohmann::json;

// "FAQPage", "https://schema.org/FAQPage", "schema:FAQPage".
bool IsTypeName(const json& value, std::string_view type) {
  if (!value.is_string()) return false;
  const std::string& name = value.get_ref<const std::string&>();
  const size_t prefix = name.find_last_of("/:#");
  return std::string_view(name).substr(
             prefix == std::string::npos ? 0 : prefix + 1) == type;
}

bool HasType(const json& object, std::string_view type) {
  const auto found = object.find("@type");
  if (found == object.end()) return false;
  if (!found->is_array()) return IsTypeName(*found, type);
  return std::any_of(found->begin(), found->end(), [type](const json& value) {
    return IsTypeName(value, type);
  });
}

std::string TextField(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return "";
  return PlainTextOfHtml(found->get_ref<const std::string&>());
}

// Calls `visit` with the object, or with each object of the array.
template <typename Visit>
void ForEachObject(const json& value, Visit visit) {
  if (value.is_object()) visit(value);
  if (!value.is_array()) return;
  for (const json& element : value) {
    if (element.is_object()) visit(element);
  }
}

void AppendQuestion(const json& question, std::vector<FaqEntry>* entries) {
  FaqEntry entry;
  entry.question = TextField(question, "name");
  if (entry.question.empty()) entry.question = TextField(question, "text");
  const auto answers = question.find("acceptedAnswer");
  if (entry.question.empty() || answers == question.end()) return;
  std::replace(entry.question.begin(), entry.question.end(), '\n', ' ');
  ForEachObject(*answers, [&entry](const json& answer) {
    const std::string text = TextField(answer, "text");
    if (!entry.answer.empty() && !text.empty()) entry.answer += '\n';
    entry.answer += text;
  });
  if (!entry.answer.empty()) entries->push_back(std::move(entry));
}

// FAQPage objects anywhere in the tree, without recursion on the call stack.
void AppendEntries(const json& tree, std::vector<FaqEntry>* entries) {
  std::vector<const json*> stack = {&tree};
  while (!stack.empty()) {
    const json* const value = stack.back();
    stack.pop_back();
    if (value->is_object() && HasType(*value, "FAQPage")) {
      const auto questions = value->find("mainEntity");
      if (questions != value->end()) {
        ForEachObject(*questions, [entries](const json& question) {
          AppendQuestion(question, entries);
        });
      }
      continue;
    }
    if (!value->is_structured()) continue;
    const size_t first = stack.size();
    for (const json& child : *value) {
      if (child.is_structured()) stack.push_back(&child);
    }
    std::reverse(stack.begin() + static_cast<ptrdiff_t>(first), stack.end());
  }
}

std::vector<const GumboNode*> JsonLdScripts(const HtmlDocument& document) {
  std::vector<const GumboNode*> scripts;
  FindElement(
      document.root(), [](const GumboNode*) { return false; },
      [&scripts](const GumboNode* node) {
        if (!IsElement(node, GUMBO_TAG_SCRIPT)) return false;
        const std::string_view type = Attribute(node, "type");
        if (absl::StartsWithIgnoreCase(
                absl::string_view(type.data(), type.size()),
                "application/ld+json")) {
          scripts.push_back(node);
        }
        return true;
      });
  return scripts;
}

// Letters and digits in lower case: what two renderings of one text share.
std::string Essence(std::string_view text) {
  std::string essence;
  essence.reserve(text.size());
  const auto length = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, length, c);
    if (c < 0 || !u_isalnum(c)) continue;
    char buffer[U8_MAX_LENGTH];
    int32_t used = 0;
    U8_APPEND_UNSAFE(buffer, used, u_foldCase(c, U_FOLD_CASE_DEFAULT));
    essence.append(buffer, static_cast<size_t>(used));
  }
  return essence;
}

}  // namespace

std::vector<FaqEntry> FindFaqEntries(const HtmlDocument& document,
                                     bool* malformed) {
  std::vector<FaqEntry> entries;
  for (const GumboNode* script : JsonLdScripts(document)) {
    const json tree = json::parse(RawTextOf(script), nullptr,
                                  /*allow_exceptions=*/false,
                                  /*ignore_comments=*/true);
    if (tree.is_discarded()) {
      if (malformed != nullptr) *malformed = true;
      continue;
    }
    AppendEntries(tree, &entries);
  }
  return entries;
}

void RemoveEntriesFromBlocks(engine::Article* article) {
  if (article->entries.empty()) return;
  std::unordered_map<std::string, size_t> questions;
  std::vector<std::string> answers;
  for (size_t i = 0; i < article->entries.size(); ++i) {
    questions.emplace(Essence(article->entries[i].question), i);
    answers.push_back(Essence(article->entries[i].answer));
  }
  std::vector<Block> kept;
  const std::string* answer = nullptr;  // of the question last passed
  for (Block& block : article->blocks) {
    const std::string essence = Essence(block.text);
    if (const auto found = questions.find(essence); found != questions.end()) {
      FaqEntry& entry = article->entries[found->second];
      // A heading's anchor is better than that of a link in a list of contents.
      if (entry.anchor.empty() || block.kind == BlockKind::kHeading) {
        entry.anchor = block.anchor;
      }
      answer = &answers[found->second];
      continue;
    }
    const bool repeated =
        answer != nullptr && answer->find(essence) != std::string::npos;
    if (repeated) continue;
    if (block.kind == BlockKind::kHeading) answer = nullptr;
    kept.push_back(std::move(block));
  }
  article->blocks = std::move(kept);
}

}  // namespace kbsearch::indexer
