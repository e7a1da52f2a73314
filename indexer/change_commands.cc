#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "analyzers/registry.h"
#include "engine/generations/generations.h"
#include "engine/index/article_check.h"
#include "engine/index/article_ledger.h"
#include "engine/live/change_log.h"
#include "indexer/care_commands.h"
#include "indexer/reader_options.h"
#include "indexer/sources/report.h"
#include "indexer/sources/source_reading.h"
#include "indexer/sources/source_walk.h"
#include "indexer/summary.h"

namespace kbsearch::indexer {
namespace {

// Changes that become durable together.
constexpr size_t kBatch = 256;

int Fail(const absl::Status& status, int exit_status = kExitFailed) {
  std::cerr << "kbsearch-indexer: " << status.message() << "\n";
  return exit_status;
}

absl::Status CheckCorpus(const Settings& settings) {
  absl::Status status = engine::ValidateCorpusName(settings.corpus);
  if (status.ok()) {
    status = engine::ReadCurrent(settings.data, settings.corpus).status();
  }
  return status;
}

// Puts what readers find into the log.
class LogSink : public RecordSink {
 public:
  LogSink(engine::ChangeLog& log, const analyzers::Registry& registry,
          kbsearch::indexer::Report& report)
      : log_(log), registry_(registry), report_(report) {}

  absl::Status Add(Record record) override {
    const absl::StatusOr<bool> detected =
        engine::CheckArticle(registry_, &record.article);
    if (!detected.ok()) {
      ReportItem item;
      item.file = std::move(record.file);
      item.line = record.line;
      item.article_id = record.article.id;
      item.reason = "cannot be indexed";
      item.detail = std::string(detected.status().message());
      item.remedy = "correct the article";
      report_.Add(item);
      return absl::OkStatus();
    }
    engine::Change change;
    change.article = std::move(record.article);
    changes_.push_back(std::move(change));
    return changes_.size() < kBatch ? absl::OkStatus() : Flush();
  }

  void Report(ReportItem item) override { report_.Add(item); }

  absl::Status Flush() {
    if (changes_.empty()) return absl::OkStatus();
    const absl::Status status = log_.Append(&changes_).status();
    if (!status.ok()) return status;
    written_ += changes_.size();
    changes_.clear();
    return absl::OkStatus();
  }

  uint64_t written() const { return written_; }

 private:
  engine::ChangeLog& log_;
  const analyzers::Registry& registry_;
  kbsearch::indexer::Report& report_;
  std::vector<engine::Change> changes_;
  uint64_t written_ = 0;
};

// Languages of the articles named, in the live generation and the changes that
// came after it.
using Versions = std::map<std::string, std::set<std::string>>;

absl::StatusOr<Versions> VersionsOf(const Settings& settings) {
  const absl::StatusOr<uint64_t> live =
      engine::ReadCurrent(settings.data, settings.corpus);
  if (!live.ok()) return live.status();
  const std::string folder =
      engine::GenerationFolder(settings.data, settings.corpus, *live);
  const absl::StatusOr<engine::Manifest> manifest =
      engine::ReadManifest(folder);
  if (!manifest.ok()) return manifest.status();
  const absl::StatusOr<engine::ArticleLedger> ledger =
      engine::ReadLedger(folder);
  if (!ledger.ok()) return ledger.status();
  const std::set<std::string> wanted(settings.ids.begin(), settings.ids.end());
  Versions versions;
  for (const auto& [key, entry] : *ledger) {
    if (wanted.contains(key.first)) versions[key.first].insert(key.second);
  }
  engine::ChangeReader log(settings.data, settings.corpus,
                           manifest->changes_through);
  while (true) {
    const absl::StatusOr<std::vector<engine::Change>> changes =
        log.Next(kBatch);
    if (!changes.ok()) return changes.status();
    if (changes->empty()) return versions;
    for (const engine::Change& change : *changes) {
      const engine::Article& article = change.article;
      if (!wanted.contains(article.id)) continue;
      if (!change.is_delete) {
        versions[article.id].insert(article.language);
        continue;
      }
      if (!article.language.empty()) {
        versions[article.id].erase(article.language);
      }
      if (article.language.empty() || versions[article.id].empty()) {
        versions.erase(article.id);
      }
    }
  }
}

}  // namespace

int RunUpsert(const Settings& settings) {
  auto registry = analyzers::Registry::Load();
  if (!registry.ok()) return Fail(registry.status());
  if (const absl::Status status = CheckCorpus(settings); !status.ok()) {
    return Fail(status);
  }
  const absl::StatusOr<ReaderOptions> options =
      MakeReaderOptions(settings, *registry);
  if (!options.ok()) return Fail(options.status(), kExitUsage);
  auto report = Report::Create("");
  if (!report.ok()) return Fail(report.status());
  WalkResult sources;
  absl::Status status = WalkSources(
      settings.sources, ParseFormat(settings.format),
      [&](ReportItem item) { (*report)->Add(item); }, &sources);
  if (!status.ok()) return Fail(status, kExitUsage);
  engine::ChangeLog log(settings.data, settings.corpus);
  LogSink sink(log, **registry, **report);
  status = ReadSources(
      sources.files, *options, sink, [](uint64_t, uint64_t) {},
      [] { return absl::OkStatus(); });
  if (status.ok()) status = sink.Flush();
  std::cout << "corpus " << settings.corpus << ": " << sink.written()
            << " articles taken, " << (*report)->count(Severity::kRejected)
            << " rejected\n";
  WriteProblems(**report, std::cerr);
  return status.ok() ? kExitDone : Fail(status);
}

int RunDelete(const Settings& settings) {
  if (const absl::Status status = CheckCorpus(settings); !status.ok()) {
    return Fail(status);
  }
  std::string language;
  if (settings.language != "auto") {
    auto registry = analyzers::Registry::Load();
    if (!registry.ok()) return Fail(registry.status());
    language = (*registry)->Normalize(settings.language);
    if (language.empty()) {
      return Fail(absl::InvalidArgumentError(absl::StrCat(
                      "--language ", settings.language, " is not known")),
                  kExitUsage);
    }
  }
  for (const std::string& id : settings.ids) {
    const absl::Status status = engine::CheckArticleId(id);
    if (!status.ok()) return Fail(status, kExitUsage);
  }
  const absl::StatusOr<Versions> versions = VersionsOf(settings);
  if (!versions.ok()) return Fail(versions.status());
  std::vector<engine::Change> changes;
  std::vector<std::string> unknown;
  for (const std::string& id : settings.ids) {
    const auto known = versions->find(id);
    if (known == versions->end() ||
        !(language.empty() || known->second.contains(language))) {
      unknown.push_back(id);
      continue;
    }
    engine::Change change;
    change.is_delete = true;
    change.article.id = id;
    change.article.language = language;
    changes.push_back(std::move(change));
  }
  if (!changes.empty()) {
    engine::ChangeLog log(settings.data, settings.corpus);
    const absl::Status status = log.Append(&changes).status();
    if (!status.ok()) return Fail(status);
  }
  std::cout << "corpus " << settings.corpus << ": deletion of "
            << changes.size() << " ids taken\n";
  if (!unknown.empty()) {
    std::cerr << "kbsearch-indexer: corpus " << settings.corpus << " has no "
              << (language.empty() ? "" : language + " version of ")
              << "article " << absl::StrJoin(unknown, ", ")
              << "; nothing to delete there\n";
  }
  return kExitDone;
}

}  // namespace kbsearch::indexer
