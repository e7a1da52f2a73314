// A data folder that lives as long as a test, and articles to put into it.
#ifndef KBSEARCH_TESTS_UNIT_ENGINE_TEMPORARY_LIBRARY_H_
#define KBSEARCH_TESTS_UNIT_ENGINE_TEMPORARY_LIBRARY_H_

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/registry.h"
#include "engine/generations/generation_builder.h"
#include "engine/library.h"

namespace kbsearch::engine {

inline std::shared_ptr<const analyzers::Registry> TestRegistry() {
  static const auto* const registry =
      new absl::StatusOr<std::shared_ptr<const analyzers::Registry>>(
          analyzers::Registry::Load());
  EXPECT_TRUE(registry->ok()) << registry->status();
  return **registry;
}

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "kbsearch-test-XXXXXX")
            .string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline Article MakeArticle(const std::string& id, const std::string& language,
                           const std::string& title, const std::string& body) {
  Article article;
  article.id = id;
  article.language = language;
  article.title = title;
  article.blocks.push_back({BlockKind::kParagraph, 0, body, ""});
  return article;
}

// Builds and publishes a generation of "kb" that holds these articles only.
inline GenerationBuilder::Stats Build(const std::string& data_dir,
                                      const std::vector<Article>& articles) {
  GenerationBuilder::Options options;
  options.data_dir = data_dir;
  options.corpus = "kb";
  options.prune = true;
  auto builder = GenerationBuilder::Create(options, TestRegistry());
  EXPECT_TRUE(builder.ok()) << builder.status();
  for (const Article& article : articles) {
    const auto added = (*builder)->Add(article);
    EXPECT_TRUE(added.ok()) << added.status();
  }
  auto stats = (*builder)->Publish();
  EXPECT_TRUE(stats.ok()) << stats.status();
  return *std::move(stats);
}

}  // namespace kbsearch::engine

#endif  // KBSEARCH_TESTS_UNIT_ENGINE_TEMPORARY_LIBRARY_H_
