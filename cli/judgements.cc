#include "cli/judgements.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace kbsearch::cli {
namespace {

using nlohmann::json;

// Empty when the field is a string with text in it, else what is wrong.
std::string ReadString(const json& record, const char* field,
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

std::string ReadRelevant(const json& record, JudgedQuery* query) {
  const auto found = record.find("relevant");
  if (found == record.end()) return "\"relevant\" is missing";
  if (!found->is_array()) return "\"relevant\" is no list";
  const std::string prefix = query->language + ":";
  for (const json& id : *found) {
    if (!id.is_string() || id.get<std::string>().empty()) {
      return "\"relevant\" holds something that is no article id";
    }
    const auto text = id.get<std::string>();
    query->relevant.insert(absl::StartsWith(text, prefix) ? text
                                                          : prefix + text);
  }
  if (query->relevant.empty()) {
    return "\"relevant\" is empty: a query without a right article cannot be "
           "scored";
  }
  return "";
}

std::string ReadQuery(const std::string& line, JudgedQuery* query) {
  json record;
  try {
    record = json::parse(line);
  } catch (const json::parse_error& error) {
    return absl::StrCat("not JSON (byte ", error.byte,
                        "); want "
                        "{\"id\",\"lang\",\"text\",\"relevant\":[…]}");
  }
  if (!record.is_object()) return "not a JSON object";
  std::string reason = ReadString(record, "id", &query->id);
  if (reason.empty()) reason = ReadString(record, "lang", &query->language);
  if (reason.empty()) reason = ReadString(record, "text", &query->text);
  if (reason.empty()) reason = ReadRelevant(record, query);
  return reason;
}

}  // namespace

Judgements ReadJudgements(std::istream& lines) {
  Judgements judgements;
  std::set<std::string> ids;
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    JudgedQuery query;
    std::string reason = ReadQuery(line, &query);
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
