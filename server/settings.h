// The program's settings: each by flag, environment or file, in that order of
// precedence, from one table.
#ifndef KBSEARCH_SERVER_SETTINGS_H_
#define KBSEARCH_SERVER_SETTINGS_H_

#include <functional>
#include <map>
#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "server/events/event_recorder.h"

namespace kbsearch::server {

// A row of the table. `name` "log-level" is --log-level, KBSEARCH_LOG_LEVEL and
// the file's key log-level.
struct SettingInfo {
  const char* name;
  const char* value_name;  // "DIR"
  const char* default_value;
  const char* help;
};
std::span<const SettingInfo> SettingTable();
std::string EnvironmentName(const SettingInfo& setting);

struct Settings {
  std::string data;
  std::string listen;
  std::string http;  // empty: no HTTP
  std::string tokens;
  bool anonymous_portal = false;
  std::string cors_origins;
  std::string ticket_webhook;
  int workers = 0;
  int queue = 0;
  double suggest_min_confidence = 0;
  bool rank_by_use = true;
  events::EventOptions events;
  std::string log_level;
  std::string indexer;
  int keep = 0;
  int merge_after = 0;
};

// `flags` holds those given. The file is named by "config" (flag or
// environment): YAML, a map of setting to value. InvalidArgument names the
// setting, where it was set, and what is accepted.
absl::StatusOr<Settings> ResolveSettings(
    const std::map<std::string, std::string>& flags,
    const std::function<const char*(const char*)>& get_environment);

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_SETTINGS_H_
