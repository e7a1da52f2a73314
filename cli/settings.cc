#include "cli/settings.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/file.h"

namespace kbsearch::cli {
namespace {

constexpr SettingInfo kSettings[] = {
    {"server", "HOST:PORT", "KBSEARCH_SERVER", "127.0.0.1:50051",
     "the server's gRPC address"},
    {"token", "TOKEN", "KBSEARCH_TOKEN", "",
     "the caller's token (others on this machine can see flags: prefer "
     "--token-file)"},
    {"token-file", "FILE", "KBSEARCH_TOKEN_FILE", "",
     "file that holds the token"},
    {"timeout", "SECONDS", "KBSEARCH_TIMEOUT", "30",
     "how long to wait for one answer"},
    {"config", "FILE", "KBSEARCH_CLI_CONFIG", "",
     "YAML file of settings, by these names"},
};

constexpr uint64_t kMaxFileBytes = 1 << 20;

struct SourcedValue {
  std::string value;
  std::string source;  // "--server", "KBSEARCH_SERVER", "FILE: server"
  int level = 3;       // 0 flag, 1 environment, 2 file, 3 default
};

absl::StatusOr<std::map<std::string, std::string>> ReadSettingsFile(
    const std::string& path) {
  absl::StatusOr<std::string> text = ReadFile(path, kMaxFileBytes);
  if (!text.ok()) return text.status();
  std::map<std::string, std::string> values;
  try {
    const YAML::Node root = YAML::Load(*text);
    if (root.IsNull()) return values;
    if (!root.IsMap()) {
      return absl::InvalidArgumentError(absl::StrCat(
          path, ": not a map of settings, as in 'server: HOST:PORT'"));
    }
    for (const auto& pair : root) {
      const auto name = pair.first.as<std::string>();
      const bool known =
          name != "config" &&
          std::any_of(std::begin(kSettings), std::end(kSettings),
                      [&](const SettingInfo& row) { return name == row.name; });
      if (!known || !pair.second.IsScalar()) {
        return absl::InvalidArgumentError(
            absl::StrCat(path, ":", pair.first.Mark().line + 1, ": '", name,
                         known ? "' needs one value" : "' is not a setting",
                         "; see kbsearch search --help"));
      }
      values[name] = pair.second.Scalar();
    }
  } catch (const YAML::Exception& error) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, ":", std::max(0, error.mark.line) + 1, ": ", error.msg));
  }
  return values;
}

// Looks a setting up where it may be set.
class Resolver {
 public:
  Resolver(const std::map<std::string, std::string>& flags,
           const std::function<const char*(const char*)>& get_variable)
      : flags_(flags), get_variable_(get_variable) {}

  absl::Status ReadFile() {
    const SourcedValue config = Get("config");
    if (config.value.empty()) return absl::OkStatus();
    auto values = ReadSettingsFile(config.value);
    if (!values.ok()) {
      return absl::Status(
          values.status().code(),
          absl::StrCat(config.source, ": ", values.status().message()));
    }
    file_ = *std::move(values);
    file_name_ = config.value;
    return absl::OkStatus();
  }

  SourcedValue Get(const std::string& name) const {
    const SettingInfo& row =
        *std::find_if(std::begin(kSettings), std::end(kSettings),
                      [&](const SettingInfo& one) { return name == one.name; });
    if (const auto flag = flags_.find(name); flag != flags_.end()) {
      return {flag->second, absl::StrCat("--", name), 0};
    }
    if (const char* value = get_variable_(row.environment);
        value != nullptr && *value != '\0') {
      return {value, row.environment, 1};
    }
    if (const auto line = file_.find(name); line != file_.end()) {
      return {line->second, absl::StrCat(file_name_, ": ", name), 2};
    }
    return {row.default_value, absl::StrCat("--", name), 3};
  }

 private:
  const std::map<std::string, std::string>& flags_;
  const std::function<const char*(const char*)>& get_variable_;
  std::map<std::string, std::string> file_;
  std::string file_name_;
};

absl::Status NotAccepted(const SourcedValue& setting,
                         absl::string_view accepted) {
  return absl::InvalidArgumentError(absl::StrCat(
      setting.source, ": '", setting.value, "' is not ", accepted));
}

absl::StatusOr<std::string> ParseServer(const SourcedValue& setting) {
  const size_t colon = setting.value.rfind(':');
  int port = 0;
  if (absl::StartsWith(setting.value, "unix:")) return setting.value;
  if (colon == std::string::npos || colon == 0 ||
      !absl::SimpleAtoi(setting.value.substr(colon + 1), &port) || port < 1 ||
      port > 65535) {
    return NotAccepted(setting, "an address such as 127.0.0.1:50051");
  }
  return setting.value;
}

absl::StatusOr<std::chrono::milliseconds> ParseTimeout(
    const SourcedValue& setting) {
  double seconds = 0;
  if (!absl::SimpleAtod(setting.value, &seconds) || !std::isfinite(seconds) ||
      seconds < 0.001 || seconds > 86400) {
    return NotAccepted(setting, "a number of seconds from 0.001 to 86400");
  }
  return std::chrono::milliseconds(static_cast<int64_t>(seconds * 1000));
}

// A token goes into a header: visible ASCII only.
absl::StatusOr<std::string> CheckToken(std::string token,
                                       const std::string& source) {
  for (const char c : token) {
    if (!absl::ascii_isgraph(static_cast<unsigned char>(c))) {
      return absl::InvalidArgumentError(
          absl::StrCat(source,
                       ": a token has no spaces and no letters "
                       "outside ASCII; give the token alone"));
    }
  }
  return token;
}

absl::StatusOr<std::string> ResolveToken(const Resolver& resolver) {
  const SourcedValue token = resolver.Get("token");
  const SourcedValue file = resolver.Get("token-file");
  if (token.level == file.level && token.level < 3) {
    return absl::InvalidArgumentError(absl::StrCat(
        token.source, " and ", file.source, " are both set; give one"));
  }
  if (token.level <= file.level || file.value.empty()) {
    return CheckToken(token.value, token.source);
  }
  absl::StatusOr<std::string> content = ReadFile(file.value, kMaxFileBytes);
  if (!content.ok()) {
    return absl::Status(
        content.status().code(),
        absl::StrCat(file.source, ": ", content.status().message()));
  }
  std::string text(absl::StripAsciiWhitespace(*content));
  if (text.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(file.source, ": ", file.value, " is empty"));
  }
  return CheckToken(std::move(text), file.source);
}

}  // namespace

std::span<const SettingInfo> SettingTable() { return kSettings; }

absl::StatusOr<Settings> ResolveSettings(
    const std::map<std::string, std::string>& flags,
    const std::function<const char*(const char*)>& get_variable) {
  Resolver resolver(flags, get_variable);
  if (absl::Status status = resolver.ReadFile(); !status.ok()) return status;
  absl::StatusOr<std::string> server = ParseServer(resolver.Get("server"));
  if (!server.ok()) return server.status();
  absl::StatusOr<std::chrono::milliseconds> timeout =
      ParseTimeout(resolver.Get("timeout"));
  if (!timeout.ok()) return timeout.status();
  absl::StatusOr<std::string> token = ResolveToken(resolver);
  if (!token.ok()) return token.status();
  return Settings{*std::move(server), *std::move(token), *timeout};
}

}  // namespace kbsearch::cli
