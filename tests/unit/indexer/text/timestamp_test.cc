#include "indexer/text/timestamp.h"

#include <gtest/gtest.h>

namespace kbsearch::indexer {
namespace {

TEST(TimestampTest, ReadsDates) {
  const std::pair<const char*, int64_t> cases[] = {
      {"1970-01-01T00:00:00Z", 0},
      {"2026-01-31T12:00:00Z", 1769860800},
      {"2026-01-31T12:00:00+02:00", 1769853600},
      {"2026-01-31T12:00:00-0530", 1769880600},
      {"2026-01-31 12:00:00.123456z", 1769860800},
      {"2026-01-31T12:00", 1769860800},
      {"2026-01-31", 1769817600},
      {"2024-02-29", 1709164800},
      {"1969-12-31T23:59:59Z", -1},
  };
  for (const auto& [text, seconds] : cases) {
    EXPECT_EQ(ParseTimestamp(text), seconds) << text;
  }
}

TEST(TimestampTest, RefusesWhatIsNoDate) {
  for (const char* text :
       {"", "yesterday", "2026-02-30", "2025-02-29", "2026-13-01", "31/01/2026",
        "2026-1-1", "2026-01-31T", "2026-01-31T25:00:00Z",
        "2026-01-31T12:60:00Z", "2026-01-31T12:00:00+2",
        "2026-01-31T12:00:00Zulu", "2026-01-31T12:00:00.Z", "20260131",
        "2026-01-31x"}) {
    EXPECT_EQ(ParseTimestamp(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace kbsearch::indexer
