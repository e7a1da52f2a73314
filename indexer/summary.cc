#include "indexer/summary.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace kbsearch::indexer {
namespace {

double ArticlesPerSecond(const IngestResult& result) {
  return result.seconds > 0
             ? static_cast<double>(result.stats.articles) / result.seconds
             : 0;
}

nlohmann::ordered_json ProblemsJson(const Report& report) {
  auto problems = nlohmann::ordered_json::array();
  for (const Report::Group& group : report.GroupsBySeverity()) {
    problems.push_back({{"severity", SeverityName(group.severity)},
                        {"reason", group.reason},
                        {"remedy", group.remedy},
                        {"count", group.count},
                        {"places", group.places}});
  }
  return problems;
}

// File names may hold any bytes.
void WriteLine(const nlohmann::ordered_json& line, std::ostream& out) {
  out << line.dump(-1, ' ', false,
                   nlohmann::ordered_json::error_handler_t::replace)
      << std::endl;
}

double Megabytes(uint64_t bytes) { return static_cast<double>(bytes) / 1e6; }

}  // namespace

void WriteProblems(const Report& report, std::ostream& out) {
  for (const Report::Group& group : report.GroupsBySeverity()) {
    out << "\n"
        << SeverityName(group.severity) << ": " << group.count << " × "
        << group.reason << "\n";
    if (!group.remedy.empty()) out << "  remedy: " << group.remedy << "\n";
    for (const std::string& place : group.places) out << "  " << place << "\n";
    if (group.count > group.places.size()) {
      out << "  … and " << group.count - group.places.size() << " more\n";
    }
  }
}

void WriteSummary(const std::string& corpus, const IngestResult& result,
                  const Report& report, std::ostream& out) {
  const auto& stats = result.stats;
  out << absl::StrFormat("Corpus %s, generation %d%s\n", corpus,
                         stats.generation,
                         stats.published ? "" : " (not changed)");
  if (!stats.damage.empty()) {
    out << "  damaged      " << stats.damage
        << ": all was analysed anew, nothing taken from it\n";
  }
  out << absl::StrFormat(
      "  compared     %d new, %d changed, %d the same, %d %s\n", stats.added,
      stats.changed, stats.unchanged, stats.vanished.size(),
      stats.pruned ? "deleted" : "no longer in the sources");
  out << absl::StrFormat("  articles     %d\n", stats.articles);
  out << absl::StrFormat("  FAQ entries  %d\n", stats.entries);
  out << "  languages   ";
  for (const engine::LanguageStats& language : stats.languages) {
    out << " " << language.language << " " << language.articles;
  }
  out << absl::StrFormat("  (%d detected)\n", result.detected);
  out << absl::StrFormat("  rejected     %d\n",
                         report.count(Severity::kRejected));
  out << absl::StrFormat("  repaired     %d\n",
                         report.count(Severity::kRepaired));
  out << absl::StrFormat("  notices      %d\n",
                         report.count(Severity::kNotice));
  if (result.same_sources) {
    out << absl::StrFormat(
        "  read         %d files, %.1f MB: the same as before, compared in "
        "%.1f s\n",
        result.files, Megabytes(result.bytes), result.seconds);
  } else {
    out << absl::StrFormat(
        "  read         %d files, %.1f MB in %.1f s: %.0f articles/s\n",
        result.files, Megabytes(result.bytes), result.seconds,
        ArticlesPerSecond(result));
  }
  out << absl::StrFormat("  index        %.1f MB\n", Megabytes(stats.bytes));
  WriteProblems(report, out);
}

void WriteSummaryJson(const std::string& corpus, const IngestResult& result,
                      const Report& report, std::ostream& out) {
  const auto& stats = result.stats;
  nlohmann::ordered_json line;
  line["phase"] = "done";
  line["corpus"] = corpus;
  line["generation"] = stats.generation;
  line["articles"] = stats.articles;
  line["entries"] = stats.entries;
  line["published"] = stats.published;
  line["added"] = stats.added;
  line["changed"] = stats.changed;
  line["unchanged"] = stats.unchanged;
  line[stats.pruned ? "deleted" : "vanished"] = stats.vanished.size();
  if (!stats.damage.empty()) line["damage"] = stats.damage;
  line["languages"] = nlohmann::ordered_json::object();
  for (const engine::LanguageStats& language : stats.languages) {
    line["languages"][language.language] = language.articles;
  }
  line["detected"] = result.detected;
  line["rejected"] = report.count(Severity::kRejected);
  line["repaired"] = report.count(Severity::kRepaired);
  line["notices"] = report.count(Severity::kNotice);
  line["same_sources"] = result.same_sources;
  line["files"] = result.files;
  line["bytes"] = result.bytes;
  line["megabytes"] = std::round(Megabytes(result.bytes) * 1000) / 1000;
  line["seconds"] = std::round(result.seconds * 1000) / 1000;
  line["articles_per_second"] = std::round(ArticlesPerSecond(result));
  line["index_bytes"] = stats.bytes;
  line["problems"] = ProblemsJson(report);
  WriteLine(line, out);
}

void WriteFailureJson(const std::string& corpus, const absl::Status& status,
                      const Report& report, std::ostream& out) {
  nlohmann::ordered_json line;
  line["phase"] = "failed";
  line["corpus"] = corpus;
  line["error"] = std::string(status.message());
  line["problems"] = ProblemsJson(report);
  WriteLine(line, out);
}

}  // namespace kbsearch::indexer
