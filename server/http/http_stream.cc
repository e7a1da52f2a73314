#include "server/http/http_stream.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace kbsearch::server {

void HttpStream::OnEnd(std::function<void()> ended) {
  std::lock_guard<std::mutex> lock(mutex_);
  ended_callback_ = std::move(ended);
}

void HttpStream::OnWake(std::function<void()> wake) {
  std::lock_guard<std::mutex> lock(mutex_);
  wake_ = std::move(wake);
}

void HttpStream::WakeLocked() {
  if (!waiting_) return;
  waiting_ = false;
  if (!detached_) wake_();
}

void HttpStream::Write(std::string piece) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!detached_) {
      piece_ = std::move(piece);
      read_ = 0;
      WakeLocked();
      return;
    }
  }
  // Nobody will read it; the producer goes on to its end.
  taken_();
}

void HttpStream::End() {
  std::function<void()> ended;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    ended_ = true;
    WakeLocked();
    ended = std::exchange(ended_callback_, nullptr);
  }
  if (ended) ended();
}

ssize_t HttpStream::Read(char* buffer, size_t size,
                         const std::function<void()>& wait) {
  size_t copied = 0;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (piece_.empty()) {
      if (ended_) return -1;
      waiting_ = true;
      wait();
      return 0;
    }
    copied = std::min(size, piece_.size() - read_);
    std::memcpy(buffer, piece_.data() + read_, copied);
    read_ += copied;
    if (read_ < piece_.size()) return static_cast<ssize_t>(copied);
    piece_.clear();
  }
  taken_();
  return static_cast<ssize_t>(copied);
}

void HttpStream::Detach() {
  bool owes_taken = false;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    detached_ = true;
    owes_taken = !piece_.empty();
    piece_.clear();
  }
  ClientGone();
  if (owes_taken) taken_();
}

void HttpStream::ClientGone() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (ended_ || std::exchange(gone_told_, true)) return;
  }
  gone_();
}

}  // namespace kbsearch::server
