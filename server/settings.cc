#include "server/settings.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "base/file.h"
#include "base/setting_names.h"
#include "server/http/socket_address.h"

namespace kbsearch::server {
namespace {

constexpr uint64_t kMaxFileBytes = 1 << 20;

constexpr SettingInfo kTable[] = {
    {"data", "DIR", "", "data folder that kbsearch-indexer built; required"},
    {"listen", "HOST:PORT", "127.0.0.1:50051", "address of the gRPC port"},
    {"http", "HOST:PORT", "127.0.0.1:8080",
     "address of the HTTP port (portal, Connect API, metrics); \"off\": none"},
    {"tokens", "FILE", "",
     "token file; without one every caller is a portal, on loopback only"},
    {"anonymous-role", "ROLE", "none",
     "with a token file, who callers without a token are: portal or none"},
    {"cors-origins", "LIST", "",
     "other sites whose pages may call the HTTP port: https://HOST, with "
     "commas, or *"},
    {"ticket-webhook", "URL", "",
     "where tickets of the page's form are sent as JSON; none: not taken"},
    {"workers", "N", "0", "searching threads; 0: one per core"},
    {"queue", "N", "128", "requests that may wait for a worker"},
    {"suggest-min-confidence", "SHARE", "0.4",
     "suggest no article for a ticket that answers it with less probability; "
     "0: suggest always (docs/suggestions.md)"},
    {"indexer", "FILE", "",
     "kbsearch-indexer, for reindexing; default: beside this program"},
    {"keep", "N", "2", "earlier generations kept by a reindex, for a rollback"},
    {"merge-after", "N", "2000",
     "changed articles from which on a new generation is built; 0: never"},
    {"events", "WHERE", "on",
     "where searches and their outcomes are recorded: \"on\": in the data "
     "folder; \"off\"; a file; or a PostgreSQL database, postgresql://…"},
    {"events-key", "FILE", "",
     "key of the queries' hash, made when missing; default: in the data "
     "folder; the same for servers that share a database"},
    {"events-flush-ms", "N", "1000",
     "how often events are stored: what a kill can lose"},
    {"events-days", "N", "400", "days that events are kept; 0: for ever"},
    {"events-text", "on|off", "off",
     "store what was searched for, personal data masked"},
    {"events-callers", "WHOSE", "portal",
     "whose searches are recorded: \"portal\": customers'; \"all\""},
    {"rank-by-use", "on|off", "on",
     "let clicks and ratings move articles a little (docs/insights.md)"},
    {"log-level", "LEVEL", "info", "debug, info, warning or error"},
    {"config", "FILE", "", "YAML file of settings, by these names"},
};

// A value and, for messages, where it came from.
struct Sourced {
  std::string value;
  std::string source;
};

absl::Status Invalid(const Sourced& setting, const std::string& wanted) {
  return absl::InvalidArgumentError(
      absl::StrCat(setting.source, ": '", setting.value, "' is not ", wanted));
}

absl::StatusOr<std::map<std::string, Sourced>> ReadSettingsFile(
    const std::string& path) {
  absl::StatusOr<std::string> content = ReadFile(path, kMaxFileBytes);
  if (!content.ok()) return content.status();
  std::map<std::string, Sourced> values;
  YAML::Node root;
  try {
    root = YAML::Load(*content);
  } catch (const YAML::Exception& error) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, ":", std::max(0, error.mark.line) + 1, ": ", error.msg));
  }
  if (root.IsNull()) return values;
  if (!root.IsMap()) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": not a map of settings, as in 'data: DIR'",
                     content->find('=') != std::string::npos
                         ? "; 'data = DIR' is for kbsearch-indexer alone"
                         : ""));
  }
  for (const auto& pair : root) {
    const std::string name = pair.first.IsScalar() ? pair.first.Scalar() : "";
    const std::string where =
        absl::StrCat(path, ":", pair.first.Mark().line + 1, ": ", name);
    const bool known =
        std::any_of(std::begin(kTable), std::end(kTable),
                    [&](const SettingInfo& row) { return name == row.name; });
    // kbsearch-indexer reads the file too.
    if (!known && IsNamed(name, kIndexerSettingNames)) continue;
    if (!known || name == "config") {
      return absl::InvalidArgumentError(
          absl::StrCat(where, ": not a setting; see kbsearch-server --help"));
    }
    if (!pair.second.IsScalar()) {
      return absl::InvalidArgumentError(
          absl::StrCat(where, ": one value is wanted"));
    }
    values[name] = {pair.second.Scalar(), where};
  }
  return values;
}

// By precedence; the file's values stand below the rest.
class Resolver {
 public:
  Resolver(const std::map<std::string, std::string>& flags,
           const std::function<const char*(const char*)>& get_environment)
      : flags_(flags), get_environment_(get_environment) {}

  absl::Status ReadFileIfNamed() {
    const Sourced config = Get("config");
    if (config.value.empty()) return absl::OkStatus();
    absl::StatusOr<std::map<std::string, Sourced>> file =
        ReadSettingsFile(config.value);
    if (!file.ok()) return file.status();
    file_ = *std::move(file);
    return absl::OkStatus();
  }

