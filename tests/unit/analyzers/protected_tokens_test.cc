#include "analyzers/protected_tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace kbsearch::analyzers {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;

struct Match {
  std::string exact;
  size_t end = 0;
  std::vector<std::string> parts;
};

Match MatchAtStart(std::string_view text) {
  CleanText clean;
  clean.Assign(text, 0, text.size());
  ProtectedToken token;
  size_t end = 0;
  const TokenHints hints = ProtectedTokenHints(clean, 0, &end);
  if (!MatchProtectedToken(clean, 0, hints, &token)) return {};
  Match match{token.exact, token.end, {}};
  for (const auto& part : token.parts) match.parts.push_back(part.exact);
  return match;
}

struct Case {
  std::string_view text;
  std::string_view exact;
  size_t length;
};

TEST(ProtectedTokensTest, RecognisesEachKindWhole) {
  const Case cases[] = {
      {"support@example.gr.", "support@example.gr", 18},
      {"https://www.example.com/help/reset/ x", "example.com/help/reset", 35},
      {"http://example.com/a?b=1#c", "example.com/a", 26},
      {"www.voorbeeld.nl/retour,", "voorbeeld.nl/retour", 23},
      {"example.com)", "example.com", 11},
      {"пример.рф", "пример.рф", 9},
      {"node.js", "node.js", 7},
      {"file_name.txt", "file_name.txt", 13},
      {"0x80070005", "0x80070005", 10},
      {"v2.4.1", "2.4.1", 6},
      {"10.0.0.1", "10.0.0.1", 8},
      {"19,99", "19.99", 5},
      {"1.234,56", "1234.56", 8},
      {"1,234.56", "1234.56", 8},
      {"Α.Φ.Μ.", "αφμ", 6},
      {"U.S.A", "usa", 5},
      {"т.д.", "тд", 4},
      {"κ.λπ.", "κλπ", 5},
      {"C++", "c++", 3},
      {"C#", "c#", 2},
      {".NET", ".net", 4},
      {"AT&T", "at&t", 4},
      {"R&D", "r&d", 3},
      {"№ 5", "no", 1},
      {"n°4521", "no", 2},
      {"ERR_CONNECTION_RESET", "err_connection_reset", 20},
      {"SKU-4471-B", "sku4471b", 10},
      {"ORA-00942", "ora00942", 9},
      {"gpt-4", "gpt4", 5},
  };
  for (const Case& c : cases) {
    const Match match = MatchAtStart(c.text);
    EXPECT_EQ(match.exact, c.exact) << c.text;
    EXPECT_EQ(match.end, c.length) << c.text;
  }
}

TEST(ProtectedTokensTest, LeavesOrdinaryTextAlone) {
  for (const std::string_view text :
       {"word", "end.Next", "30-day", "Wi-Fi", "1,2,3", "2024", "rendez-vous",
        "top-10-artikelen", "μαςemail", "fin.La", "«x»", "C", "a", "404"}) {
    EXPECT_EQ(MatchAtStart(text).exact, "") << text;
  }
}

TEST(ProtectedTokensTest, GivesTheParts) {
  EXPECT_THAT(
      MatchAtStart("john.doe@example.com").parts,
      IsSupersetOf({"john.doe", "john", "doe", "example.com", "example"}));
  EXPECT_THAT(MatchAtStart("https://example.com/help/reset").parts,
              IsSupersetOf({"example.com", "help", "reset"}));
  EXPECT_THAT(MatchAtStart("SKU-4471-B").parts, ElementsAre("sku", "4471"));
  EXPECT_THAT(MatchAtStart("10,000").parts, ElementsAre("10000"));
  EXPECT_THAT(MatchAtStart("0x8007").parts, ElementsAre("8007"));
  // "2.4" must not be found by 2 or 4.
  EXPECT_THAT(MatchAtStart("2.4").parts, IsEmpty());
}

TEST(ProtectedTokensTest, LongRowsAreNone) {
  const auto row = [](std::string_view piece, size_t times) {
    std::string text;
    for (size_t i = 0; i < times; ++i) text += piece;
    return text;
  };
  EXPECT_EQ(MatchAtStart(row("A_", 99) + "1").end, 199u);
  EXPECT_EQ(MatchAtStart(row("A_", 101) + "1").end, 0u);
  EXPECT_EQ(MatchAtStart(row("1.", 19) + "1").end, 39u);
  EXPECT_EQ(MatchAtStart(row("1.", 20) + "1").end, 0u);
  EXPECT_EQ(MatchAtStart(row("a.", 20)).end, 40u);
  EXPECT_EQ(MatchAtStart(row("a.", 21)).end, 0u);
  EXPECT_EQ(MatchAtStart(row("ab.", 80) + "com").end, 243u);
  EXPECT_EQ(MatchAtStart(row("ab.", 90) + "com").end, 0u);
  EXPECT_EQ(MatchAtStart("https:///a/b").exact, "");
}

}  // namespace
}  // namespace kbsearch::analyzers
