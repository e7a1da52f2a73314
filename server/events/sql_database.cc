#include "server/events/sql_database.h"

#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace kbsearch::server::events {

int64_t AsInt(const SqlValue& value) {
  if (const auto* number = std::get_if<int64_t>(&value)) return *number;
  return static_cast<int64_t>(AsDouble(value));
}

double AsDouble(const SqlValue& value) {
  if (const auto* number = std::get_if<int64_t>(&value)) {
    return static_cast<double>(*number);
  }
  if (const auto* number = std::get_if<double>(&value)) return *number;
  return 0;
}

std::string AsText(const SqlValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text == nullptr ? std::string() : *text;
}

bool IsPostgres(std::string_view location) {
  const absl::string_view text(location.data(), location.size());
  return absl::StartsWith(text, "postgresql:") ||
         absl::StartsWith(text, "postgres:");
}

absl::StatusOr<std::unique_ptr<SqlDatabase>> OpenDatabase(
    const std::string& location) {
  return IsPostgres(location) ? OpenPostgres(location) : OpenSqlite(location);
}

}  // namespace kbsearch::server::events
