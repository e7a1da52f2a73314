#include "server/http/connection_watch.h"

#include <sys/socket.h>

#include <utility>
#include <vector>

namespace kbsearch::server {
namespace {

constexpr std::chrono::milliseconds kInterval{500};

// Whether the other side has closed its end.
bool HasLeft(int socket) {
  char byte;
  return recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

}  // namespace

ConnectionWatch::ConnectionWatch(std::chrono::seconds receive_limit,
                                 std::chrono::seconds send_limit)
    : receive_limit_(receive_limit),
      send_limit_(send_limit),
      thread_([this] { Run(); }) {}

ConnectionWatch::~ConnectionWatch() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  thread_.join();
}

void ConnectionWatch::SetDue(MHD_Connection* connection, Clock::time_point due,
                             const std::shared_ptr<HttpStream>& stream) {
  std::lock_guard<std::mutex> lock(mutex_);
  const auto it = watched_.find(connection);
  if (it == watched_.end()) return;
  it->second.due = due;
  it->second.stream = stream;
}

void ConnectionWatch::Opened(MHD_Connection* connection, int socket) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    watched_[connection].socket = socket;
  }
  Receiving(connection);
}

void ConnectionWatch::Receiving(MHD_Connection* connection) {
  SetDue(connection, Clock::now() + receive_limit_, nullptr);
}

void ConnectionWatch::Answering(MHD_Connection* connection) {
  SetDue(connection, Clock::time_point::max(), nullptr);
}

void ConnectionWatch::Sending(MHD_Connection* connection,
                              const std::shared_ptr<HttpStream>& stream) {
  SetDue(
      connection,
      stream != nullptr ? Clock::time_point::max() : Clock::now() + send_limit_,
      stream);
}

void ConnectionWatch::Closed(MHD_Connection* connection) {
  std::lock_guard<std::mutex> lock(mutex_);
  watched_.erase(connection);
}

void ConnectionWatch::Run() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!stop_.wait_for(lock, kInterval, [this] { return stopping_; })) {
    lock.unlock();
    Sweep(Clock::now());
    lock.lock();
  }
}

void ConnectionWatch::Sweep(Clock::time_point now) {
  // Told after the lock is free: who is told may end the connection.
  std::vector<std::shared_ptr<HttpStream>> left;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    for (auto& [connection, watched] : watched_) {
      if (watched.due <= now) {
        shutdown(watched.socket, SHUT_RDWR);
        watched.due = Clock::time_point::max();
      }
      std::shared_ptr<HttpStream> stream = watched.stream.lock();
      if (stream != nullptr && HasLeft(watched.socket)) {
        left.push_back(std::move(stream));
      }
    }
  }
  for (const std::shared_ptr<HttpStream>& stream : left) stream->ClientGone();
}

}  // namespace kbsearch::server
