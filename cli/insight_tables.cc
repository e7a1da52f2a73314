#include "cli/insight_tables.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "cli/text_layout.h"

namespace kbsearch::cli {
namespace {

namespace v1 = kbsearch::v1;
using Insights = v1::GetInsightsResponse;
using Rows = std::vector<std::vector<std::string>>;

// Who reads the tables: figures are rounded for people.
enum class Reader { kPerson, kProgram };

// A title or query in a terminal; more says no more.
constexpr int kMaxCell = 60;

std::string Number(double value, Reader reader) {
  return reader == Reader::kPerson ? absl::StrFormat("%.1f", value)
                                   : absl::StrFormat("%.6g", value);
}

std::string DayOf(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0) return "";
  return google::protobuf::util::TimeUtil::ToString(time).substr(0, 10);
}

// The columns of a share.
void AddShareColumns(const std::string& name, Reader reader,
                     std::vector<std::string>* columns) {
  columns->push_back(name);
  if (reader == Reader::kPerson) return;
  for (const char* part : {"_share", "_low", "_high"}) {
    columns->push_back(absl::StrCat(name, part));
  }
}

void AddShare(const v1::Share& share, Reader reader,
              std::vector<std::string>* row) {
  if (reader == Reader::kPerson) {
    row->push_back(share.of() == 0
                       ? "-"
                       : absl::StrFormat("%d  %.1f%% (%.1f-%.1f)",
                                         share.count(), 100 * share.value(),
                                         100 * share.low(),
                                         100 * share.high()));
    return;
  }
  row->push_back(absl::StrCat(share.count()));
  for (double value : {share.value(), share.low(), share.high()}) {
    row->push_back(Number(value, reader));
  }
}

// A query; for people, the key that its row goes by when its text is not
// stored.
template <typename Row>  // QueryRow or ContentGap
std::string QueryCell(const Row& row, Reader reader) {
  if (!row.query().empty() || reader == Reader::kProgram) return row.query();
  return absl::StrCat("(text not stored)", row.key().empty() ? "" : " ",
                      row.key());
}

InsightTable Queries(
    const std::string& name, const std::string& heading,
    const google::protobuf::RepeatedPtrField<Insights::QueryRow>& rows,
    Reader reader) {
  InsightTable table{name,
                     heading,
                     {"query", "language", "count", "clicks", "click_position",
                      "problem", "variants"},
                     {}};
  if (reader == Reader::kProgram) table.columns.emplace_back("key");
  for (const Insights::QueryRow& row : rows) {
    table.rows.push_back(
        {QueryCell(row, reader), row.language_code(), absl::StrCat(row.count()),
         absl::StrCat(row.clicks()),
         row.click_position() == 0 ? "" : Number(row.click_position(), reader),
         row.problem(), absl::StrJoin(row.variants(), "; ")});
    if (reader == Reader::kProgram) table.rows.back().push_back(row.key());
  }
  return table;
}

InsightTable ContentGaps(const Insights& response, Reader reader) {
  InsightTable table{
      "content_gaps",
      "Asked for, and no article of the language answers",
      {"query", "language", "count", "problem", "exists_in", "article"},
      {}};
  if (reader == Reader::kProgram) table.columns.emplace_back("key");
  for (const Insights::ContentGap& gap : response.content_gaps()) {
    table.rows.push_back({QueryCell(gap, reader), gap.language_code(),
                          absl::StrCat(gap.count()), gap.reason(),
                          gap.exists_in(), gap.article_id()});
    if (reader == Reader::kProgram) table.rows.back().push_back(gap.key());
  }
  return table;
}

InsightTable Articles(const Insights& response) {
  InsightTable table{
      "articles",
      "Articles with a problem",
      {"article", "language", "title", "problem", "other_article",
       "impressions", "clicks", "helpful", "not_helpful", "updated"},
      {}};
  for (const Insights::ArticleRow& row : response.articles()) {
    table.rows.push_back(
        {row.article_id(), row.language_code(), row.title(), row.problem(),
         row.other_article_id(), absl::StrCat(row.impressions()),
         absl::StrCat(row.clicks()), absl::StrCat(row.helpful()),
         absl::StrCat(row.not_helpful()), DayOf(row.updated_at())});
  }
  return table;
}

void AddDeflectionColumns(Reader reader, std::vector<std::string>* columns) {
  columns->push_back("sessions");
  for (const char* share : {"implicit", "stated", "submitted"}) {
    AddShareColumns(share, reader, columns);
  }
  columns->push_back("sessions_per_ticket");
}

void AddDeflection(const Insights::Deflection& deflection, Reader reader,
                   std::vector<std::string>* row) {
  row->push_back(absl::StrCat(deflection.sessions()));
  AddShare(deflection.implicit(), reader, row);
  AddShare(deflection.stated(), reader, row);
  AddShare(deflection.submitted(), reader, row);
  row->push_back(deflection.sessions_per_ticket() == 0
                     ? ""
                     : Number(deflection.sessions_per_ticket(), reader));
}

InsightTable Deflection(const Insights& response, Reader reader) {
  InsightTable table{"deflection",
                     "Sessions that were shown suggestions, and their tickets",
                     {"language"},
                     {}};
  AddDeflectionColumns(reader, &table.columns);
  for (const Insights::Deflection& deflection : response.deflection()) {
    std::vector<std::string> row = {deflection.language_code().empty()
                                        ? "all"
                                        : deflection.language_code()};
    AddDeflection(deflection, reader, &row);
    table.rows.push_back(std::move(row));
  }
  return table;
}

InsightTable Weeks(const Insights& response, Reader reader) {
  InsightTable table{
      "weeks", "Weeks, from Monday", {"week", "searches", "no_results"}, {}};
  AddDeflectionColumns(reader, &table.columns);
  for (const Insights::Week& week : response.weeks()) {
    std::vector<std::string> row = {DayOf(week.begins()),
                                    absl::StrCat(week.searches()),
                                    absl::StrCat(week.no_results())};
    AddDeflection(week.deflection(), reader, &row);
    table.rows.push_back(std::move(row));
  }
  return table;
}

InsightTable ArticleDeflection(const Insights& response, Reader reader) {
  InsightTable table{"article_deflection",
                     "Suggested articles, and the sessions they solved",
                     {"article", "language", "suggested"},
                     {}};
  AddShareColumns("solved", reader, &table.columns);
  for (const Insights::ArticleDeflection& it : response.article_deflection()) {
    std::vector<std::string> row = {it.article_id(), it.language_code(),
                                    absl::StrCat(it.suggested())};
    AddShare(it.solved(), reader, &row);
    table.rows.push_back(std::move(row));
  }
  return table;
}

InsightTable Latency(const Insights& response, Reader reader) {
  InsightTable table{"latency",
                     "Latency, milliseconds",
                     {"call", "count", "p50_ms", "p95_ms", "p99_ms"},
                     {}};
  for (const Insights::Latency& it : response.latency()) {
    table.rows.push_back(
        {it.call(), absl::StrCat(it.count()), Number(it.p50_ms(), reader),
         Number(it.p95_ms(), reader), Number(it.p99_ms(), reader)});
  }
  return table;
}

std::vector<InsightTable> Tables(const Insights& response, Reader reader) {
  return {
      Deflection(response, reader),
      Weeks(response, reader),
      Queries("queries", "Most frequent queries", response.queries(), reader),
      Queries("no_results", "Queries without results", response.no_results(),
              reader),
      Queries("no_clicks", "Queries with results that nobody clicked",
              response.no_clicks(), reader),
      Queries("rescued", "Queries that had to be mended", response.rescued(),
              reader),
      Queries("suggested_but_submitted",
              "Tickets submitted although articles were suggested",
              response.suggested_but_submitted(), reader),
      ContentGaps(response, reader),
      Articles(response),
      ArticleDeflection(response, reader),
      Latency(response, reader),
  };
}

// At most kMaxCell columns wide, cut between characters.
std::string Cell(const std::string& text) {
  const std::string whole = Printable(text);
  if (DisplayWidth(whole) <= kMaxCell) return whole;
  std::string cut;
  for (size_t begin = 0; begin < whole.size();) {
    size_t end = begin + 1;
    while (end < whole.size() &&
           (static_cast<unsigned char>(whole[end]) & 0xc0) == 0x80) {
      ++end;
    }
    if (DisplayWidth(whole.substr(0, end)) >= kMaxCell) break;
    cut = whole.substr(0, end);
    begin = end;
  }
  return cut + "…";
}

bool IsNumber(const std::string& cell) {
  return !cell.empty() &&
         std::all_of(cell.begin(), cell.end(), [](unsigned char c) {
           return (c >= '0' && c <= '9') || c == '.';
         });
}

// Columns that are empty throughout are left out; numbers stand to the right.
std::string Text(const InsightTable& table) {
  Rows rows = {table.columns};
  for (const auto& row : table.rows) {
    rows.emplace_back();
    for (const std::string& cell : row) rows.back().push_back(Cell(cell));
  }
  std::vector<std::string> lines(rows.size());
  for (size_t column = 0; column < table.columns.size(); ++column) {
    int width = 0;
    bool is_empty = true;
    bool is_number = true;
    for (size_t i = 0; i < rows.size(); ++i) {
      const std::string& cell = rows[i][column];
      width = std::max(width, DisplayWidth(cell));
      if (i == 0) continue;
      is_empty = is_empty && cell.empty();
      is_number = is_number && (cell.empty() || IsNumber(cell));
    }
    if (is_empty) continue;
    for (size_t i = 0; i < rows.size(); ++i) {
      const std::string& cell = rows[i][column];
      const std::string space(static_cast<size_t>(width - DisplayWidth(cell)),
                              ' ');
      absl::StrAppend(&lines[i], "  ", is_number ? space + cell : cell + space);
    }
  }
  std::string text;
  for (std::string& line : lines) {
    line.erase(line.find_last_not_of(' ') + 1);
    absl::StrAppend(&text, line, "\n");
  }
  return text;
}

std::string CsvCell(const std::string& text) {
  std::string cell = text;
  if (!cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) !=
                           std::string_view::npos) {
    cell.insert(0, "'");
  }
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  return absl::StrCat("\"", absl::StrReplaceAll(cell, {{"\"", "\"\""}}), "\"");
}

}  // namespace

