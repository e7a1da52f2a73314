#include "server/http/http_daemon.h"

#include <microhttpd.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <mutex>

#include "absl/strings/ascii.h"
#include "server/http/connection_watch.h"
#include "server/log.h"

namespace kbsearch::server {
namespace {

constexpr size_t kStreamBlock = 32 << 10;

// Counts the requests whose handler has not replied yet.
class Pending {
 public:
  void Add() {
    std::lock_guard<std::mutex> lock(mutex_);
    ++count_;
  }
  void Remove() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (--count_ == 0) none_.notify_all();
  }
  void WaitUntilNone() {
    std::unique_lock<std::mutex> lock(mutex_);
    none_.wait(lock, [this] { return count_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable none_;
  int count_ = 0;
};

// One request on its way through the daemon. libmicrohttpd calls Access for
// the head, for each piece of the body, and for the end; after a reply it
// resumes the connection and calls once more.
struct Exchange {
  std::shared_ptr<HttpRequest> request = std::make_shared<HttpRequest>();
  size_t received = 0;  // bytes of the body
  bool handed_over = false;
  HttpResponse response;  // valid when handed_over and called again
};

MHD_Result AddHeader(void* closure, MHD_ValueKind /*kind*/, const char* key,
                     const char* value) {
  auto* headers = static_cast<std::map<std::string, std::string>*>(closure);
  (*headers)[absl::AsciiStrToLower(key)] = value == nullptr ? "" : value;
  return MHD_YES;
}

MHD_Result AddQuery(void* closure, MHD_ValueKind /*kind*/, const char* key,
                    size_t key_size, const char* value, size_t value_size) {
  auto* query = static_cast<std::map<std::string, std::string>*>(closure);
  (*query)[std::string(key, key_size)] =
      value == nullptr ? "" : std::string(value, value_size);
  return MHD_YES;
}

void FreeBody(void* closure) {
  delete static_cast<std::shared_ptr<const std::string>*>(closure);
}

// A stream and the connection that it goes to.
struct StreamReader {
  std::shared_ptr<HttpStream> stream;
  MHD_Connection* connection = nullptr;
};

ssize_t ReadStream(void* closure, uint64_t /*position*/, char* buffer,
                   size_t size) {
  auto* reader = static_cast<StreamReader*>(closure);
  const ssize_t read = reader->stream->Read(
      buffer, size, [reader] { MHD_suspend_connection(reader->connection); });
  return read < 0 ? MHD_CONTENT_READER_END_OF_STREAM : read;
}

void FreeStream(void* closure) {
  auto* reader = static_cast<StreamReader*>(closure);
  reader->stream->Detach();
  delete reader;
}

MHD_Response* StreamBody(MHD_Connection* connection,
                         const std::shared_ptr<HttpStream>& stream) {
  stream->OnWake([connection] { MHD_resume_connection(connection); });
  return MHD_create_response_from_callback(
      MHD_SIZE_UNKNOWN, kStreamBlock, &ReadStream,
      new StreamReader{stream, connection}, &FreeStream);
}

MHD_Response* WholeBody(const std::shared_ptr<const std::string>& body) {
  static const auto& empty = *new auto(std::make_shared<const std::string>());
  auto* held =
      new std::shared_ptr<const std::string>(body != nullptr ? body : empty);
  MHD_Response* out = MHD_create_response_from_buffer_with_free_callback_cls(
      (*held)->size(), const_cast<char*>((*held)->data()), &FreeBody, held);
  if (out == nullptr) FreeBody(held);
  return out;
}

MHD_Result Queue(MHD_Connection* connection, const HttpResponse& response) {
  MHD_Response* out = response.stream != nullptr
                          ? StreamBody(connection, response.stream)
                          : WholeBody(response.body);
  if (out == nullptr) return MHD_NO;
  for (const auto& [name, value] : response.headers) {
    MHD_add_response_header(out, name.c_str(), value.c_str());
  }
  const MHD_Result result =
      MHD_queue_response(connection, response.status, out);
  MHD_destroy_response(out);
  return result;
}

class MicrohttpdDaemon final : public HttpDaemon {
 public:
  MicrohttpdDaemon(const Options& options, HttpHandler handler)
      : options_(options),
        handler_(std::move(handler)),
        watch_(std::chrono::seconds(options.receive_seconds),
               std::chrono::seconds(options.send_seconds)) {}
  ~MicrohttpdDaemon() override { Stop(); }

  absl::Status Listen(const Listener& listener) {
    const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD |
                           MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    daemon_ = MHD_start_daemon(
        flags, 0, nullptr, nullptr, &Access, this, MHD_OPTION_EXTERNAL_LOGGER,
        &Log, nullptr, MHD_OPTION_LISTEN_SOCKET, listener.fd,
        MHD_OPTION_THREAD_POOL_SIZE, options_.threads,
        MHD_OPTION_CONNECTION_LIMIT, options_.max_connections,
        MHD_OPTION_CONNECTION_TIMEOUT, options_.idle_seconds,
        MHD_OPTION_NOTIFY_COMPLETED, &Completed, this,
        MHD_OPTION_NOTIFY_CONNECTION, &Connected, this, MHD_OPTION_END);
    if (daemon_ != nullptr) return absl::OkStatus();
    close(listener.fd);
    return absl::InternalError("the HTTP daemon does not start");
  }

  void Stop() override {
    if (daemon_ == nullptr) return;
    // Connections that wait for a reply are suspended, and must not be when the
    // daemon stops.
    const MHD_socket listener = MHD_quiesce_daemon(daemon_);
    pending_.WaitUntilNone();
    MHD_stop_daemon(daemon_);
    daemon_ = nullptr;
    if (listener != MHD_INVALID_SOCKET) close(listener);
  }

 private:
  static void Log(void* /*closure*/, const char* format, va_list arguments) {
    char text[512];
    std::vsnprintf(text, sizeof(text), format, arguments);
    spdlog::debug("event=http_daemon detail={}", LogValue(text));
  }

  static void Connected(void* closure, MHD_Connection* connection,
                        void** /*state*/, MHD_ConnectionNotificationCode code) {
    auto* self = static_cast<MicrohttpdDaemon*>(closure);
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
      return self->watch_.Closed(connection);
    }
    const MHD_ConnectionInfo* info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (info != nullptr) self->watch_.Opened(connection, info->connect_fd);
  }

  static void Completed(void* closure, MHD_Connection* connection, void** state,
                        MHD_RequestTerminationCode /*code*/) {
    static_cast<MicrohttpdDaemon*>(closure)->watch_.Receiving(connection);
    auto* exchange = static_cast<Exchange*>(*state);
    // The client may have left before its stream was queued.
    if (exchange != nullptr && exchange->response.stream != nullptr) {
      exchange->response.stream->Detach();
    }
    delete exchange;
    *state = nullptr;
  }

  static MHD_Result Access(void* closure, MHD_Connection* connection,
                           const char* url, const char* method,
                           const char* /*version*/, const char* upload_data,
                           size_t* upload_size, void** state) {
    auto* self = static_cast<MicrohttpdDaemon*>(closure);
    auto* exchange = static_cast<Exchange*>(*state);
    if (exchange == nullptr) {
      return self->Begin(connection, url, method, state);
    }
    if (*upload_size > 0) {
      const bool go_on = self->Append(exchange, upload_data, *upload_size);
      *upload_size = 0;
      return go_on ? MHD_YES : MHD_NO;
    }
    if (exchange->handed_over) {
      self->watch_.Sending(connection, exchange->response.stream);
      return Queue(connection, exchange->response);
    }
    self->HandOver(connection, exchange);
    return MHD_YES;
  }

  MHD_Result Begin(MHD_Connection* connection, const char* url,
                   const char* method, void** state) {
    auto* exchange = new Exchange;
    *state = exchange;
    exchange->request->method = method;
    exchange->request->path = url;
    MHD_get_connection_values(connection, MHD_HEADER_KIND, &AddHeader,
                              &exchange->request->headers);
    MHD_get_connection_values_n(connection, MHD_GET_ARGUMENT_KIND, &AddQuery,
                                &exchange->request->query);
    return MHD_YES;
  }

  // False: the connection is to be closed.
  bool Append(Exchange* exchange, const char* data, size_t size) {
    exchange->received += size;
    std::string& body = exchange->request->body;
    if (exchange->received <= options_.max_body_bytes) {
      body.append(data, size);
      return true;
    }
    // Some more is read and thrown away, so that a client that is only a bit
    // over the limit sees its answer instead of a broken connection.
    exchange->request->is_too_large = true;
    body = std::string();
    return exchange->received <= 2 * options_.max_body_bytes;
  }

  void HandOver(MHD_Connection* connection, Exchange* exchange) {
    exchange->handed_over = true;
    pending_.Add();
    watch_.Answering(connection);
    MHD_suspend_connection(connection);
    handler_(exchange->request,
             [this, connection, exchange](HttpResponse response) {
               if (response.stream != nullptr) {
                 pending_.Add();
                 response.stream->OnEnd([this] { pending_.Remove(); });
               }
               if (exchange->request->is_too_large) {
                 response.headers.emplace_back("Connection", "close");
               }
               exchange->response = std::move(response);
               MHD_resume_connection(connection);
               // From here on the exchange may be gone.
               pending_.Remove();
             });
  }

  const Options options_;
  const HttpHandler handler_;
  Pending pending_;
  ConnectionWatch watch_;
  MHD_Daemon* daemon_ = nullptr;
};

}  // namespace

namespace {

const std::string& ValueOf(const std::map<std::string, std::string>& values,
                           const std::string& name) {
  static const auto& empty = *new std::string();
  const auto it = values.find(name);
  return it == values.end() ? empty : it->second;
}

}  // namespace

const std::string& HttpRequest::Header(const std::string& name) const {
  return ValueOf(headers, name);
}

const std::string& HttpRequest::Query(const std::string& name) const {
  return ValueOf(query, name);
}

absl::StatusOr<std::unique_ptr<HttpDaemon>> HttpDaemon::Start(
    const Listener& listener, const Options& options, HttpHandler handler) {
  auto daemon = std::make_unique<MicrohttpdDaemon>(options, std::move(handler));
  if (absl::Status status = daemon->Listen(listener); !status.ok()) {
    return status;
  }
  return daemon;
}

}  // namespace kbsearch::server
