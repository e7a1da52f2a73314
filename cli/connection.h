// A connection to kbsearch-server: stubs, and what goes with every call.
#ifndef KBSEARCH_CLI_CONNECTION_H_
#define KBSEARCH_CLI_CONNECTION_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "cli/settings.h"
#include "kbsearch/v1/admin_service.grpc.pb.h"
#include "kbsearch/v1/search_service.grpc.pb.h"

namespace kbsearch::cli {

// Thread-safe. Connects at the first call.
class Connection {
 public:
  explicit Connection(Settings settings);

  kbsearch::v1::SearchService::Stub& search() const { return *search_; }
  kbsearch::v1::AdminService::Stub& admin() const { return *admin_; }

  // A fresh context: deadline from now, the token. One a call.
  std::unique_ptr<grpc::ClientContext> NewContext() const;

  const Settings& settings() const { return settings_; }

 private:
  const Settings settings_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<kbsearch::v1::SearchService::Stub> search_;
  std::unique_ptr<kbsearch::v1::AdminService::Stub> admin_;
};

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_CONNECTION_H_
