#include "engine/live/live_note.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "engine/index/article_ledger.h"
#include "engine/index/sha256.h"

namespace kbsearch::engine {
namespace {

using nlohmann::json;

constexpr const char* kNote = "/state.json";

// Of this program and since the machine was started; empty: cannot be told.
const std::string& Origin() {
  static const auto* const origin = [] {
    const auto boot = ReadFile("/proc/sys/kernel/random/boot_id", 100);
    const std::string analysis = AnalysisIdentity();
    return new std::string(
        boot.ok() && !analysis.empty()
            ? absl::StrCat(absl::StripAsciiWhitespace(*boot), " ", analysis)
            : "");
  }();
  return *origin;
}

LiveNote Parse(const json& parsed) {
  LiveNote note;
  note.generation = parsed.at("generation").get<uint64_t>();
  note.built = parsed.at("built").get<std::string>();
  note.through = parsed.at("through").get<uint64_t>();
  note.last_change = parsed.at("last_change").get<std::string>();
  note.applied = parsed.at("applied").get<uint64_t>();
  note.changes = parsed.at("changes").get<std::string>();
  note.moved = parsed.at("moved").get<std::set<std::string>>();
  for (const json& copy : parsed.at("copies")) {
    note.copies.emplace_back(
        copy.at(0).get<std::string>(),
        copy.at(1).get<bool>() ? Audience::kPublic : Audience::kAgent);
  }
  return note;
}

}  // namespace

std::string FingerprintOf(const Change& change) {
  return absl::StrCat(change.number, change.is_delete ? " delete " : " put ",
                      change.is_delete ? absl::StrCat(change.article.id, " ",
                                                      change.article.language)
                                       : ArticleDigest(change.article));
}

std::string BuildOf(const std::string& generation_folder) {
  Sha256 digest;
  for (const char* const name : {"/manifest.json", "/checksums.tsv"}) {
    const auto text = ReadFile(generation_folder + name);
    if (text.ok()) digest.Add(*text);
  }
  return digest.Hex();
}

absl::Status WriteLiveNote(const std::string& folder, const LiveNote& note) {
  json copies = json::array();
  for (const auto& [language, audience] : note.copies) {
    copies.push_back({language, audience == Audience::kPublic});
  }
  const json text = {{"origin", Origin()},
                     {"generation", note.generation},
                     {"built", note.built},
                     {"through", note.through},
                     {"last_change", note.last_change},
                     {"applied", note.applied},
                     {"changes", note.changes},
                     {"copies", std::move(copies)},
                     {"moved", note.moved}};
  const std::string path = folder + kNote;
  std::ofstream file(path + ".new", std::ios::binary | std::ios::trunc);
  file << text.dump(-1, ' ', false, json::error_handler_t::replace);
  file.close();
  if (!file) return absl::UnavailableError(absl::StrCat("write ", path));
  std::error_code error;
  std::filesystem::rename(path + ".new", path, error);
  if (!error) return absl::OkStatus();
  return ErrnoToStatus(error.value(), absl::StrCat("write ", path));
}

std::optional<LiveNote> ReadLiveNote(const std::string& folder) {
  const auto text = ReadFile(folder + kNote);
  if (!text.ok()) return std::nullopt;
  try {
    const json parsed = json::parse(*text);
    if (Origin().empty() ||
        parsed.at("origin").get<std::string>() != Origin()) {
      return std::nullopt;
    }
    return Parse(parsed);
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

}  // namespace kbsearch::engine
