#include "server/http/ticket_webhook.h"

#include <curl/curl.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/version.h"
#include "server/log.h"

namespace kbsearch::server {
namespace {

constexpr size_t kMaxWaiting = 64;
constexpr long kConnectSeconds = 5;
constexpr long kTotalSeconds = 15;

struct Field {
  const char* name;
  size_t max_bytes;
  bool required;
};
constexpr Field kFields[] = {
    {"corpus", 200, false},     {"language_code", 35, false},
    {"subject", 2000, true},    {"body", 200000, true},
    {"email", 254, true},       {"suggestion_id", 100, false},
    {"session_id", 100, false},
};

bool LooksLikeEmail(const std::string& text) {
  const size_t at = text.find('@');
  return at != std::string::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string::npos &&
         std::none_of(text.begin(), text.end(),
                      [](unsigned char c) { return c <= ' ' || c == 0x7f; });
}

absl::Status Stopping() {
  return absl::UnavailableError("the server is stopping");
}

size_t DropBody(char* /*data*/, size_t size, size_t count, void* /*closure*/) {
  return size * count;
}

absl::Status Post(CURL* curl, const std::string& url, const std::string& json) {
  curl_easy_reset(curl);
  curl_slist* headers =
      curl_slist_append(nullptr, "content-type: application/json");
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_USERAGENT,
                   absl::StrCat("kbsearch/", kVersion).c_str());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(json.size()));
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, json.data());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &DropBody);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, kTotalSeconds);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  const CURLcode code = curl_easy_perform(curl);
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  curl_slist_free_all(headers);
  if (code != CURLE_OK) {
    return absl::UnavailableError(
        absl::StrCat("the ticket webhook: ", curl_easy_strerror(code)));
  }
  if (status / 100 != 2) {
    return absl::UnavailableError(
        absl::StrCat("the ticket webhook answered with status ", status));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> CheckTicket(const std::string& json) {
  const auto given = nlohmann::json::parse(json, nullptr, false);
  if (!given.is_object()) {
    return absl::InvalidArgumentError("the ticket is not a JSON object");
  }
  nlohmann::json ticket;
  for (const Field& field : kFields) {
    const auto value = given.find(field.name);
    std::string text;
    if (value != given.end()) {
      if (!value->is_string()) {
        return absl::InvalidArgumentError(
            absl::StrCat(field.name, ": a string is wanted"));
      }
      text = value->get<std::string>();
    }
    if (text.size() > field.max_bytes) {
      return absl::InvalidArgumentError(absl::StrCat(
          field.name, ": at most ", field.max_bytes, " bytes are accepted"));
    }
    if (field.required &&
        text.find_first_not_of(" \t\r\n") == std::string::npos) {
      return absl::InvalidArgumentError(absl::StrCat(field.name, ": required"));
    }
    ticket[field.name] = std::move(text);
  }
  if (!LooksLikeEmail(ticket["email"].get<std::string>())) {
    return absl::InvalidArgumentError(
        "email: not an address, as in a@b.example");
  }
  return ticket.dump();
}

absl::StatusOr<std::unique_ptr<TicketWebhook>> TicketWebhook::Make(
    const std::string& url) {
  if (!absl::StartsWith(url, "http://") && !absl::StartsWith(url, "https://")) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", url, "' is not an http:// or https:// address"));
  }
  return std::unique_ptr<TicketWebhook>(new TicketWebhook(url));
}

TicketWebhook::TicketWebhook(std::string url)
    : url_(std::move(url)), thread_([this] { Run(); }) {}

void TicketWebhook::Stop() {
  std::deque<Waiting> left;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
    left.swap(waiting_);
  }
  arrived_.notify_all();
  if (thread_.joinable()) thread_.join();
  for (const Waiting& ticket : left) ticket.done(Stopping());
}

void TicketWebhook::Send(std::string json, Done done) {
  absl::Status refused;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (stopping_) {
      refused = Stopping();
    } else if (waiting_.size() >= kMaxWaiting) {
      refused = absl::ResourceExhaustedError(
          "too many tickets are waiting for the help desk; try again later");
    } else {
      waiting_.push_back({std::move(json), std::move(done)});
      arrived_.notify_all();
      return;
    }
  }
  done(refused);
}

void TicketWebhook::Run() {
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)initialised;
  CURL* curl = curl_easy_init();
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    arrived_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (stopping_) break;
    Waiting ticket = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    const absl::Status status = Post(curl, url_, ticket.json);
    if (!status.ok()) {
      spdlog::error("event=ticket_not_sent detail={}",
                    LogValue(std::string(status.message())));
    }
    ticket.done(status);
    lock.lock();
  }
  lock.unlock();
  curl_easy_cleanup(curl);
}

}  // namespace kbsearch::server
