// Settings that hold for every command: by flag, environment or file, in that
// order of precedence, from one table.
#ifndef KBSEARCH_CLI_SETTINGS_H_
#define KBSEARCH_CLI_SETTINGS_H_

#include <chrono>
#include <functional>
#include <map>
#include <span>
#include <string>

#include "absl/status/statusor.h"

namespace kbsearch::cli {

// A row of the table. `name` "token-file" is --token-file, KBSEARCH_TOKEN_FILE
// and the file's key token-file.
struct SettingInfo {
  const char* name;
  const char* value_name;  // "FILE"
  const char* environment;
  const char* default_value;
  const char* help;
};
std::span<const SettingInfo> SettingTable();

struct Settings {
  std::string server;  // "host:port"
  std::string token;   // empty: none is sent
  std::chrono::milliseconds timeout{0};
};

// `flags` holds those given. The settings file (setting "config") is YAML, a
// map of setting to value. InvalidArgument and NotFound name the setting, where
// it was set and what is accepted. A token and a token file set at the same
// level contradict each other: InvalidArgument.
absl::StatusOr<Settings> ResolveSettings(
    const std::map<std::string, std::string>& flags,
    const std::function<const char*(const char*)>& get_variable);

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_SETTINGS_H_