  Sourced Get(const std::string& name) const {
    const SettingInfo& row =
        *std::find_if(std::begin(kTable), std::end(kTable),
                      [&](const SettingInfo& r) { return name == r.name; });
    if (const auto it = flags_.find(name); it != flags_.end()) {
      return {it->second, absl::StrCat("--", name)};
    }
    const std::string variable = EnvironmentName(row);
    if (const char* value = get_environment_(variable.c_str());
        value != nullptr && *value != '\0') {
      return {value, variable};
    }
    if (const auto it = file_.find(name); it != file_.end()) return it->second;
    return {row.default_value, absl::StrCat("--", name)};
  }

 private:
  const std::map<std::string, std::string>& flags_;
  const std::function<const char*(const char*)>& get_environment_;
  std::map<std::string, Sourced> file_;
};

absl::Status ParseNumber(const Sourced& setting, int least, int most,
                         int* out) {
  if (absl::SimpleAtoi(setting.value, out) && *out >= least && *out <= most) {
    return absl::OkStatus();
  }
  return Invalid(setting, absl::StrCat("a number from ", least, " to ", most));
}

absl::Status ParseShare(const Sourced& setting, double* out) {
  // Written so that "nan" fails.
  if (absl::SimpleAtod(setting.value, out) && *out >= 0 && *out <= 1) {
    return absl::OkStatus();
  }
  return Invalid(setting, "a number from 0 to 1");
}

absl::Status ParseChoice(const Sourced& setting, const char* yes,
                         const char* no, bool* out) {
  *out = setting.value == yes;
  if (*out || setting.value == no) return absl::OkStatus();
  return Invalid(setting, absl::StrCat("\"", yes, "\" or \"", no, "\""));
}

// Of events the location and key may depend on the data folder.
absl::Status ResolveEvents(const Resolver& resolver, const std::string& data,
                           events::EventOptions* events) {
  const std::string where = resolver.Get("events").value;
  if (where != "off") {
    events->location = where == "on" || where.empty()
                           ? absl::StrCat(data, "/events.sqlite")
                           : where;
  }
  events->key_file = resolver.Get("events-key").value;
  if (events->key_file.empty()) {
    events->key_file = absl::StrCat(data, "/events.key");
  }
  int flush_ms = 0;
  absl::Status status =
      ParseNumber(resolver.Get("events-flush-ms"), 10, 60000, &flush_ms);
  events->flush_interval = std::chrono::milliseconds(flush_ms);
  status.Update(ParseNumber(resolver.Get("events-days"), 0, 36500,
                            &events->retention_days));
  status.Update(ParseChoice(resolver.Get("events-text"), "on", "off",
                            &events->keep_text));
  status.Update(ParseChoice(resolver.Get("events-callers"), "all", "portal",
                            &events->all_callers));
  return status;
}

absl::Status CheckAddress(const Sourced& setting) {
  absl::Status status = ParseSocketAddress(setting.value).status();
  if (status.ok()) return status;
  return absl::InvalidArgumentError(
      absl::StrCat(setting.source, ": ", status.message()));
}

}  // namespace

std::span<const SettingInfo> SettingTable() { return kTable; }

std::string EnvironmentName(const SettingInfo& setting) {
  return absl::StrCat("KBSEARCH_", absl::AsciiStrToUpper(absl::StrReplaceAll(
                                       setting.name, {{"-", "_"}})));
}

absl::StatusOr<Settings> ResolveSettings(
    const std::map<std::string, std::string>& flags,
    const std::function<const char*(const char*)>& get_environment) {
  Resolver resolver(flags, get_environment);
  absl::Status status = resolver.ReadFileIfNamed();
  if (!status.ok()) return status;
  Settings settings;
  settings.data = resolver.Get("data").value;
  if (settings.data.empty()) {
    return absl::InvalidArgumentError(
        "--data DIR is required: the folder that kbsearch-indexer built");
  }
  const Sourced listen = resolver.Get("listen");
  const Sourced http = resolver.Get("http");
  const bool has_http = !http.value.empty() && http.value != "off";
  status.Update(CheckAddress(listen));
  if (has_http) status.Update(CheckAddress(http));
  status.Update(
      ParseNumber(resolver.Get("workers"), 0, 1024, &settings.workers));
  status.Update(
      ParseNumber(resolver.Get("queue"), 1, 1000000, &settings.queue));
  status.Update(ParseNumber(resolver.Get("keep"), 0, 100, &settings.keep));
  status.Update(ParseNumber(resolver.Get("merge-after"), 0, 1000000000,
                            &settings.merge_after));
  const Sourced anonymous = resolver.Get("anonymous-role");
  settings.anonymous_portal = anonymous.value == "portal";
  if (!settings.anonymous_portal && anonymous.value != "none") {
    status.Update(Invalid(anonymous, "portal or none"));
  }
  status.Update(ParseShare(resolver.Get("suggest-min-confidence"),
                           &settings.suggest_min_confidence));
  status.Update(ParseChoice(resolver.Get("rank-by-use"), "on", "off",
                            &settings.rank_by_use));
  status.Update(ResolveEvents(resolver, settings.data, &settings.events));
  if (!status.ok()) return status;
  settings.indexer = resolver.Get("indexer").value;
  settings.listen = listen.value;
  settings.http = has_http ? http.value : "";
  settings.tokens = resolver.Get("tokens").value;
  settings.cors_origins = resolver.Get("cors-origins").value;
  settings.ticket_webhook = resolver.Get("ticket-webhook").value;
  settings.log_level = resolver.Get("log-level").value;
  return settings;
}

}  // namespace kbsearch::server
