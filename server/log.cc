#include "server/log.h"

#include <google/protobuf/stubs/logging.h>
#include <grpc/support/log.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace kbsearch::server {
namespace {

void LogFromGrpc(gpr_log_func_args* args) {
  // gRPC calls things errors (a refused port, a client gone) that the server
  // reports in its own words or not at all.
  const auto level = args->severity == GPR_LOG_SEVERITY_ERROR
                         ? spdlog::level::warn
                         : spdlog::level::debug;
  spdlog::log(level, "event=grpc detail={}", LogValue(args->message));
}

// Of requests that are no messages; their senders are told.
void LogFromProtobuf(google::protobuf::LogLevel /*level*/, const char* /*file*/,
                     int /*line*/, const std::string& message) {
  spdlog::debug("event=protobuf detail={}", LogValue(message));
}

bool IsPlain(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '.' ||
         c == '_' || c == ':' || c == '/' || c == '-';
}

}  // namespace

absl::Status InitLogging(const std::string& level) {
  const auto parsed = spdlog::level::from_str(level);
  if (parsed == spdlog::level::off && level != "off") {
    return absl::InvalidArgumentError(absl::StrCat(
        "log level '", level, "': use debug, info, warning or error"));
  }
  auto logger = std::make_shared<spdlog::logger>(
      "kbsearch", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern("time=%Y-%m-%dT%H:%M:%S.%eZ level=%l %v",
                      spdlog::pattern_time_type::utc);
  logger->set_level(parsed);
  logger->flush_on(spdlog::level::warn);
  spdlog::set_default_logger(std::move(logger));
  gpr_set_log_function(&LogFromGrpc);
  google::protobuf::SetLogHandler(&LogFromProtobuf);
  return absl::OkStatus();
}

std::string LogValue(std::string_view value) {
  bool plain = !value.empty();
  for (char c : value) plain = plain && IsPlain(c);
  if (plain) return std::string(value);
  std::string quoted = "\"";
  for (char c : value) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (absl::ascii_iscntrl(static_cast<unsigned char>(c))) {
      // A line break would let a value pass for a line of its own.
      quoted += ' ';
    } else {
      quoted += c;
    }
  }
  quoted += '"';
  return quoted;
}

}  // namespace kbsearch::server
