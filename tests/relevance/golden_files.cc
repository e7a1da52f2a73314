#include "tests/relevance/golden_files.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "base/file.h"
#include "cli/eval/judgements.h"
#include "cli/eval/metrics.h"

namespace kbsearch::relevance {
namespace {

namespace fs = std::filesystem;

constexpr char kMetricsFile[] = "metrics.txt";
// A page's entries count as the page: ten documents may take more hits.
constexpr int kHits = 30;

// Languages → rows of metrics.txt → scores.
using Metrics = std::map<std::string, cli::LanguageScores>;

absl::StatusOr<std::vector<engine::Hit>> Ask(const SampleQuery& query,
                                             engine::Searcher& searcher) {
  engine::SearchQuery search;
  search.corpus = kCorpusName;
  search.text = query.judged.text;
  search.language = query.judged.language;
  search.languages = {query.judged.language};
  search.audience = query.audience;
  search.page_size = kHits;
  absl::StatusOr<engine::SearchResult> result = searcher.Search(search);
  if (!result.ok()) return result.status();
  return std::move(result->hits);
}

// The documents that the hits count as, best first, each once.
std::vector<std::string> Documents(const SampleQuery& query,
                                   const std::vector<engine::Hit>& hits) {
  std::vector<std::string> ranking;
  for (const engine::Hit& hit : hits) {
    std::string document =
        cli::DocumentOfHit(query.judged, hit.article_id, hit.language);
    if (std::find(ranking.begin(), ranking.end(), document) == ranking.end()) {
      ranking.push_back(std::move(document));
    }
  }
  return ranking;
}

std::string QueryFile(const SampleQuery& query,
                      const std::vector<std::string>& ranking) {
  const std::string& language = query.judged.language;
  std::string text = absl::StrCat(
      "query:    ", query.judged.text, "\nkind:     ", query.kind,
      "\naudience: ", std::string(engine::AudienceName(query.audience)),
      "\n\nwanted, best first:\n");
  for (const std::string& id : query.wanted) {
    const auto place =
        std::find(ranking.begin(), ranking.end(), language + ":" + id);
    const auto rank = place - ranking.begin() + 1;
    absl::StrAppendFormat(
        &text, "  %-30s %s\n", id,
        place == ranking.end() ? "not found" : absl::StrCat("rank ", rank));
  }
  text += "\nfound:\n";
  for (size_t i = 0; i < ranking.size() && i < cli::kCutoff; ++i) {
    absl::StrAppendFormat(&text, "%3d %c %s\n", i + 1,
                          query.judged.relevant.count(ranking[i]) ? '*' : ' ',
                          ranking[i].substr(language.size() + 1));
  }
  return text;
}

std::string MetricsFile(const cli::LanguageScores& scores) {
  std::string text = absl::StrFormat("%-20s %7s %7s %8s %10s\n", "", "queries",
                                     "MRR@10", "nDCG@10", "recall@10");
  for (const auto& [name, row] : scores.ByLanguage()) {
    absl::StrAppendFormat(&text, "%-20s %7d %7.4f %8.4f %10.4f\n", name,
                          row.queries, row.mean.reciprocal_rank, row.mean.ndcg,
                          row.mean.recall);
  }
  return text;
}

std::vector<std::string> Lines(const GoldenFiles& files,
                               const std::string& name) {
  const auto found = files.find(name);
  if (found == files.end()) return {};
  return absl::StrSplit(found->second, '\n', absl::SkipEmpty());
}

// Lines of `a` that `b` does not have, each after `mark`.
std::string LinesOnlyIn(const std::vector<std::string>& a,
                        const std::vector<std::string>& b, const char* mark) {
  const std::set<std::string> others(b.begin(), b.end());
  std::string text;
  for (const std::string& line : a) {
    if (others.count(line) == 0) absl::StrAppend(&text, mark, line, "\n");
  }
  return text;
}

}  // namespace

absl::StatusOr<GoldenFiles> MakeGoldenFiles(
    const std::vector<SampleQuery>& queries, engine::Searcher& searcher) {
  GoldenFiles files;
  Metrics metrics;
  for (const SampleQuery& query : queries) {
    auto hits = Ask(query, searcher);
    if (!hits.ok()) {
      return absl::Status(
          hits.status().code(),
          absl::StrCat(query.judged.id, ": ", hits.status().message()));
    }
    const std::vector<std::string> ranking = Documents(query, *hits);
    const cli::Scores scores =
        cli::ScoreRanking(ranking, query.judged.relevant);
    cli::LanguageScores& rows = metrics[query.judged.language];
    const std::string audience(engine::AudienceName(query.audience));
    rows.Add("all", scores);
    rows.Add(absl::StrCat("audience ", audience), scores);
    rows.Add(absl::StrCat("kind ", query.kind), scores);
    files[absl::StrCat(query.judged.language, "/", query.judged.id, ".txt")] =
        QueryFile(query, ranking);
  }
  for (const auto& [language, scores] : metrics) {
    files[absl::StrCat(language, "/", kMetricsFile)] = MetricsFile(scores);
  }
  return files;
}

absl::StatusOr<GoldenFiles> ReadGoldenFiles(const std::string& folder) {
  GoldenFiles files;
  if (!fs::is_directory(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".txt") {
      continue;
    }
    absl::StatusOr<std::string> content = ReadFile(entry.path().string());
    if (!content.ok()) return content.status();
    files[entry.path().lexically_relative(folder).string()] =
        *std::move(content);
  }
  return files;
}

absl::Status WriteGoldenFiles(const GoldenFiles& files,
                              const std::string& folder) {
  const absl::StatusOr<GoldenFiles> old = ReadGoldenFiles(folder);
  if (!old.ok()) return old.status();
  for (const auto& [name, content] : *old) {
    if (files.count(name) == 0) fs::remove(fs::path(folder) / name);
  }
  for (const auto& [name, content] : files) {
    const auto before = old->find(name);
    if (before != old->end() && before->second == content) continue;
    const fs::path path = fs::path(folder) / name;
    fs::create_directories(path.parent_path());
    const absl::Status status = WriteFileAtomically(path.string(), content);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

std::string DescribeDifferences(const GoldenFiles& expected,
                                const GoldenFiles& found) {
  std::set<std::string> names;
  for (const auto& [name, content] : expected) names.insert(name);
  for (const auto& [name, content] : found) names.insert(name);
  // Metrics first: whether it got better or worse is the first question.
  std::string metrics;
  std::string queries;
  for (const std::string& name : names) {
    const std::vector<std::string> before = Lines(expected, name);
    const std::vector<std::string> after = Lines(found, name);
    if (before == after) continue;
    absl::StrAppend(
        absl::EndsWith(name, kMetricsFile) ? &metrics : &queries, name,
        before.empty() ? " (new)" : "", after.empty() ? " (gone)" : "", "\n",
        LinesOnlyIn(before, after, "  - "), LinesOnlyIn(after, before, "  + "));
  }
  return metrics + queries;
}

}  // namespace kbsearch::relevance
