#include "cli/text_layout.h"

#include <gtest/gtest.h>

#include <vector>

namespace kbsearch::cli {
namespace {

TEST(PrintableTest, LetsNoControlCharacterThrough) {
  EXPECT_EQ(Printable("Κωδικός\tпароль\nmot"), "Κωδικός пароль mot");
  EXPECT_EQ(Printable("a\x1b[31mb\x07"), "a\uFFFD[31mb\uFFFD");
  EXPECT_EQ(Printable("a\xC2\x9B"
                      "31m"),
            "a\uFFFD31m");  // 8-bit CSI
  EXPECT_EQ(Printable("caf\xE9"), "caf\uFFFD");
}

TEST(DisplayWidthTest, CountsColumns) {
  EXPECT_EQ(DisplayWidth("password"), 8);
  EXPECT_EQ(DisplayWidth("wachtwoord"), 10);
  EXPECT_EQ(DisplayWidth("κωδικός"), 7);
  EXPECT_EQ(DisplayWidth("κωδικο\u0301ς"), 7);  // decomposed accent
  EXPECT_EQ(DisplayWidth("пароль"), 6);
  EXPECT_EQ(DisplayWidth("privé\u200B"), 5);
  EXPECT_EQ(DisplayWidth("日本"), 4);
  EXPECT_EQ(DisplayWidth(""), 0);
}

TEST(LayoutTest, WrapsAtDisplayWidth) {
  const TextStyle style{false, 12};
  EXPECT_EQ(Layout({"αλλάζω τον κωδικό", Emphasis::kPlain}, 2, style),
            "  αλλάζω τον\n  κωδικό\n");
  EXPECT_EQ(Layout({"сброс пароля", Emphasis::kPlain}, 0, style),
            "сброс пароля\n");
  EXPECT_EQ(Layout({"een verschrikkelijk woord", Emphasis::kPlain}, 0, style),
            "een\nverschrikkelijk\nwoord\n");
}

TEST(LayoutTest, DoesNotWrapForFiles) {
  EXPECT_EQ(Layout({"mot  de\npasse oublié ", Emphasis::kPlain}, 4, {}),
            "    mot de passe oublié\n");
  EXPECT_EQ(Layout({"", Emphasis::kPlain}, 4, {}), "");
}

TEST(LayoutTest, HighlightsInsideAWordWithoutBreakingIt) {
  const std::vector<StyledText> pieces = {{"reset your ", Emphasis::kPlain},
                                          {"pass", Emphasis::kHighlight},
                                          {"word now", Emphasis::kPlain}};
  EXPECT_EQ(Layout(pieces, 0, {false, 18}), "reset your\npassword now\n");
  EXPECT_EQ(Layout(pieces, 0, {true, 80}),
            "reset your \x1b[1;33mpass\x1b[0mword now\n");
}

TEST(LayoutTest, KeepsAColourOnBetweenWordsButNotOverLines) {
  const std::vector<StyledText> pieces = {{"1. ", Emphasis::kFaint},
                                          {"mot de passe", Emphasis::kTitle}};
  EXPECT_EQ(Layout(pieces, 0, {true, 9}, 2),
            "\x1b[2m1.\x1b[0m \x1b[1mmot de\x1b[0m\n"
            "  \x1b[1mpasse\x1b[0m\n");
}

}  // namespace
}  // namespace kbsearch::cli
