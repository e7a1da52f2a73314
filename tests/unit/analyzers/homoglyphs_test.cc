#include "analyzers/homoglyphs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kbsearch::analyzers {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TEST(HomoglyphsTest, MixedWordsAreReadInTheScriptThatFits) {
  EXPECT_THAT(HomoglyphReadings(U"oзон"), Contains(U"озон"));        // Latin o
  EXPECT_THAT(HomoglyphReadings(U"fаctuur"), Contains(U"factuur"));  // а
  EXPECT_THAT(HomoglyphReadings(U"νerify"), Contains(U"verify"));    // Greek ν
  EXPECT_THAT(HomoglyphReadings(U"κωδικoς"), Contains(U"κωδικος"));  // Latin o
}

TEST(HomoglyphsTest, CapitalsThatAllHaveTwinsAreReadBothWays) {
  EXPECT_THAT(HomoglyphReadings(U"САРТСНА"), Contains(U"CAPTCHA"));
  EXPECT_THAT(HomoglyphReadings(U"ΑΤΜ"), Contains(U"ATM"));
  EXPECT_THAT(HomoglyphReadings(U"PIN"), Contains(U"ΡΙΝ"));
}

TEST(HomoglyphsTest, PlainWordsHaveNoOtherReading) {
  EXPECT_THAT(HomoglyphReadings(U"верно"), IsEmpty());
  EXPECT_THAT(HomoglyphReadings(U"password"), IsEmpty());
  EXPECT_THAT(HomoglyphReadings(U"στοWiFi"), IsEmpty());
  EXPECT_THAT(HomoglyphReadings(U"A"), IsEmpty());
  EXPECT_THAT(HomoglyphReadings(U"MP3"), IsEmpty());
}

TEST(HomoglyphsTest, CodesAreReadAsTheirCapitalsInTheOtherScripts) {
  EXPECT_THAT(CodeReadings("ε04"), UnorderedElementsAre("e04", "е04"));
  EXPECT_THAT(CodeReadings("e04"), UnorderedElementsAre("ε04", "е04"));
  EXPECT_THAT(CodeReadings("в12"), UnorderedElementsAre("b12", "β12"));
  EXPECT_THAT(CodeReadings("sе4"), Contains("se4"));  // mixed
  for (const char* other : {"ж12", "e", "12", "", "q1"}) {
    EXPECT_THAT(CodeReadings(other), IsEmpty()) << other;
  }
}

}  // namespace
}  // namespace kbsearch::analyzers
