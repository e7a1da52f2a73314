#include "server/events/mask.h"

#include <gtest/gtest.h>

namespace kbsearch::server::events {
namespace {

TEST(MaskTest, AddressesAndNumbersOfEachLanguage) {
  EXPECT_EQ(MaskPersonalData("pay with 4111 1111 1111 1111, write to "
                             "me@example.com or +30 210 123-4567"),
            "pay with [card], write to [email] or [phone]");
  EXPECT_EQ(MaskPersonalData("καλέστε με στο 6912345678, maria@example.gr"),
            "καλέστε με στο [phone], [email]");
  EXPECT_EQ(MaskPersonalData("rappelez au 01.23.45.67.89 merci"),
            "rappelez au [phone] merci");
  EXPECT_EQ(MaskPersonalData("bel (020) 123 4567 s.v.p."),
            "bel [phone] s.v.p.");
  EXPECT_EQ(MaskPersonalData("звоните 8 (495) 123-45-67, почта иван@пример.рф"),
            "звоните [phone], почта [email]");
}

TEST(MaskTest, KeepsWhatSaysTheMatter) {
  for (const char* text :
       {"KB5034441 0x80070057 ORA-00942", "update 2024-03-15 15/03/2024",
        "Windows 10.0.19041.1234", "error 404", "printer @ home", "",
        "версия 2.0.1, код 123456", "ωραίο 24/7"}) {
    EXPECT_EQ(MaskPersonalData(text), text);
  }
}

TEST(MaskTest, OnlyARightCheckDigitMakesACard) {
  EXPECT_EQ(MaskPersonalData("4111111111111111"), "[card]");
  EXPECT_EQ(MaskPersonalData("4111111111111112"), "[number]");
  EXPECT_EQ(MaskPersonalData("GR16 0110 1250 0000 0001 2300 695"),
            "GR16 [number]");
}

TEST(MaskTest, DigitsOfOtherScripts) {
  EXPECT_EQ(MaskPersonalData("０１２３４５６７８９"), "[phone]");
}

TEST(MaskTest, ASentencesPointStays) {
  EXPECT_EQ(MaskPersonalData("me@example.com."), "[email].");
  EXPECT_EQ(MaskPersonalData("a@b@c"), "[email][email]");
  EXPECT_EQ(MaskPersonalData("12345678@example.com"), "[email]");
}

TEST(MaskTest, AnyBytesPass) {
  EXPECT_EQ(MaskPersonalData("\xff\x80 1234567 \xc3"), "\xff\x80 [phone] \xc3");
}

}  // namespace
}  // namespace kbsearch::server::events
