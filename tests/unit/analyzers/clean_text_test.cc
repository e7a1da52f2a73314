#include "analyzers/clean_text.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "analyzers/characters.h"

namespace kbsearch::analyzers {
namespace {

std::string Cleaned(std::string_view text) {
  CleanText clean;
  clean.Assign(text, 0, text.size());
  return ToUtf8(clean.text());
}

TEST(CleanTextTest, UnifiesTypographyAndDropsInvisibleCharacters) {
  EXPECT_EQ(Cleaned("l’eau lʼeau l‘eau l`eau l´eau l＇eau"),
            "l'eau l'eau l'eau l'eau l'eau l'eau");
  EXPECT_EQ(Cleaned("смс\u2011код a\u2013b \u2212"), "смс-код a-b -");
  EXPECT_EQ(Cleaned("be\u00ADzorging sub\u200Bscription \uFEFFx"),
            "bezorging subscription x");
  EXPECT_EQ(Cleaned("a\u00A0b"), "a b");
}

TEST(CleanTextTest, JoinsNumbersAcrossNarrowSpacesOnlyInThousands) {
  EXPECT_EQ(Cleaned("10\u202F000"), "10000");
  EXPECT_EQ(Cleaned("1\u00A0234\u00A0567"), "1234567");
  EXPECT_EQ(Cleaned("06\u00A012"), "06 12");  // a telephone number
  EXPECT_EQ(Cleaned("10 000"), "10 000");     // a plain blank
  EXPECT_EQ(Cleaned("20\u00A0%"), "20 %");
  EXPECT_EQ(Cleaned("2\u202F0000"), "2 0000");  // four digits
}

TEST(CleanTextTest, OffsetsPointIntoTheOriginal) {
  const std::string text = "é\u00ADa’b";  // bytes: 2 + 2 + 1 + 3 + 1
  CleanText clean;
  clean.Assign(text, 0, text.size());
  ASSERT_EQ(ToUtf8(clean.text()), "éa'b");
  EXPECT_EQ(clean.Begin(0), 0u);
  EXPECT_EQ(clean.End(0), 2u);
  EXPECT_EQ(clean.Begin(1), 4u);
  EXPECT_EQ(clean.Begin(2), 5u);
  EXPECT_EQ(clean.End(2), 8u);
  EXPECT_EQ(clean.Begin(3), 8u);
}

TEST(CleanTextTest, InvalidUtf8BecomesReplacementCharacters) {
  EXPECT_EQ(Cleaned("a\xFF"
                    "b"),
            "a\uFFFDb");
  EXPECT_EQ(Cleaned("a\xC3"), "a\uFFFD");
  EXPECT_EQ(Cleaned("\xE2\x82"), "\uFFFD\uFFFD");
}

}  // namespace
}  // namespace kbsearch::analyzers
