#include "server/http/rpc_call.h"

#include <grpcpp/client_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/client_callback.h>
#include <grpcpp/support/slice.h>

#include <atomic>
#include <utility>

#include "server/grpc_status.h"
#include "server/http/gzip.h"

namespace kbsearch::server {
namespace {

// Smaller answers hardly shrink.
constexpr size_t kLeastToCompress = 1024;

grpc::ByteBuffer ToByteBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string ToBytes(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  if (!buffer.Dump(&slices).ok()) return {};
  std::string bytes;
  bytes.reserve(buffer.Length());
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

HttpResponse ResponseOf(const RpcTarget& target, int status,
                        std::string content_type) {
  HttpResponse response;
  response.status = status;
  response.headers = {{"Content-Type", std::move(content_type)},
                      {"Cache-Control", "no-store"},
                      {"X-Request-Id", target.request_id}};
  return response;
}

HttpResponse WholeResponse(const RpcTarget& target, std::string body) {
  HttpResponse response = ResponseOf(target, 200, target.format.content_type);
  if (body.size() >= kLeastToCompress) {
    response.headers.emplace_back("Vary", "Accept-Encoding");
    if (target.format.accepts_gzip) {
      response.headers.emplace_back("Content-Encoding", "gzip");
      body = Gzip(body);
    }
  }
  response.body = std::make_shared<const std::string>(std::move(body));
  return response;
}

HttpResponse FramedResponse(const RpcTarget& target) {
  HttpResponse response = ResponseOf(target, 200, target.format.content_type);
  if (target.format.accepts_gzip) {
    response.headers.emplace_back(
        target.format.protocol == RpcProtocol::kGrpcWeb
            ? "Grpc-Encoding"
            : "Connect-Content-Encoding",
        "gzip");
  }
  return response;
}

struct UnaryCall {
  RpcTarget target;
  std::unique_ptr<grpc::ClientContext> context;
  grpc::ByteBuffer request;
  grpc::ByteBuffer response;
  HttpReply reply;

  void Finish(const grpc::Status& status) {
    if (!status.ok()) return reply(RpcErrorResponse(target, status));
    absl::StatusOr<std::string> body =
        EncodeConnectResponse(*target.method->output_type(),
                              target.format.encoding, ToBytes(response));
    reply(body.ok()
              ? WholeResponse(target, *std::move(body))
              : RpcErrorResponse(target, ToGrpcStatus(body.status(), "")));
  }
};

// A call whose answer is sent in envelopes as it comes. The next message is
// read when the client has taken the last one. Lives until the daemon lets go
// of the stream.
class FramedCall final
    : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  FramedCall(RpcTarget target, std::unique_ptr<grpc::ClientContext> context,
             std::vector<std::string> messages)
      : target_(std::move(target)),
        context_(std::move(context)),
        messages_(std::move(messages)) {}

  void Start(grpc::GenericStub& stub, const HttpReply& reply,
             const std::shared_ptr<FramedCall>& self) {
    stub.PrepareBidiStreamingCall(context_.get(), target_.path,
                                  grpc::StubOptions(), this);
    // The stream's functions hold the call, the call the stream until its end.
    stream_ = std::make_shared<HttpStream>(
        [self] { self->Taken(); }, [self] { self->context_->TryCancel(); });
    HttpResponse response = FramedResponse(target_);
    response.stream = stream_;
    reply(std::move(response));
    // Reads are started from the daemon's threads.
    AddHold();
    WriteNext();
    StartRead(&incoming_);
    StartCall();
  }

  void OnWriteDone(bool ok) override {
    if (ok) WriteNext();
  }

  void OnReadDone(bool ok) override {
    if (!ok) return RemoveHold();
    absl::StatusOr<std::string> envelope = EncodeRpcEnvelope(
        *target_.method->output_type(), target_.format, ToBytes(incoming_));
    if (envelope.ok()) return stream_->Write(*std::move(envelope));
    encoding_error_ = envelope.status();
    context_->TryCancel();
    StartRead(&incoming_);
  }

  void OnDone(const grpc::Status& status) override {
    ending_ = true;
    const std::shared_ptr<HttpStream> stream = std::move(stream_);
    stream->Write(EncodeRpcEnd(
        target_.format,
        encoding_error_.ok() ? status : ToGrpcStatus(encoding_error_, "")));
    stream->End();
  }

 private:
  void WriteNext() {
    if (next_ == messages_.size()) {
      if (!std::exchange(writes_done_, true)) StartWritesDone();
      return;
    }
    outgoing_ = ToByteBuffer(messages_[next_++]);
    StartWrite(&outgoing_);
  }

  // The client has what was written last.
  void Taken() {
    if (!ending_) StartRead(&incoming_);
  }

  const RpcTarget target_;
  const std::unique_ptr<grpc::ClientContext> context_;
  const std::vector<std::string> messages_;
  size_t next_ = 0;
  bool writes_done_ = false;
  grpc::ByteBuffer outgoing_;
  grpc::ByteBuffer incoming_;
  absl::Status encoding_error_;
  std::atomic<bool> ending_{false};
  std::shared_ptr<HttpStream> stream_;  // until the end
};

}  // namespace

HttpResponse RpcErrorResponse(const RpcTarget& target,
                              const grpc::Status& status) {
  if (!target.format.whole()) {
    HttpResponse response = FramedResponse(target);
    response.body = std::make_shared<const std::string>(
        EncodeRpcEnd(target.format, status));
    return response;
  }
  HttpResponse response = ResponseOf(
      target, ConnectHttpStatus(status.error_code()), "application/json");
  response.body = std::make_shared<const std::string>(ConnectErrorJson(status));
  return response;
}

void StartRpcCall(grpc::GenericStub& stub, RpcTarget target,
                  std::unique_ptr<grpc::ClientContext> context,
                  std::vector<std::string> messages, HttpReply reply) {
  if (!target.format.whole()) {
    auto call = std::make_shared<FramedCall>(
        std::move(target), std::move(context), std::move(messages));
    return call->Start(stub, reply, call);
  }
  auto call = std::make_shared<UnaryCall>();
  call->target = std::move(target);
  call->context = std::move(context);
  call->request = ToByteBuffer(messages.front());
  call->reply = std::move(reply);
  stub.UnaryCall(call->context.get(), call->target.path, grpc::StubOptions(),
                 &call->request, &call->response,
                 [call](const grpc::Status& status) { call->Finish(status); });
}

}  // namespace kbsearch::server
