#include "analyzers/word_cache.h"

#include <gtest/gtest.h>

#include <string>

namespace kbsearch::analyzers {
namespace {

WordAnalysis Analysis(const std::string& exact) {
  WordAnalysis analysis;
  analysis.exact = exact;
  return analysis;
}

TEST(WordCacheTest, GivesBackWhatWasPutIn) {
  WordCache cache(4);
  EXPECT_EQ(cache.Find("a"), nullptr);
  EXPECT_EQ(cache.Insert("a", Analysis("A")).exact, "A");
  ASSERT_NE(cache.Find("a"), nullptr);
  EXPECT_EQ(cache.Find("a")->exact, "A");
  EXPECT_EQ(cache.Find("b"), nullptr);
}

TEST(WordCacheTest, FrequentWordsStayAndOthersGo) {
  WordCache cache(8);
  cache.Insert("frequent", Analysis("F"));
  cache.Insert("once", Analysis("O"));
  for (int i = 0; i < 1000; ++i) {
    const std::string word = "word" + std::to_string(i);
    ASSERT_EQ(cache.Find(word), nullptr);
    cache.Insert(word, Analysis(word));
    ASSERT_NE(cache.Find("frequent"), nullptr) << i;
    ASSERT_EQ(cache.Find("frequent")->exact, "F");
  }
  EXPECT_EQ(cache.Find("once"), nullptr);
  EXPECT_EQ(cache.Find("word0"), nullptr);
  EXPECT_NE(cache.Find("word999"), nullptr);
}

}  // namespace
}  // namespace kbsearch::analyzers
