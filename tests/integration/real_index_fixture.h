// A server over an index that the test has built.
#ifndef KBSEARCH_TESTS_INTEGRATION_REAL_INDEX_FIXTURE_H_
#define KBSEARCH_TESTS_INTEGRATION_REAL_INDEX_FIXTURE_H_

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/generations/generation_builder.h"
#include "engine/library.h"
#include "tests/integration/server_fixture.h"

namespace kbsearch::testing {

class RealIndexFixture : public ServerFixture {
 protected:
  RealIndexFixture()
      : data_(::testing::TempDir() + "/kbsearch-real-index-" +
              ::testing::UnitTest::GetInstance()->current_test_info()->name()) {
    std::filesystem::remove_all(data_);
  }
  ~RealIndexFixture() override {
    server_.reset();
    std::filesystem::remove_all(data_);
  }

  // Indexes the articles as a new generation of "helpdesk".
  void Build(const std::vector<engine::Article>& articles) {
    if (registry_ == nullptr) {
      auto registry = analyzers::Registry::Load();
      ASSERT_TRUE(registry.ok()) << registry.status();
      registry_ = *registry;
    }
    engine::GenerationBuilder::Options options;
    options.data_dir = data_;
    options.corpus = "helpdesk";
    options.jobs = 1;
    options.reanalyze = true;  // a new generation though nothing has changed
    auto builder = engine::GenerationBuilder::Create(options, registry_);
    ASSERT_TRUE(builder.ok()) << builder.status();
    for (const engine::Article& article : articles) {
      ASSERT_TRUE((*builder)->Add(article).ok());
    }
    const auto stats = (*builder)->Publish();
    ASSERT_TRUE(stats.ok()) << stats.status();
  }

  // REQUIRES: Build().
  void Serve() {
    auto server = server::Server::Start(
        options_, {registry_,
                   [this] { return engine::Library::Open(data_, registry_); }});
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    Connect();
  }

  const std::string data_;
  std::shared_ptr<const analyzers::Registry> registry_;
};

}  // namespace kbsearch::testing

#endif  // KBSEARCH_TESTS_INTEGRATION_REAL_INDEX_FIXTURE_H_
