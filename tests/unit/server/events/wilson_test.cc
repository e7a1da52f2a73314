#include "server/events/wilson.h"

#include <gtest/gtest.h>

namespace kbsearch::server::events {
namespace {

// Expected values: Newcombe, "Two-sided confidence intervals for the single
// proportion", Statistics in Medicine 17, 1998, table I, method 3.
TEST(WilsonTest, PublishedValues) {
  EXPECT_NEAR(WilsonInterval(81, 263).low, 0.2553, 5e-5);
  EXPECT_NEAR(WilsonInterval(81, 263).high, 0.3662, 5e-5);
  EXPECT_NEAR(WilsonInterval(15, 148).low, 0.0624, 5e-5);
  EXPECT_NEAR(WilsonInterval(15, 148).high, 0.1605, 5e-5);
  EXPECT_NEAR(WilsonInterval(0, 20).high, 0.1611, 5e-5);
  EXPECT_NEAR(WilsonInterval(1, 29).low, 0.0061, 5e-5);
  EXPECT_NEAR(WilsonInterval(1, 29).high, 0.1718, 5e-5);
}

TEST(WilsonTest, Edges) {
  EXPECT_EQ(WilsonInterval(0, 0).low, 0);
  EXPECT_EQ(WilsonInterval(0, 0).high, 1);
  EXPECT_EQ(WilsonInterval(0, 20).low, 0);
  EXPECT_EQ(WilsonInterval(20, 20).high, 1);
}

}  // namespace
}  // namespace kbsearch::server::events
