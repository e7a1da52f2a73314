#include "tests/relevance/sample_corpus.h"

#include <atomic>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "analyzers/registry.h"
#include "base/file.h"
#include "engine/generations/generation_builder.h"
#include "engine/library.h"
#include "indexer/ingest.h"
#include "indexer/progress.h"
#include "indexer/sources/report.h"
#include "indexer/sources/source_walk.h"

namespace kbsearch::relevance {
namespace {

class NoProgress : public indexer::Progress {
 public:
  void Update(const indexer::ProgressState& /*state*/) override {}
  void Finish() override {}
};

absl::StatusOr<SampleQuery> ReadSampleQuery(const std::string& line) {
  std::istringstream lines(line);
  cli::Judgements judgements = cli::ReadJudgements(lines);
  if (judgements.queries.size() != 1) {
    return absl::InvalidArgumentError(judgements.bad_lines.empty()
                                          ? "no query"
                                          : judgements.bad_lines[0].reason);
  }
  SampleQuery query;
  query.judged = std::move(judgements.queries[0]);
  const auto record = nlohmann::json::parse(line);
  query.wanted = record.at("relevant").get<std::vector<std::string>>();
  query.kind = record.value("kind", "");
  if (!engine::ParseAudience(record.value("audience", "public"),
                             &query.audience)) {
    return absl::InvalidArgumentError("\"audience\" is not public or agent");
  }
  return query;
}

}  // namespace

absl::StatusOr<std::vector<SampleQuery>> ReadSampleQueries(
    const std::string& path) {
  const absl::StatusOr<std::string> content = ReadFile(path);
  if (!content.ok()) return content.status();
  std::vector<SampleQuery> queries;
  std::istringstream lines(*content);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    absl::StatusOr<SampleQuery> query = ReadSampleQuery(line);
    if (!query.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ":", number, ": ", query.status().message()));
    }
    queries.push_back(*std::move(query));
  }
  return queries;
}

absl::StatusOr<std::unique_ptr<engine::Searcher>> IndexSampleCorpus(
    const std::string& content, const std::string& data_dir) {
  auto registry = analyzers::Registry::Load();
  if (!registry.ok()) return registry.status();
  auto report = indexer::Report::Create("");
  if (!report.ok()) return report.status();
  indexer::WalkResult sources;
  const absl::Status walked = indexer::WalkSources(
      {content}, std::nullopt,
      [&](const indexer::ReportItem& item) { (*report)->Add(item); }, &sources);
  if (!walked.ok()) return walked;
  engine::GenerationBuilder::Options build;
  build.data_dir = data_dir;
  build.corpus = kCorpusName;
  build.jobs = 1;
  auto builder = engine::GenerationBuilder::Create(build, *registry);
  if (!builder.ok()) return builder.status();
  indexer::ReaderOptions options;
  options.normalize_language = [&](std::string_view code) {
    return (*registry)->Normalize(code);
  };
  NoProgress progress;
  const auto ingested = indexer::Ingest(sources, options, **builder, **report,
                                        progress, std::atomic<bool>(false));
  if (!ingested.ok()) return ingested.status();
  if ((*report)->count(indexer::Severity::kRejected) > 0) {
    const auto group = (*report)->GroupsBySeverity().front();
    return absl::InvalidArgumentError(absl::StrCat(
        "the sample corpus: ", group.reason, ": ", group.places.front()));
  }
  auto library = engine::Library::Open(data_dir, *registry);
  if (!library.ok()) return library.status();
  return (*library)->NewSearcher();
}

}  // namespace kbsearch::relevance
