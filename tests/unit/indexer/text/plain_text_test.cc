#include "indexer/text/plain_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/indexer/collecting_sink.h"

namespace kbsearch::indexer {
namespace {

using testing::ElementsAre;

TEST(PlainTextTest, DividesAtBlankLinesAndShortLines) {
  EXPECT_THAT(Outline(BlocksOfPlainText("Πρώτα\nΔεύτερα\n\n\nТретье\r\n")),
              ElementsAre("P Πρώτα", "P Δεύτερα", "P Третье"));
}

TEST(PlainTextTest, JoinsLinesWrappedAtAWidth) {
  const char* const text =
      "This document gives frequently asked questions with their answers\n"
      "about the shop and its app, and where to look for more of them.\n"
      "The end.\n";
  EXPECT_THAT(
      Outline(BlocksOfPlainText(text)),
      ElementsAre("P This document gives frequently asked questions with their "
                  "answers about the shop and its app, and where to look for "
                  "more of them. The end."));
}

TEST(PlainTextTest, KeepsParagraphsOnALongLineApart) {
  const std::string line(300, 'a');
  EXPECT_EQ(BlocksOfPlainText(line + "\n" + line).size(), 2u);
}

TEST(PlainTextTest, CollapsesSpaces) {
  EXPECT_EQ(CollapseSpaces("  α\t\n β\xC2\xA0γ  "), "α β γ");
  EXPECT_EQ(CollapseSpaces(" \xC2\xA0 "), "");
  EXPECT_EQ(CollapseSpaces("\xC2"), "\xC2");
}

}  // namespace
}  // namespace kbsearch::indexer
