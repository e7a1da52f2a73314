#include "indexer/html/faq_markup.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "indexer/boilerplate/boilerplate_phrases.h"
#include "indexer/html/html_blocks.h"
#include "indexer/text/lenient_json.h"

namespace kbsearch::indexer {
namespace {

using engine::FaqEntry;
using nlohmann::json;

// "FAQPage", "https://schema.org/FAQPage", "schema:FAQPage" → "FAQPage".
std::string_view LocalName(std::string_view name) {
  const size_t prefix = name.find_last_of("/:#");
  return name.substr(prefix == std::string_view::npos ? 0 : prefix + 1);
}

bool IsTypeName(const json& value, std::string_view type) {
  return value.is_string() &&
         LocalName(value.get_ref<const std::string&>()) == type;
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

void AppendLine(const std::string& text, std::string* lines) {
  if (!lines->empty() && !text.empty()) *lines += '\n';
  *lines += text;
}

// The accepted answer; where there is none, what was suggested.
std::string AnswerOf(const json& question) {
  std::string text;
  for (const char* name : {"acceptedAnswer", "suggestedAnswer"}) {
    const auto answers = question.find(name);
    if (answers == question.end()) continue;
    if (answers->is_string()) {
      AppendLine(PlainTextOfHtml(answers->get_ref<const std::string&>()),
                 &text);
    }
    ForEachObject(*answers, [&text](const json& answer) {
      std::string said = TextField(answer, "text");
      if (said.empty()) said = TextField(answer, "articleBody");
      AppendLine(said, &text);
    });
    if (!text.empty()) break;
  }
  return text;
}

void AppendQuestion(const json& question, std::vector<FaqEntry>* entries) {
  FaqEntry entry;
  entry.question = TextField(question, "name");
  if (entry.question.empty()) entry.question = TextField(question, "text");
  std::replace(entry.question.begin(), entry.question.end(), '\n', ' ');
  entry.answer = AnswerOf(question);
  const auto url = question.find("url");
  if (url != question.end() && url->is_string()) {
    const std::string& text = url->get_ref<const std::string&>();
    const size_t hash = text.find('#');
    if (hash != std::string::npos) entry.anchor = text.substr(hash + 1);
  }
  if (!entry.question.empty() && !entry.answer.empty()) {
    entries->push_back(std::move(entry));
  }
}

// Question objects anywhere in the tree, without recursion on the call stack.
void AppendEntries(const json& tree, std::vector<FaqEntry>* entries) {
  std::vector<const json*> stack = {&tree};
  while (!stack.empty()) {
    const json* const value = stack.back();
    stack.pop_back();
    if (value->is_object() && HasType(*value, "Question")) {
      AppendQuestion(*value, entries);
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

// Microdata (itemtype, itemprop) and RDFa (typeof, property) say the same in
// different attributes.
struct Vocabulary {
  const char* type;
  const char* property;
};
constexpr Vocabulary kMicrodata = {"itemtype", "itemprop"};
constexpr Vocabulary kRdfa = {"typeof", "property"};

bool HasWord(const GumboNode* node, const char* attribute,
             std::string_view word) {
  const std::string_view value = Attribute(node, attribute);
  if (value.empty()) return false;
  for (absl::string_view part :
       absl::StrSplit(absl::string_view(value.data(), value.size()), ' ')) {
    if (LocalName({part.data(), part.size()}) == word) return true;
  }
  return false;
}

const GumboNode* FindProperty(const GumboNode* element, const Vocabulary& words,
                              std::string_view name) {
  return FindElement(element, [&](const GumboNode* node) {
    return node != element && HasWord(node, words.property, name);
  });
}

// Paragraphs of an element, or the value of <meta content>.
std::string TextOfProperty(const GumboNode* node) {
  if (node == nullptr) return "";
  if (HasAttribute(node, "content")) {
    return PlainTextOfHtml(Attribute(node, "content"));
  }
  std::string text;
  for (const engine::Block& block : BlocksOfHtml(node)) {
    AppendLine(block.text, &text);
  }
  return text;
}

std::string AnchorOf(const GumboNode* question, const GumboNode* name) {
  for (const GumboNode* node = name; node != nullptr && IsElement(node);
       node = node->parent) {
    if (HasAttribute(node, "id")) return std::string(Attribute(node, "id"));
    if (node == question) break;
  }
  return "";
}

void AppendMarkedQuestion(const GumboNode* question, const Vocabulary& words,
                          std::vector<FaqEntry>* entries) {
  FaqEntry entry;
  const GumboNode* name = FindProperty(question, words, "name");
  if (name == nullptr) name = FindProperty(question, words, "text");
  entry.question = TextOfProperty(name);
  std::replace(entry.question.begin(), entry.question.end(), '\n', ' ');
  const GumboNode* answer = FindProperty(question, words, "acceptedAnswer");
  if (answer == nullptr) {
    answer = FindProperty(question, words, "suggestedAnswer");
  }
  if (answer != nullptr) {
    const GumboNode* const text = FindProperty(answer, words, "text");
    entry.answer = TextOfProperty(text != nullptr ? text : answer);
  }
  if (entry.question.empty() || entry.answer.empty()) return;
  entry.anchor = AnchorOf(question, name);
  entries->push_back(std::move(entry));
}

void AppendMarkedQuestions(const HtmlDocument& document,
                           std::vector<FaqEntry>* entries) {
  FindElement(document.body(), [entries](const GumboNode* node) {
    for (const Vocabulary& words : {kMicrodata, kRdfa}) {
      if (HasWord(node, words.type, "Question")) {
        AppendMarkedQuestion(node, words, entries);
        break;
      }
    }
    return false;
  });
}

// The same question marked up twice is one.
void RemoveRepeated(std::vector<FaqEntry>* entries) {
  std::unordered_set<std::string> seen;
  std::vector<FaqEntry> kept;
  for (FaqEntry& entry : *entries) {
    if (seen.insert(FoldedWords(entry.question)).second) {
      kept.push_back(std::move(entry));
    }
  }
  *entries = std::move(kept);
}

}  // namespace

void AppendJsonLdEntries(std::string_view json_ld, FaqMarkup* found) {
  bool repaired = false;
  const json tree = ParseLenientJson(json_ld, &repaired);
  found->repaired = found->repaired || repaired;
  if (tree.is_discarded()) {
    found->malformed = true;
  } else {
    AppendEntries(tree, &found->entries);
  }
}

FaqMarkup FindFaqMarkup(const HtmlDocument& document) {
  FaqMarkup found;
  for (const GumboNode* script : JsonLdScripts(document)) {
    AppendJsonLdEntries(RawTextOf(script), &found);
  }
  AppendMarkedQuestions(document, &found.entries);
  RemoveRepeated(&found.entries);
  return found;
}

}  // namespace kbsearch::indexer
