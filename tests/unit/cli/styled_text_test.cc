#include "cli/styled_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kbsearch::cli {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> WrapPlain(const std::string& text, int width) {
  std::vector<std::string> lines;
  for (const StyledText& line : Wrap({{text}}, width)) {
    lines.push_back(Render(line, false));
  }
  return lines;
}

TEST(StyledTextTest, CountsColumns) {
  const struct {
    const char* text;
    int width;
  } kCases[] = {
      {"", 0},           {"password", 8}, {"κωδικός", 7},  {"пароль", 6},
      {"réinitialisé", 12}, {"geïnd", 5},    {"e\u0301te\u0301", 3},
      {"и\u0306", 1},    {"日本", 4},     {"a\u200Bb", 2}, {"\u00A0", 1},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(DisplayWidth(c.text), c.width) << c.text;
  }
}

TEST(StyledTextTest, WrapsByColumnsInEveryLanguage) {
  EXPECT_THAT(WrapPlain("Ξέχασα τον κωδικό μου", 10),
              ElementsAre("Ξέχασα τον", "κωδικό μου"));
  EXPECT_THAT(WrapPlain("Забыл пароль от входа", 12),
              ElementsAre("Забыл пароль", "от входа"));
  EXPECT_THAT(WrapPlain("Mot de passe oublié ici", 12),
              ElementsAre("Mot de passe", "oublié ici"));
  EXPECT_THAT(WrapPlain("Wachtwoord vergeten nu", 11),
              ElementsAre("Wachtwoord", "vergeten nu"));
  EXPECT_THAT(WrapPlain("Forgot my password", 9),
              ElementsAre("Forgot my", "password"));
}

TEST(StyledTextTest, WrapKeepsNewlinesAndCollapsesOtherSpace) {
  EXPECT_THAT(WrapPlain("  a \t b\n\nc ", 80), ElementsAre("a b", "", "c"));
  EXPECT_THAT(WrapPlain("", 80), ElementsAre());
  EXPECT_THAT(WrapPlain("a b c d e f", 0), ElementsAre("a b c d e f"));
}

TEST(StyledTextTest, WrapNeverBreaksAtANoBreakSpace) {
  EXPECT_THAT(WrapPlain("le prix : 5\u00A0€ ici", 12),
              ElementsAre("le prix :", "5\u00A0€ ici"));
}

TEST(StyledTextTest, WrapCutsWordsLongerThanALine) {
  EXPECT_THAT(WrapPlain("a аргументация b", 6),
              ElementsAre("a", "аргуме", "нтация", "b"));
  // A mark stays with its letter.
  EXPECT_THAT(WrapPlain("abce\u0301d", 4), ElementsAre("abce\u0301", "d"));
}

TEST(StyledTextTest, WrapCarriesStylesOverLines) {
  const std::vector<StyledText> lines =
      Wrap({{"the re"}, {"set code", Style::kMatch}, {" now"}}, 9);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_THAT(lines[0],
              ElementsAre(Span{"the re"}, Span{"set", Style::kMatch}));
  EXPECT_THAT(lines[1],
              ElementsAre(Span{"code", Style::kMatch}, Span{" now"}));
}

TEST(StyledTextTest, RenderColoursOnlyWhenAsked) {
  const StyledText text = {{"a "}, {"пароль", Style::kMatch}, {" b"}};
  EXPECT_EQ(Render(text, false), "a пароль b");
  EXPECT_EQ(Render(text, true), "a \x1b[1;33mпароль\x1b[0m b");
}

TEST(StyledTextTest, NothingInATextSteersTheTerminal) {
  const struct {
    const char* text;
    const char* expected;
  } kCases[] = {
      {"a\x1b[31mb", "a\uFFFD[31mb"},
      {"a\u009B31mb", "a\uFFFD31mb"},    // C1 CSI
      {"a\x07\x7F", "a\uFFFD\uFFFD"},
      {"a\u202Eb", "a\uFFFDb"},          // right-to-left override
      {"a\xFFz", "a\uFFFDz"},
      {"κωδικός пароль", "κωδικός пароль"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(Printable(c.text), c.expected);
    EXPECT_THAT(WrapPlain(c.text, 0), ElementsAre(c.expected));
  }
  EXPECT_EQ(Printable("a\tb\nc"), "a b c");
}

TEST(StyledTextTest, TellsUtf8) {
  EXPECT_TRUE(IsUtf8("κωδικός"));
  EXPECT_FALSE(IsUtf8("\xEA\xF9\xE4"));
  EXPECT_FALSE(IsUtf8("\xED\xA0\x80"));  // a lone surrogate
}

}  // namespace
}  // namespace kbsearch::cli
