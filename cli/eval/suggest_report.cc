#include "cli/eval/suggest_report.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_format.h"

namespace kbsearch::cli {
namespace {

constexpr char kAll[] = "all";

std::string TableLine(const std::string& name, const SuggestScores& scores) {
  return absl::StrFormat(
      "%-8s %10d %12d %10.3f %10.3f %10.3f %10.3f %10.3f %8.3f\n", name,
      scores.answerable, scores.unanswerable, scores.success_at_1,
      scores.success_at_3, scores.at_server.precision, scores.at_server.recall,
      scores.at_server.abstention, scores.calibration_error);
}

nlohmann::ordered_json ShownJson(const ShownScores& shown) {
  return {{"shown", shown.shown},
          {"precision", shown.precision},
          {"recall", shown.recall},
          {"abstention", shown.abstention}};
}

}  // namespace

std::string SuggestTable(const std::map<std::string, SuggestScores>& scores) {
  std::string table =
      absl::StrFormat("%-8s %10s %12s %10s %10s %10s %10s %10s %8s\n",
                      "language", "answerable", "unanswerable", "success@1",
                      "success@3", "precision", "recall", "abstention", "ECE");
  for (const auto& [language, own] : scores) {
    if (language != kAll) table += TableLine(language, own);
  }
  const SuggestScores& all = scores.at(kAll);
  table += TableLine(kAll, all);
  table += absl::StrFormat("\n%-9s %7s %10s %10s %10s\n", "threshold", "shown",
                           "precision", "recall", "abstention");
  for (const ShownScores& shown : all.curve) {
    table += absl::StrFormat("%-9.1f %7d %10.3f %10.3f %10.3f\n",
                             shown.threshold, shown.shown, shown.precision,
                             shown.recall, shown.abstention);
  }
  return table;
}

std::string SuggestJson(const std::map<std::string, SuggestScores>& scores) {
  nlohmann::ordered_json report;
  for (const auto& [language, own] : scores) {
    nlohmann::ordered_json& row = report["languages"][language];
    row = {{"answerable", own.answerable},
           {"unanswerable", own.unanswerable},
           {"success@1", own.success_at_1},
           {"success@3", own.success_at_3},
           {"at_threshold", ShownJson(own.at_server)},
           {"calibration_error", own.calibration_error},
           {"curve", nlohmann::ordered_json::array()}};
    for (const ShownScores& shown : own.curve) {
      nlohmann::ordered_json point = {{"threshold", shown.threshold}};
      point.update(ShownJson(shown));
      row["curve"].push_back(std::move(point));
    }
  }
  return report.dump(2) + "\n";
}

}  // namespace kbsearch::cli
