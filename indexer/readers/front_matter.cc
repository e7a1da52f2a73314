#include "indexer/readers/front_matter.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace kbsearch::indexer {
namespace {

// The line at the beginning of `text`, without its end.
std::string_view TakeLine(std::string_view* text) {
  const size_t newline = text->find('\n');
  std::string_view line = text->substr(0, newline);
  text->remove_prefix(newline == std::string_view::npos ? text->size()
                                                        : newline + 1);
  while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
  return line;
}

absl::Status ReadText(const YAML::Node& value, const std::string& name,
                      std::string* text) {
  if (!value.IsScalar()) {
    return absl::InvalidArgumentError(
        absl::StrCat("field \"", name, "\" must be text"));
  }
  *text = value.Scalar();
  return absl::OkStatus();
}

absl::Status ReadList(const YAML::Node& value, const std::string& name,
                      std::vector<std::string>* list) {
  if (value.IsScalar()) {
    *list = {value.Scalar()};
    return absl::OkStatus();
  }
  for (const YAML::Node& element : value) {
    if (!value.IsSequence() || !element.IsScalar()) {
      return absl::InvalidArgumentError(
          absl::StrCat("field \"", name, "\" must be a list of texts"));
    }
    list->push_back(element.Scalar());
  }
  return absl::OkStatus();
}

absl::Status ReadField(const std::string& name, const YAML::Node& value,
                       ArticleFields* fields) {
  const std::pair<std::string_view, std::string*> texts[] = {
      {"id", &fields->id},
      {"language", &fields->language},
      {"title", &fields->title},
      {"url", &fields->url},
      {"kind", &fields->kind},
      {"audience", &fields->audience},
      {"updated_at", &fields->updated_at}};
  if (value.IsNull()) return absl::OkStatus();
  for (const auto& [known, target] : texts) {
    if (name == known) return ReadText(value, name, target);
  }
  if (name == "category") return ReadList(value, name, &fields->category);
  if (name == "tags") return ReadList(value, name, &fields->tags);
  return absl::OkStatus();
}

}  // namespace

absl::Status SplitFrontMatter(std::string_view text,
                              std::string_view* front_matter,
                              std::string_view* body) {
  *front_matter = {};
  *body = text;
  std::string_view rest = text;
  if (TakeLine(&rest) != "---") return absl::OkStatus();
  const char* const begin = rest.data();
  bool has_key = false;
  while (!rest.empty()) {
    const char* const line_begin = rest.data();
    const std::string_view line = TakeLine(&rest);
    if (line == "---" || line == "...") {
      // Two rules with text between them are no front matter.
      if (!has_key && line_begin != begin) return absl::OkStatus();
      *front_matter = {begin, static_cast<size_t>(line_begin - begin)};
      *body = rest;
      return absl::OkStatus();
    }
    has_key = has_key || line.find(':') != std::string_view::npos;
  }
  if (!has_key) return absl::OkStatus();
  return absl::InvalidArgumentError("the closing --- is missing");
}

absl::Status ParseFrontMatter(std::string_view front_matter,
                              ArticleFields* fields, uint64_t* line) {
  // Line 1 of the file is the opening "---".
  constexpr int kLinesBefore = 2;
  try {
    const YAML::Node root = YAML::Load(std::string(front_matter));
    if (!root.IsDefined() || root.IsNull()) return absl::OkStatus();
    *line = kLinesBefore;
    if (!root.IsMap()) {
      return absl::InvalidArgumentError("not a list of \"key: value\" lines");
    }
    for (const auto& field : root) {
      if (!field.first.IsScalar()) continue;
      *line = static_cast<uint64_t>(field.first.Mark().line + kLinesBefore);
      absl::Status status =
          ReadField(field.first.Scalar(), field.second, fields);
      if (!status.ok()) return status;
    }
  } catch (const YAML::Exception& error) {
    *line = static_cast<uint64_t>(std::max(error.mark.line, 0) + kLinesBefore);
    return absl::InvalidArgumentError(error.msg);
  }
  return absl::OkStatus();
}

}  // namespace kbsearch::indexer
