// The body of an HTTP answer that is sent piece by piece, while it is made.
#ifndef KBSEARCH_SERVER_HTTP_HTTP_STREAM_H_
#define KBSEARCH_SERVER_HTTP_HTTP_STREAM_H_

#include <sys/types.h>

#include <functional>
#include <mutex>
#include <string>

namespace kbsearch::server {

// Between one producer (any thread) and the daemon. At most one piece waits
// here: the producer writes the next one when it is told that the last one was
// taken, so that a slow client slows the producer and nothing piles up.
// Thread-safe.
class HttpStream {
 public:
  // `taken` is called when the piece written last has been read, `gone` once
  // when the client has left before the end. Neither may block.
  HttpStream(std::function<void()> taken, std::function<void()> gone)
      : taken_(std::move(taken)), gone_(std::move(gone)) {}

  // The producer's side. After End() nothing may be written.
  void Write(std::string piece);
  void End();

  // The daemon's side. `ended` is called by End(); set before the producer can
  // call that. `wake` is called when something can be read again after Read()
  // gave nothing; set before the first Read().
  void OnEnd(std::function<void()> ended);
  void OnWake(std::function<void()> wake);
  // Bytes copied to `buffer`; 0: nothing yet, wake() follows; -1: the end.
  // `wait` is called before 0 is returned, and before any wake().
  ssize_t Read(char* buffer, size_t size, const std::function<void()>& wait);
  // No more reads will come. Idempotent.
  void Detach();
  // The client has left; the producer is told and ends.
  void ClientGone();

 private:
  void WakeLocked();

  const std::function<void()> taken_;
  const std::function<void()> gone_;
  std::mutex mutex_;
  // All below guarded by mutex_.
  std::function<void()> wake_;
  std::function<void()> ended_callback_;
  std::string piece_;
  size_t read_ = 0;  // bytes of piece_
  bool waiting_ = false;
  bool ended_ = false;
  bool detached_ = false;
  bool gone_told_ = false;
};

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_HTTP_HTTP_STREAM_H_
