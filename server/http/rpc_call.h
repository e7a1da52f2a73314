// One call of a browser on its way through the in-process channel to the gRPC
// services.
#ifndef KBSEARCH_SERVER_HTTP_RPC_CALL_H_
#define KBSEARCH_SERVER_HTTP_RPC_CALL_H_

#include <google/protobuf/descriptor.h>
#include <grpcpp/generic/generic_stub.h>

#include <memory>
#include <string>
#include <vector>

#include "server/http/http_daemon.h"
#include "server/http/rpc_protocol.h"

namespace kbsearch::server {

struct RpcTarget {
  const google::protobuf::MethodDescriptor* method = nullptr;
  RpcFormat format;
  std::string path;
  std::string request_id;
};

// The answer to a call that ends before it has begun, in the caller's protocol.
HttpResponse RpcErrorResponse(const RpcTarget& target,
                              const grpc::Status& status);

// Makes the call and replies. Never blocks.
// REQUIRES: `stub` outlives the call.
void StartRpcCall(grpc::GenericStub& stub, RpcTarget target,
                  std::unique_ptr<grpc::ClientContext> context,
                  std::vector<std::string> messages, HttpReply reply);

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_HTTP_RPC_CALL_H_
