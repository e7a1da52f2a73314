#include "cli/time_text.h"

#include <google/protobuf/util/time_util.h>

namespace kbsearch::cli {

bool ParseTime(const std::string& text, google::protobuf::Timestamp* time) {
  const std::string whole =
      text.find('T') == std::string::npos ? text + "T00:00:00Z" : text;
  return google::protobuf::util::TimeUtil::FromString(whole, time);
}

std::string CheckTime(const std::string& text) {
  google::protobuf::Timestamp time;
  return ParseTime(text, &time) ? ""
                                : "'" + text +
                                      "' is no date such as 2026-01-31 or "
                                      "2026-01-31T12:00:00Z";
}

}  // namespace kbsearch::cli
