// Hands tickets that visitors write on the page to the help desk, by HTTP.
//
// The page sends, and the webhook gets, one JSON object:
//   {"corpus":"helpdesk","language_code":"en","subject":"…","body":"…",
//    "email":"visitor@shop.example","suggestion_id":"…","session_id":"…"}
#ifndef KBSEARCH_SERVER_HTTP_TICKET_WEBHOOK_H_
#define KBSEARCH_SERVER_HTTP_TICKET_WEBHOOK_H_

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kbsearch::server {

// A page's ticket as the webhook gets it: the fields above and no others.
// InvalidArgument names the field and what is accepted. Subject, body and email
// are required.
absl::StatusOr<std::string> CheckTicket(const std::string& json);

// Thread-safe.
class TicketWebhook {
 public:
  // InvalidArgument: not an http:// or https:// address.
  static absl::StatusOr<std::unique_ptr<TicketWebhook>> Make(
      const std::string& url);
  ~TicketWebhook() { Stop(); }

  // Ends what is being sent, answers what waits and what comes UNAVAILABLE.
  // Idempotent; not from `done`.
  void Stop();

  using Done = std::function<void(const absl::Status&)>;
  // `done` is called once, from another thread or this one. Unavailable: the
  // webhook cannot be reached, or does not answer with a 2xx status.
  // ResourceExhausted: too many tickets wait. A ticket is sent once only: what
  // failed may have arrived, and the visitor decides.
  void Send(std::string json, Done done);

 private:
  struct Waiting {
    std::string json;
    Done done;
  };

  explicit TicketWebhook(std::string url);
  void Run();

  const std::string url_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  bool stopping_ = false;        // guarded by mutex_
  std::deque<Waiting> waiting_;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_HTTP_TICKET_WEBHOOK_H_
