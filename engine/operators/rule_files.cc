#include "engine/operators/rule_files.h"

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/generations/generations.h"

namespace kbsearch::engine {
namespace {

using nlohmann::json;
// Keeps the fields in the order they are written here.
using nlohmann::ordered_json;

std::string Describe(const json& value) {
  return absl::StrCat("is ", value.type_name());
}

// The strings of an array, or what is wrong.
std::string ReadStrings(const json& value, std::vector<std::string>* strings) {
  if (!value.is_array()) return Describe(value) + "; want a list of texts";
  for (const json& item : value) {
    if (!item.is_string()) {
      return absl::StrCat("holds a value that ", Describe(item),
                          "; want texts only");
    }
    strings->push_back(item.get<std::string>());
  }
  return "";
}

std::string ReadString(const json& value, std::string* text) {
  if (!value.is_string()) return Describe(value) + "; want a text";
  *text = value.get<std::string>();
  return "";
}

std::string ReadBool(const json& value, bool* flag) {
  if (!value.is_boolean()) return Describe(value) + "; want true or false";
  *flag = value.get<bool>();
  return "";
}

// What a field's value is read with; returns what is wrong, or nothing.
using FieldReader = std::function<std::string(const json&)>;

absl::Status ReadFields(const json& entry, const std::string& place,
                        const std::map<std::string, FieldReader>& readers) {
  const auto fail = [&](const std::string& reason) {
    return absl::InvalidArgumentError(absl::StrCat(place, reason));
  };
  if (!entry.is_object()) {
    return fail(absl::StrCat(" ", Describe(entry), "; want {…}"));
  }
  for (const auto& [name, value] : entry.items()) {
    const auto reader = readers.find(name);
    if (reader == readers.end()) {
      return fail(absl::StrCat(
          ": unknown field \"", name, "\"; use ",
          absl::StrJoin(readers, ", ", [](std::string* out, const auto& known) {
            out->append(known.first);
          })));
    }
    const std::string reason = reader->second(value);
    if (!reason.empty()) return fail(absl::StrCat(".", name, " ", reason));
  }
  return absl::OkStatus();
}

// Reads {"<name>": [entry, …]}.
template <class Entry>
absl::StatusOr<std::vector<Entry>> ReadEntries(
    std::string_view text, const std::string& name,
    const std::function<std::map<std::string, FieldReader>(Entry*)>& readers) {
  json file;
  try {
    file = json::parse(text);
  } catch (const json::exception& error) {
    // "… parse error at line 3, column 5: …", "… number overflow parsing …"
    return absl::InvalidArgumentError(absl::StrCat(
        "not JSON: ", error.what(), "; mend the file or restore a copy"));
  }
  if (!file.is_object() || file.size() != 1 || !file.contains(name) ||
      !file[name].is_array()) {
    return absl::InvalidArgumentError(
        absl::StrCat("want {\"", name, "\": [ … ]}"));
  }
  std::vector<Entry> entries;
  for (const json& item : file[name]) {
    Entry entry;
    const absl::Status status = ReadFields(
        item, absl::StrCat(name, "[", entries.size(), "]"), readers(&entry));
    if (!status.ok()) return status;
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::string WriteEntries(const std::string& name,
                         const std::vector<ordered_json>& entries) {
  std::string text = absl::StrCat("{\"", name, "\": [");
  for (size_t i = 0; i < entries.size(); ++i) {
    absl::StrAppend(&text, i == 0 ? "\n  " : ",\n  ", entries[i].dump());
  }
  absl::StrAppend(&text, entries.empty() ? "" : "\n", "]}\n");
  return text;
}

}  // namespace

std::string SynonymFile(const std::string& data_dir, std::string_view corpus,
                        std::string_view language) {
  return absl::StrCat(CorpusFolder(data_dir, corpus), "/synonyms.",
                      std::string(language), ".json");
}

std::string CurationFile(const std::string& data_dir, std::string_view corpus) {
  return CorpusFolder(data_dir, corpus) + "/curations.json";
}

absl::StatusOr<std::vector<Synonym>> ParseSynonyms(std::string_view json_text) {
  return ReadEntries<Synonym>(
      json_text, "synonyms",
      [](Synonym* entry) -> std::map<std::string, FieldReader> {
        return {
            {"from",
             [entry](const json& v) { return ReadStrings(v, &entry->from); }},
            {"to",
             [entry](const json& v) { return ReadStrings(v, &entry->to); }},
            {"one_way",
             [entry](const json& v) { return ReadBool(v, &entry->one_way); }},
        };
      });
}

absl::StatusOr<std::vector<Curation>> ParseCurations(
    std::string_view json_text) {
  return ReadEntries<Curation>(
      json_text, "curations",
      [](Curation* entry) -> std::map<std::string, FieldReader> {
        return {
            {"query",
             [entry](const json& v) { return ReadString(v, &entry->query); }},
            {"language_code",
             [entry](const json& v) {
               return ReadString(v, &entry->language);
             }},
            {"pinned_article_ids",
             [entry](const json& v) { return ReadStrings(v, &entry->pinned); }},
            {"hidden_article_ids",
             [entry](const json& v) { return ReadStrings(v, &entry->hidden); }},
        };
      });
}

std::string FormatSynonyms(const std::vector<Synonym>& synonyms) {
  std::vector<ordered_json> entries;
  for (const Synonym& synonym : synonyms) {
    ordered_json entry = {{"from", synonym.from}};
    if (!synonym.to.empty()) entry["to"] = synonym.to;
    if (synonym.one_way) entry["one_way"] = true;
    entries.push_back(std::move(entry));
  }
  return WriteEntries("synonyms", entries);
}

std::string FormatCurations(const std::vector<Curation>& curations) {
  std::vector<ordered_json> entries;
  for (const Curation& curation : curations) {
    ordered_json entry = {{"query", curation.query}};
    if (!curation.language.empty()) entry["language_code"] = curation.language;
    if (!curation.pinned.empty()) entry["pinned_article_ids"] = curation.pinned;
    if (!curation.hidden.empty()) entry["hidden_article_ids"] = curation.hidden;
    entries.push_back(std::move(entry));
  }
  return WriteEntries("curations", entries);
}

}  // namespace kbsearch::engine
