#include "indexer/text/timestamp.h"

#include <chrono>

namespace kbsearch::indexer {
namespace {

// Takes `count` digits, then `separator` unless that is 0.
bool TakeNumber(std::string_view* text, size_t count, char separator,
                int* number) {
  if (text->size() < count) return false;
  *number = 0;
  for (size_t i = 0; i < count; ++i) {
    const char c = (*text)[i];
    if (c < '0' || c > '9') return false;
    *number = *number * 10 + (c - '0');
  }
  text->remove_prefix(count);
  if (separator == 0) return true;
  if (text->empty() || text->front() != separator) return false;
  text->remove_prefix(1);
  return true;
}

bool TakeTime(std::string_view* text, int64_t* seconds) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!TakeNumber(text, 2, ':', &hour) || !TakeNumber(text, 2, 0, &minute)) {
    return false;
  }
  if (text->starts_with(':')) {
    text->remove_prefix(1);
    if (!TakeNumber(text, 2, 0, &second)) return false;
  }
  if (hour > 23 || minute > 59 || second > 60) return false;
  if (text->starts_with('.')) {
    text->remove_prefix(1);
    const size_t digits = text->find_first_not_of("0123456789");
    if (digits == 0 || text->empty()) return false;
    text->remove_prefix(digits == std::string_view::npos ? text->size()
                                                         : digits);
  }
  *seconds = hour * 3600 + minute * 60 + second;
  return true;
}

bool TakeOffset(std::string_view text, int64_t* seconds) {
  *seconds = 0;
  if (text.empty() || text == "Z" || text == "z") return true;
  const int sign = text.front() == '-' ? -1 : 1;
  if (text.front() != '+' && text.front() != '-') return false;
  text.remove_prefix(1);
  int hour = 0;
  int minute = 0;
  const char separator = text.size() == 5 ? ':' : '\0';
  if (!TakeNumber(&text, 2, separator, &hour) ||
      !TakeNumber(&text, 2, 0, &minute) || !text.empty() || hour > 23 ||
      minute > 59) {
    return false;
  }
  *seconds = sign * (hour * 3600 + minute * 60);
  return true;
}

}  // namespace

std::optional<int64_t> ParseTimestamp(std::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (!TakeNumber(&text, 4, '-', &year) || !TakeNumber(&text, 2, '-', &month) ||
      !TakeNumber(&text, 2, 0, &day)) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{
      std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
      std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  const int64_t midnight =
      int64_t{std::chrono::sys_days(date).time_since_epoch().count()} * 86400;
  if (text.empty()) return midnight;
  if (text.front() != 'T' && text.front() != 't' && text.front() != ' ') {
    return std::nullopt;
  }
  text.remove_prefix(1);
  int64_t time = 0;
  int64_t offset = 0;
  if (!TakeTime(&text, &time) || !TakeOffset(text, &offset)) {
    return std::nullopt;
  }
  return midnight + time - offset;
}

}  // namespace kbsearch::indexer
