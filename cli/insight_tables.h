// GetInsights as tables: for a terminal, and as CSV.
#ifndef KBSEARCH_CLI_INSIGHT_TABLES_H_
#define KBSEARCH_CLI_INSIGHT_TABLES_H_

#include <string>
#include <vector>

#include "cli/environment.h"
#include "kbsearch/v1/admin_service.pb.h"

namespace kbsearch::cli {

struct InsightTable {
  std::string name;     // "no_results": of --list and of the CSV's first column
  std::string heading;  // for people
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

// Names of the lists there are.
const std::vector<std::string>& InsightListNames();

// What a terminal shows. Shares as "12.5% (4.3-31.1)": with the 95 % interval.
// `list`: only this one; empty: all that have rows, after a summary.
std::string RenderInsights(const kbsearch::v1::GetInsightsResponse& response,
                           const std::string& list, const TextStyle& style);

// One table of all lists (RFC 4180, with a header): the first column is the
// list's name, columns that a list does not have are empty, shares are four
// columns (count, value, low, high). A cell that a spreadsheet would take for a
// formula (customers typed it) begins with an apostrophe.
std::string InsightsCsv(const kbsearch::v1::GetInsightsResponse& response,
                        const std::string& list);

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_INSIGHT_TABLES_H_
