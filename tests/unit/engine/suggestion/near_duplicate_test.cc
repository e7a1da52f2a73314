#include "engine/suggestion/near_duplicate.h"

#include <gtest/gtest.h>

#include <string>

namespace kbsearch::engine {
namespace {

Article WithText(const std::string& text) {
  Article article;
  article.blocks.push_back({BlockKind::kParagraph, 0, text, ""});
  return article;
}

TEST(Resemblance, OfTheSameWordsIsOneWhateverTheirForm) {
  EXPECT_EQ(
      Resemblance(WithText("Ανοίξτε τις ρυθμίσεις, πατήστε «Λογαριασμός»"),
                  WithText("ΑΝΟΙΞΤΕ ΤΙΣ ΡΥΘΜΙΣΕΙΣ. Πατήστε λογαριασμός")),
      1);
}

TEST(Resemblance, OfAnEditedTextIsHighAndOfAnotherLow) {
  const std::string text =
      "Open the settings, choose your account, press delete and confirm with "
      "your password. The account is gone after thirty days; until then you "
      "can "
      "sign in to take it back.";
  EXPECT_GE(Resemblance(WithText(text), WithText(text + " Ask us for help.")),
            kNearDuplicate);
  EXPECT_LT(Resemblance(WithText(text),
                        WithText("Open the settings, choose your account and "
                                 "press the button that changes the e-mail "
                                 "address we write to.")),
            0.3);
}

TEST(Resemblance, OfNothingIsZero) {
  EXPECT_EQ(Resemblance(WithText(""), WithText("")), 0);
  EXPECT_EQ(Resemblance(WithText("two words"), WithText("two words")), 0);
}

}  // namespace
}  // namespace kbsearch::engine
