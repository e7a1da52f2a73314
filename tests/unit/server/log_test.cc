#include "server/log.h"

#include <gtest/gtest.h>

#include <string>

#include "server/request_id.h"

namespace kbsearch::server {
namespace {

TEST(LogValueTest, QuotesWhatIsNotPlain) {
  const struct {
    const char* value;
    const char* logged;
  } kCases[] = {
      {"helpdesk", "helpdesk"},
      {"127.0.0.1:8080", "127.0.0.1:8080"},
      {"a/b_c-d", "a/b_c-d"},
      {"", "\"\""},
      {"no corpus", "\"no corpus\""},
      {"say \"x\"", "\"say \\\"x\\\"\""},
      {"back\\slash", "\"back\\\\slash\""},
      {"a=b", "\"a=b\""},
      {"one\nlevel=error two", "\"one level=error two\""},
      {"κείμενο", "\"κείμενο\""},
  };
  for (const auto& c : kCases) EXPECT_EQ(LogValue(c.value), c.logged);
}

TEST(InitLoggingTest, RefusesUnknownLevels) {
  EXPECT_FALSE(InitLogging("loud").ok());
  EXPECT_TRUE(InitLogging("info").ok());
}

TEST(RequestIdTest, KeepsUsableIds) {
  for (const char* id : {"a", "9f86d081", "trace-1.b_C"}) {
    EXPECT_EQ(RequestIdFrom(id), id);
  }
  EXPECT_EQ(RequestIdFrom(std::string(64, 'x')), std::string(64, 'x'));
}

TEST(RequestIdTest, ReplacesOthers) {
  for (const std::string& id :
       {std::string(), std::string(65, 'x'), std::string("a b"),
        std::string("a\nlevel=error"), std::string("имя"),
        std::string("a\0b", 3)}) {
    const std::string made = RequestIdFrom(id);
    EXPECT_NE(made, id);
    EXPECT_EQ(made.size(), 16u);
    EXPECT_NE(RequestIdFrom(id), made);
  }
}

}  // namespace
}  // namespace kbsearch::server
