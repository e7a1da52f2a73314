#include "indexer/list_command.h"

#include <ctime>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "analyzers/registry.h"
#include "engine/library.h"

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
  auto registry = analyzers::Registry::Load();
  absl::Status status = registry.status();
  if (status.ok()) {
    const auto library = engine::Library::Open(settings.data, *registry);
    status = library.status();
    if (status.ok()) {
      const auto corpora = (*library)->ListCorpora();
      settings.json ? WriteCorporaJson(corpora, std::cout)
                    : WriteCorpora(corpora, std::cout);
      return kExitDone;
    }
  }
  std::cerr << "kbsearch-indexer: " << status.message() << "\n";
  return kExitFailed;
}

}  // namespace kbsearch::indexer
