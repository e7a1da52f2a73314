#include "server/http/gzip.h"

#include <gtest/gtest.h>

namespace kbsearch::server {
namespace {

TEST(GzipTest, ThereAndBack) {
  for (const std::string& text :
       {std::string(), std::string("αβγ"), std::string(300000, 'x')}) {
    EXPECT_EQ(Gunzip(Gzip(text), 300000).value(), text);
  }
  EXPECT_LT(Gzip(std::string(300000, 'x'), 9).size(), 1000u);
}

TEST(GzipTest, TooLargeIsRefused) {
  const std::string bomb = Gzip(std::string(1 << 20, ' '));
  EXPECT_EQ(Gunzip(bomb, (1 << 20) - 1).status().code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(Gunzip(bomb, 1 << 20).ok());
  EXPECT_EQ(Gunzip(bomb, 0).status().code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(GzipTest, BrokenBytesAreNamed) {
  const std::string good = Gzip("text that is long enough to be cut off");
  for (const std::string& bytes :
       {std::string(), std::string("plain"), good.substr(0, good.size() / 2)}) {
    EXPECT_EQ(Gunzip(bytes, 1000).status().code(),
              absl::StatusCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace kbsearch::server
