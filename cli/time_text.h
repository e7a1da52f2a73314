// Times as people write them on a command line.
#ifndef KBSEARCH_CLI_TIME_TEXT_H_
#define KBSEARCH_CLI_TIME_TEXT_H_

#include <google/protobuf/timestamp.pb.h>

#include <string>

namespace kbsearch::cli {

// "2026-01-31" (midnight, UTC) or "2026-01-31T12:00:00Z".
bool ParseTime(const std::string& text, google::protobuf::Timestamp* time);

// Empty, or why the text is no such time: a check of CLI11.
std::string CheckTime(const std::string& text);

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_TIME_TEXT_H_
