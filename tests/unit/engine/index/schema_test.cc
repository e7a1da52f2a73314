#include "engine/index/schema.h"

#include <gtest/gtest.h>

#include <string>

namespace kbsearch::engine {
namespace {

TEST(SchemaTest, TermsStayBelowXapiansLimit) {
  const std::string greek = [] {
    std::string text;
    for (int i = 0; i < 300; ++i) text += "ω";
    return text;
  }();
  EXPECT_LE(TextTerm("XS", greek).size(), 245u);
  EXPECT_LE(BooleanTerm("BC", greek).size(), 245u);
}

TEST(SchemaTest, TermsAreCutBetweenCharacters) {
  // 119 bytes of ASCII, then a character of two bytes across the limit of 120.
  const std::string text = std::string(119, 'a') + "ω";
  EXPECT_EQ(TextTerm("X", text), "X" + std::string(119, 'a'));
}

TEST(SchemaTest, LongBooleanValuesStayDifferent) {
  const std::string one = std::string(200, 'a') + "1";
  const std::string two = std::string(200, 'a') + "2";
  EXPECT_NE(BooleanTerm("BT", one), BooleanTerm("BT", two));
  EXPECT_EQ(BooleanTerm("BT", "short"), "BTshort");
}

TEST(SchemaTest, ZeroBytesAreNotPutIntoTerms) {
  const std::string value("a\0b", 3);
  EXPECT_EQ(BooleanTerm("BT", value).find('\0'), std::string::npos);
}

TEST(SchemaTest, NoPrefixIsAnother) {
  for (const Field& one : kFields) {
    for (const Field& other : kFields) {
      if (!one.exact_prefix.empty()) {
        EXPECT_NE(one.exact_prefix, other.lemma_prefix);
      }
      if (&one != &other) {
        EXPECT_NE(one.lemma_prefix, other.lemma_prefix);
      }
    }
  }
}

}  // namespace
}  // namespace kbsearch::engine
