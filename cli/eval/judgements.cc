#include "cli/eval/judgements.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace kbsearch::cli {
namespace {

using nlohmann::json;

constexpr char kSearchForm[] = "{\"id\",\"lang\",\"text\",\"relevant\":[…]}";
constexpr char kRelatedForm[] = "{\"id\",\"lang\",\"related\":[…]}";

std::string ReadAnswers(const json& record, const char* field,
                        JudgedQuery* query) {
  std::string reason =
      ReadDocuments(record, field, query->language, &query->relevant);
  if (reason.empty() && query->relevant.empty()) {
    reason = absl::StrCat("\"", field,
                          "\" is empty: a query without a right article cannot "
                          "be scored");
  }
  return reason;
}

std::string ReadQuery(const json& record, JudgedQuery* query) {
  std::string reason = ReadStringField(record, "id", &query->id);
  if (reason.empty()) {
    reason = ReadStringField(record, "lang", &query->language);
  }
  if (reason.empty()) reason = ReadStringField(record, "text", &query->text);
  if (reason.empty()) reason = ReadAnswers(record, "relevant", query);
  return reason;
}

std::string ReadRelated(const json& record, JudgedQuery* query) {
  std::string reason = ReadStringField(record, "id", &query->text);
  if (reason.empty()) {
    reason = ReadStringField(record, "lang", &query->language);
  }
  if (reason.empty()) reason = ReadAnswers(record, "related", query);
  query->id = absl::StrCat(query->language, ":", query->text);
  return reason;
}

Judgements ReadLines(std::istream& lines, const char* form,
                     std::string (*read)(const json&, JudgedQuery*)) {
  Judgements judgements;
  std::set<std::string> ids;
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    JudgedQuery query;
    json record;
    std::string reason = ParseObject(line, form, &record);
    if (reason.empty()) reason = read(record, &query);
    if (reason.empty() && !ids.insert(query.id).second) {
      reason = absl::StrCat("the id \"", query.id, "\" was used before");
    }
    if (reason.empty()) {
      judgements.queries.push_back(std::move(query));
    } else {
      judgements.bad_lines.push_back({number, std::move(reason)});
    }
  }
  return judgements;
}

}  // namespace

std::string ParseObject(const std::string& line, const char* form,
                        nlohmann::json* record) {
  try {
    *record = json::parse(line);
  } catch (const json::parse_error& error) {
    return absl::StrCat("not JSON (byte ", error.byte, "); want ", form);
  } catch (const json::out_of_range&) {
    return absl::StrCat("holds a number that is too large; want ", form);
  }
  return record->is_object() ? "" : "not a JSON object";
}

std::string ReadStringField(const nlohmann::json& record, const char* field,
                            std::string* value) {
  const auto found = record.find(field);
  if (found == record.end()) return absl::StrCat("\"", field, "\" is missing");
  if (!found->is_string()) return absl::StrCat("\"", field, "\" is no string");
  *value = found->get<std::string>();
  if (absl::StripAsciiWhitespace(*value).empty()) {
    return absl::StrCat("\"", field, "\" is empty");
  }
  return "";
}

std::string ReadDocuments(const nlohmann::json& record, const char* field,
                          const std::string& language,
                          std::set<std::string>* documents) {
  const auto found = record.find(field);
  if (found == record.end()) return absl::StrCat("\"", field, "\" is missing");
  if (!found->is_array()) return absl::StrCat("\"", field, "\" is no list");
  const std::string prefix = language + ":";
  for (const json& id : *found) {
    if (!id.is_string() || id.get<std::string>().empty()) {
      return absl::StrCat("\"", field,
                          "\" holds something that is no article id");
    }
    const auto text = id.get<std::string>();
    documents->insert(absl::StartsWith(text, prefix) ? text : prefix + text);
  }
  return "";
}

Judgements ReadJudgements(std::istream& lines) {
  return ReadLines(lines, kSearchForm, &ReadQuery);
}

Judgements ReadRelatedJudgements(std::istream& lines) {
  return ReadLines(lines, kRelatedForm, &ReadRelated);
}

std::string DocumentOfHit(const JudgedQuery& query,
                          const std::string& article_id,
                          const std::string& language) {
  const std::string document = absl::StrCat(language, ":", article_id);
  const size_t mark = document.rfind('#');
  if (mark == std::string::npos) return document;
  const std::string page = document.substr(0, mark);
  const bool names_entries = std::any_of(
      query.relevant.begin(), query.relevant.end(),
      [](const std::string& id) { return absl::StrContains(id, '#'); });
  if (query.relevant.contains(document)) return document;
  return !names_entries || query.relevant.contains(page) ? page : document;
}

}  // namespace kbsearch::cli
