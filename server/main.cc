// kbsearch-server: serves the corpora of a data folder over gRPC and HTTP.
#include <signal.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "analyzers/registry.h"
#include "base/version.h"
#include "engine/library.h"
#include "server/log.h"
#include "server/server.h"
#include "server/settings.h"
#include "server/token_table.h"

namespace kbsearch::server {
namespace {

constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;

int Fail(const absl::Status& status, int exit_status) {
  std::fprintf(stderr, "kbsearch-server: %s\n",
               std::string(status.message()).c_str());
  return exit_status;
}

// Before any thread is started, so that all of them inherit it.
sigset_t BlockSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

void ReloadTokens(Server& server, const std::string& token_file) {
  const absl::Status status = server.ReloadTokens();
  if (status.ok()) {
    spdlog::info("event=tokens_reloaded file={}", LogValue(token_file));
    return;
  }
  const std::string message(status.message());
  spdlog::error("event=tokens_kept detail={}", LogValue(message));
}

// Until SIGTERM or SIGINT.
void WaitForSignals(const sigset_t& signals, Server& server,
                    const std::string& token_file) {
  while (true) {
    int signal = 0;
    if (sigwait(&signals, &signal) != 0) continue;
    if (signal != SIGHUP) {
      spdlog::info("event=stopping signal={}",
                   signal == SIGTERM ? "SIGTERM" : "SIGINT");
      return;
    }
    ReloadTokens(server, token_file);
  }
}

absl::StatusOr<std::shared_ptr<engine::Library>> OpenLibrary(
    const std::string& data,
    std::shared_ptr<const analyzers::Registry> registry) {
  absl::StatusOr<std::shared_ptr<engine::Library>> library =
      engine::Library::Open(data, std::move(registry));
  if (absl::IsNotFound(library.status())) {
    return absl::NotFoundError(
        absl::StrCat("there is no data folder ", data,
                     "; build one with: kbsearch-indexer build --data ", data,
                     " --corpus NAME --source PATH"));
  }
  if (library.ok() && (*library)->ListCorpora().empty()) {
    spdlog::warn(
        "event=no_corpora data={} detail=\"the data folder is empty; build a "
        "corpus with: kbsearch-indexer build\"",
        LogValue(data));
  }
  return library;
}

std::string IndexerBesideThis() {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  return (self.parent_path() / "kbsearch-indexer").string();
}

int Serve(const std::map<std::string, std::string>& flags) {
  absl::StatusOr<Settings> settings =
      ResolveSettings(flags, [](const char* name) { return getenv(name); });
  if (!settings.ok()) return Fail(settings.status(), kWrongUsage);
  if (absl::Status status = InitLogging(settings->log_level); !status.ok()) {
    return Fail(status, kWrongUsage);
  }
  const sigset_t signals = BlockSignals();
  absl::StatusOr<std::shared_ptr<const analyzers::Registry>> registry =
      analyzers::Registry::Load();
  if (!registry.ok()) return Fail(registry.status(), kFailed);

  Server::Options options;
  options.listen = settings->listen;
  options.http = settings->http;
  options.token_file = settings->tokens;
  options.anonymous_portal = settings->anonymous_portal;
  options.cors_origins = settings->cors_origins;
  options.ticket_webhook = settings->ticket_webhook;
  options.workers = settings->workers;
  options.queue_limit = settings->queue;
  options.suggest_min_confidence = settings->suggest_min_confidence;
  options.reindexing.data_dir = settings->data;
  options.reindexing.program =
      settings->indexer.empty() ? IndexerBesideThis() : settings->indexer;
  options.reindexing.keep = settings->keep;
  options.reindexing.merge_after = static_cast<uint64_t>(settings->merge_after);
  options.data_dir = settings->data;
  options.events = settings->events;
  options.rank_by_use = settings->rank_by_use;
  if (settings->tokens.empty()) {
    spdlog::warn(
        "event=no_token_file detail=\"every caller is answered as a portal, "
        "on loopback only; admin calls are refused\"");
  }
  absl::StatusOr<std::unique_ptr<Server>> server = Server::Start(
      options,
      {*registry, [&] { return OpenLibrary(settings->data, *registry); }});
  if (!server.ok()) return Fail(server.status(), kFailed);
  spdlog::info("event=serving version={} data={}", kVersion,
               LogValue(settings->data));
  WaitForSignals(signals, **server, settings->tokens);
  (*server)->Stop();
  spdlog::info("event=stopped");
  return 0;
}

int PrintNewToken(const std::string& name, const std::string& role_name) {
  const std::optional<Role> role = ParseRole(role_name);
  if (!role) {
    return Fail(absl::InvalidArgumentError(absl::StrCat(
                    "--role ", role_name, ": use portal, agent or operator")),
                kWrongUsage);
  }
  absl::StatusOr<NewToken> made = MakeToken(name, *role);
  if (!made.ok()) return Fail(made.status(), kWrongUsage);
  std::cout << "The token, shown this once:\n\n  " << made->token
            << "\n\nAdd to the token file, then send the server a SIGHUP:\n\n"
            << made->yaml_entry;
  return 0;
}

std::string FlagHelp(const SettingInfo& setting) {
  return absl::StrCat(
      setting.help, " [", *setting.default_value == '\0' ? "" : "default ",
      setting.default_value, *setting.default_value == '\0' ? "" : ", ",
      EnvironmentName(setting), "]");
}

int Main(int argc, char** argv) {
  CLI::App app(
      "Serves the corpora of a data folder over gRPC and HTTP.\n"
      "Settings: flag, else environment, else file.");
  app.name("kbsearch-server");
  app.set_version_flag("--version", std::string("kbsearch-server ") + kVersion);
  app.require_subcommand(0, 1);
  std::map<std::string, std::string> values;
  std::map<std::string, CLI::Option*> options;
  for (const SettingInfo& setting : SettingTable()) {
    options[setting.name] =
        app.add_option(absl::StrCat("--", setting.name), values[setting.name],
                       FlagHelp(setting))
            ->type_name(setting.value_name);
  }
  std::string name;
  std::string role;
  CLI::App* new_token = app.add_subcommand(
      "new-token", "Prints a fresh token and its entry for the token file");
  new_token->add_option("--name", name, "who will use it")->required();
  new_token->add_option("--role", role, "portal, agent or operator")
      ->required();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kWrongUsage;
  }
  if (new_token->parsed()) return PrintNewToken(name, role);
  std::map<std::string, std::string> flags;
  for (const auto& [setting, option] : options) {
    if (option->count() > 0) flags[setting] = values[setting];
  }
  return Serve(flags);
}

}  // namespace
}  // namespace kbsearch::server

int main(int argc, char** argv) { return kbsearch::server::Main(argc, argv); }
