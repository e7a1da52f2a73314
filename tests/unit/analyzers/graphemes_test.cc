#include "analyzers/graphemes.h"

#include <gtest/gtest.h>

#include <string>

namespace kbsearch::analyzers {
namespace {

TEST(GraphemesTest, TextIsCutBetweenCharactersAsPeopleSeeThem) {
  const struct {
    const char* what;
    std::string cluster;
  } kCases[] = {
      {"a code point of several bytes", "я"},
      {"a letter with its mark", "e\u0301"},
      {"a letter with many marks", "a\u0301\u0302\u0303\u0304\u0305"},
      {"a polytonic letter", "\u03B1\u0313\u0301\u0345"},
      {"й in two code points", "\u0438\u0306"},
      {"a family", "👨‍👩‍👧‍👦"},
      {"a flag", "🇬🇷"},
      {"a keycap", "1️⃣"},
      {"a skin tone", "👍🏽"},
      {"a Hangul syllable", "\u1112\u1161\u11AB"},
      {"a line end", "\r\n"},
  };
  for (const auto& test : kCases) {
    const std::string text = "x" + test.cluster + "y";
    const size_t end = 1 + test.cluster.size();
    for (size_t at = 1; at < end; ++at) {
      EXPECT_EQ(CutBefore(text, at), 1u) << test.what << at;
      EXPECT_EQ(CutAfter(text, at), at == 1 ? 1u : end) << test.what << at;
    }
    EXPECT_EQ(CutBefore(text, end), end) << test.what;
    EXPECT_EQ(CutAfter(text, end), end) << test.what;
  }
}

TEST(GraphemesTest, FlagsInARowArePaired) {
  const std::string flags = "🇬🇷🇫🇷🇳🇱";
  for (size_t at = 0; at <= flags.size(); ++at) {
    EXPECT_EQ(CutBefore(flags, at), at / 8 * 8) << at;
    EXPECT_EQ(CutAfter(flags, at), (at + 7) / 8 * 8) << at;
  }
}

TEST(GraphemesTest, EndsAndBrokenBytesAreFine) {
  EXPECT_EQ(CutBefore("", 0), 0u);
  EXPECT_EQ(CutAfter("", 5), 0u);
  EXPECT_EQ(CutBefore("abc", 9), 3u);
  EXPECT_EQ(CutAfter("abc", 9), 3u);
  const std::string broken = "a\xFF\x80\x80\xED\xA0\x80z";
  for (size_t at = 0; at <= broken.size(); ++at) {
    EXPECT_LE(CutBefore(broken, at), at);
    EXPECT_GE(CutAfter(broken, at), at);
  }
}

}  // namespace
}  // namespace kbsearch::analyzers
