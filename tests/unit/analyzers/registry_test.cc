#include "analyzers/registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/unit/analyzers/shared_registry.h"

namespace kbsearch::analyzers {
namespace {

using ::testing::HasSubstr;

TEST(RegistryTest, NormalizesCodes) {
  const Registry& registry = SharedRegistry();
  EXPECT_EQ(registry.Normalize("el"), "el");
  EXPECT_EQ(registry.Normalize("el-GR"), "el");
  EXPECT_EQ(registry.Normalize("EL_gr"), "el");
  EXPECT_EQ(registry.Normalize("en_US.UTF-8"), "en");
  EXPECT_EQ(registry.Normalize("xx"), "");
  EXPECT_EQ(registry.Normalize(""), "");
}

TEST(RegistryTest, EveryLanguageHasAnAnalyzerOfItsOwnName) {
  for (const LanguageInfo& language : SharedRegistry().languages()) {
    EXPECT_TRUE(SharedRegistry().Knows(language.code));
    EXPECT_EQ(SharedRegistry().NewAnalyzer(language.code)->language(),
              language.code);
  }
  for (const std::string_view code : {"el", "fr", "nl", "ru", "en"}) {
    EXPECT_TRUE(SharedRegistry().Knows(code)) << code;
  }
}

TEST(RegistryTest, AnalyzersOutliveTheRegistry) {
  auto registry = Registry::Load();
  ASSERT_TRUE(registry.ok()) << registry.status();
  const auto analyzer = (*registry)->NewAnalyzer("fr");
  registry->reset();
  EXPECT_EQ(analyzer->Analyze("réseaux").at(0).exact, "reseaux");
}

TEST(RegistryTest, MissingResourcesAreNamedWithTheRemedy) {
  const auto registry = Registry::Load("/nonexistent/analyzers");
  EXPECT_EQ(registry.status().code(), absl::StatusCode::kNotFound);
  const std::string message(registry.status().message());
  EXPECT_THAT(message, HasSubstr("/nonexistent/analyzers/el/stopwords.txt"));
  EXPECT_THAT(message, HasSubstr("KBSEARCH_RESOURCES"));
}

}  // namespace
}  // namespace kbsearch::analyzers
