#include "cli/eval/evaluation_report.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace kbsearch::cli {
namespace {

struct Measure {
  const char* name;
  double Scores::*value;
  bool deep;
};

constexpr Measure kMeasures[] = {
    {"MRR@10", &Scores::reciprocal_rank, false},
    {"nDCG@10", &Scores::ndcg, false},
    {"Recall@10", &Scores::recall, false},
    {"Recall@100", &Scores::deep_recall, true},
};

std::string TableLine(const std::string& name, const LanguageScores::Row& row,
                      bool deep) {
  std::string line = absl::StrFormat("%-8s %8d", name, row.queries);
  for (const Measure& measure : kMeasures) {
    if (measure.deep && !deep) continue;
    absl::StrAppendFormat(&line, " %10.4f", row.mean.*measure.value);
  }
  return line + "\n";
}

nlohmann::ordered_json RowJson(const LanguageScores::Row& row, bool deep) {
  nlohmann::ordered_json result = {{"queries", row.queries}};
  for (const Measure& measure : kMeasures) {
    if (measure.deep && !deep) continue;
    result[measure.name] = row.mean.*measure.value;
  }
  return result;
}

}  // namespace

std::string ScoreTable(const LanguageScores& scores, bool deep) {
  std::string table = absl::StrFormat("%-8s %8s", "language", "queries");
  for (const Measure& measure : kMeasures) {
    if (measure.deep && !deep) continue;
    absl::StrAppendFormat(&table, " %10s", measure.name);
  }
  table += "\n";
  for (const auto& [language, row] : scores.ByLanguage()) {
    table += TableLine(language, row, deep);
  }
  return table + TableLine("mean", scores.Mean(), deep);
}

std::string ScoreJson(const LanguageScores& scores, bool deep,
                      const std::vector<JudgedQuery>& queries,
                      const std::vector<QueryResult>& results) {
  nlohmann::ordered_json report;
  report["languages"] = nlohmann::ordered_json::object();
  for (const auto& [language, row] : scores.ByLanguage()) {
    report["languages"][language] = RowJson(row, deep);
  }
  report["mean"] = RowJson(scores.Mean(), deep);
  report["refused"] = nlohmann::ordered_json::array();
  for (size_t i = 0; i < results.size(); ++i) {
    if (!results[i].refused) continue;
    report["refused"].push_back(
        {{"id", queries[i].id},
         {"reason", results[i].refusal.error_message()}});
  }
  return report.dump(2, ' ', false,
                     nlohmann::ordered_json::error_handler_t::replace) +
         "\n";
}

}  // namespace kbsearch::cli
