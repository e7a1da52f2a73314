#include "base/utf8.h"

#include <gtest/gtest.h>

namespace kbsearch {
namespace {

TEST(Utf8Test, TellsValidUtf8) {
  for (const char* good : {"", "plain", "κωδικός", "пароль", "œuvre", "€", "😀",
                           "a long line of ASCII and then ένα"}) {
    EXPECT_TRUE(IsValidUtf8(good)) << good;
  }
  for (const char* bad :
       {"\x80", "abc\xFF", "\xC0\xAF", "\xE2\x82", "\xED\xA0\x80",
        "\xF4\x90\x80\x80", "κ\xCE", "12345678\xCE"}) {
    EXPECT_FALSE(IsValidUtf8(bad)) << bad;
  }
}

}  // namespace
}  // namespace kbsearch
