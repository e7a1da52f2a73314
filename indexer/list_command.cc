#include "indexer/list_command.h"

#include <ctime>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/generations/generations.h"
#include "engine/live/change_log.h"

namespace kbsearch::indexer {
namespace {

std::string Timestamp(int64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  gmtime_r(&time, &parts);
  char text[32];
  std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

// What the manifest tells, and how many changes of the log came later. Nothing
// is opened or applied: it costs nothing beside a server.
absl::StatusOr<engine::CorpusInfo> ReadInfo(const std::string& data_dir,
                                            const std::string& corpus) {
  const absl::StatusOr<uint64_t> live = engine::ReadCurrent(data_dir, corpus);
  if (!live.ok()) return live.status();
  const std::string folder = engine::GenerationFolder(data_dir, corpus, *live);
  absl::StatusOr<engine::Manifest> manifest = engine::ReadManifest(folder);
  if (!manifest.ok()) return manifest.status();
  const absl::StatusOr<uint64_t> last =
      engine::ChangeLog(data_dir, corpus).LastNumber(manifest->changes_through);
  if (!last.ok()) return last.status();
  engine::CorpusInfo info;
  info.name = corpus;
  info.generation = *live;
  info.built_at = manifest->built_at;
  info.bytes = engine::FolderBytes(folder);
  info.languages = std::move(manifest->languages);
  info.changes_through = manifest->changes_through;
  info.applied_changes = *last - manifest->changes_through;
  return info;
}

}  // namespace

void WriteCorpora(const std::vector<engine::CorpusInfo>& corpora,
                  std::ostream& out) {
  if (corpora.empty()) out << "no corpora\n";
  for (const engine::CorpusInfo& corpus : corpora) {
    out << absl::StrFormat("%s  generation %d  built %s  %.1f MB\n",
                           corpus.name, corpus.generation,
                           Timestamp(corpus.built_at),
                           static_cast<double>(corpus.bytes) / 1e6);
    for (const engine::LanguageStats& language : corpus.languages) {
      out << absl::StrFormat(
          "  %s  %8d articles  %8d public  %8d FAQ entries\n",
          language.language, language.articles, language.public_articles,
          language.entries);
    }
    if (corpus.applied_changes > 0) {
      out << absl::StrFormat("  %d changes since, not counted here\n",
                             corpus.applied_changes);
    }
  }
}

void WriteCorporaJson(const std::vector<engine::CorpusInfo>& corpora,
                      std::ostream& out) {
  for (const engine::CorpusInfo& corpus : corpora) {
    nlohmann::ordered_json line;
    line["corpus"] = corpus.name;
    line["generation"] = corpus.generation;
    line["built_at"] = Timestamp(corpus.built_at);
    line["bytes"] = corpus.bytes;
    line["changes_since"] = corpus.applied_changes;
    line["languages"] = nlohmann::ordered_json::object();
    for (const engine::LanguageStats& language : corpus.languages) {
      line["languages"][language.language] = {
          {"articles", language.articles},
          {"public_articles", language.public_articles},
          {"entries", language.entries}};
    }
    out << line.dump() << '\n';
  }
}

int RunList(const Settings& settings) {
  const auto fail = [](const absl::Status& status) {
    std::cerr << "kbsearch-indexer: " << status.message() << "\n";
    return kExitFailed;
  };
  std::error_code ignored;
  if (!std::filesystem::is_directory(settings.data, ignored)) {
    return fail(
        absl::NotFoundError(absl::StrCat("no data folder ", settings.data)));
  }
  const auto names = engine::ListCorpusNames(settings.data);
  if (!names.ok()) return fail(names.status());
  int exit_status = kExitDone;
  std::vector<engine::CorpusInfo> corpora;
  for (const std::string& name : *names) {
    absl::StatusOr<engine::CorpusInfo> corpus = ReadInfo(settings.data, name);
    if (corpus.ok()) {
      corpora.push_back(*std::move(corpus));
    } else {
      exit_status = fail(absl::Status(
          corpus.status().code(),
          absl::StrCat("corpus \"", name, "\": ", corpus.status().message())));
    }
  }
  settings.json ? WriteCorporaJson(corpora, std::cout)
                : WriteCorpora(corpora, std::cout);
  return exit_status;
}

}  // namespace kbsearch::indexer