const std::vector<std::string>& InsightListNames() {
  static const std::vector<std::string>* const names = [] {
    auto* made = new std::vector<std::string>;
    for (const InsightTable& table : Tables({}, Reader::kPerson)) {
      made->push_back(table.name);
    }
    return made;
  }();
  return *names;
}

std::string RenderInsights(const v1::GetInsightsResponse& response,
                           const std::string& list, const TextStyle& style) {
  std::string text;
  if (list.empty()) {
    text = absl::StrCat(DayOf(response.since()), " to ",
                        DayOf(response.until()), ": ", response.searches(),
                        " searches, ", response.sessions(), " sessions, ",
                        response.tickets(), " tickets\n");
  }
  for (const InsightTable& table : Tables(response, Reader::kPerson)) {
    if (list.empty() ? table.rows.empty() : table.name != list) continue;
    if (!text.empty()) text += "\n";
    const StyledText heading = {
        absl::StrCat(table.heading, " (", table.name, ")"), Emphasis::kTitle};
    absl::StrAppend(&text, Layout(heading, 0, style), Text(table));
  }
  return text;
}

std::string InsightsCsv(const v1::GetInsightsResponse& response,
                        const std::string& list) {
  std::vector<InsightTable> tables = Tables(response, Reader::kProgram);
  if (!list.empty()) {
    std::erase_if(tables,
                  [&](const InsightTable& it) { return it.name != list; });
  }
  std::vector<std::string> columns;
  for (const InsightTable& table : tables) {
    for (const std::string& column : table.columns) {
      if (std::find(columns.begin(), columns.end(), column) == columns.end()) {
        columns.push_back(column);
      }
    }
  }
  std::string csv = absl::StrCat("list,", absl::StrJoin(columns, ","), "\r\n");
  for (const InsightTable& table : tables) {
    for (const auto& row : table.rows) {
      csv += table.name;
      for (const std::string& column : columns) {
        const auto place =
            std::find(table.columns.begin(), table.columns.end(), column);
        csv += ",";
        if (place == table.columns.end()) continue;
        csv += CsvCell(row[static_cast<size_t>(place - table.columns.begin())]);
      }
      csv += "\r\n";
    }
  }
  return csv;
}

}  // namespace kbsearch::cli
