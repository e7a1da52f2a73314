// What must hold for every text whatsoever.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/analyzers/shared_registry.h"

namespace kbsearch::analyzers {
namespace {

void ExpectSound(std::string_view text, const std::vector<Token>& tokens) {
  uint32_t position = 0;
  for (const Token& token : tokens) {
    ASSERT_LT(token.begin, token.end);
    ASSERT_LE(token.end, text.size());
    ASSERT_GE(token.position, position) << "positions go back";
    ASSERT_LE(token.position, position + 1) << "positions leave a gap";
    ASSERT_GE(token.span, 1u);
    ASSERT_FALSE(token.exact.empty());
    ASSERT_LE(token.exact.size(), 240u);
    ASSERT_EQ(token.exact.find('\0'), std::string::npos);
    for (const std::string& lemma : token.lemmas) {
      ASSERT_FALSE(lemma.empty()) << token.exact;
      ASSERT_LE(lemma.size(), 240u);
    }
    if (token.position > position || &token == &tokens.front()) {
      ASSERT_EQ(token.role, TokenRole::kWhole) << "the whole comes first";
    }
    position = token.position;
  }
}

// Pieces that have been trouble, put together at random.
constexpr std::string_view kPieces[] = {
    "a",       "Ω",       "й",
    "é",       " ",       "\n",
    "-",       "'",       "’",
    ".",       ",",       "@",
    "_",       "0",       "12",
    "000",     "\u00AD",  "\u202F",
    "+",       "#",       "&",
    "://",     "www.",    "example.com",
    "ΑΤΜ",     "РС",      "\u0301",
    "日本",    "ไทย",     "№",
    "°",       "/",       "v1",
    "C++",     "Log uit", "te",
    "\xFF",    "\xC3",    "\xF0\x9F\x98\x80",
    "ĳ",       "Σ",       "l'",
    "can not", "и\u0306", "\u0345",
    "x"};

class AnyText : public ::testing::TestWithParam<std::string_view> {};

TEST_P(AnyText, RandomBytes) {
  const auto analyzer = SharedRegistry().NewAnalyzer(GetParam());
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    std::string text(random() % 300, '\0');
    for (char& c : text) c = static_cast<char>(random());
    ASSERT_NO_FATAL_FAILURE(ExpectSound(text, analyzer->Analyze(text)));
    SharedRegistry().identifier().Identify(text);
  }
}

TEST_P(AnyText, RandomPieces) {
  const auto analyzer = SharedRegistry().NewAnalyzer(GetParam());
  std::mt19937 random(11);
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (size_t i = random() % 14; i > 0; --i) {
      text += kPieces[random() % std::size(kPieces)];
    }
    SCOPED_TRACE(text);
    ASSERT_NO_FATAL_FAILURE(ExpectSound(text, analyzer->Analyze(text)));
  }
}

TEST_P(AnyText, SameTextSameTokensWhateverCameBefore) {
  const auto used = SharedRegistry().NewAnalyzer(GetParam());
  std::mt19937 random(13);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (size_t i = random() % 10; i > 0; --i) {
      text += kPieces[random() % std::size(kPieces)];
    }
    const auto again = used->Analyze(text);
    const auto fresh = SharedRegistry().NewAnalyzer(GetParam())->Analyze(text);
    ASSERT_EQ(again.size(), fresh.size()) << text;
    for (size_t i = 0; i < again.size(); ++i) {
      ASSERT_EQ(again[i].exact, fresh[i].exact) << text;
      ASSERT_EQ(again[i].lemmas, fresh[i].lemmas) << text;
    }
  }
}

// One field of text without a blank, as of minified scripts and pasted lists: a
// reader that goes to its end from each of its words would take minutes.
TEST(AnyLongRow, TakesTimeInProportionToTheText) {
  const auto analyzer = SharedRegistry().NewAnalyzer("en");
  constexpr size_t kBytes = 100'000;
  for (const std::string_view piece :
       {"a_", "a-", "a.", "aa.", "a.a.abc.", "1,", "1.", "1.1,", "a:///", "a@",
        "a+", "www.a", "l'", "0x", "n°1", "&a", "aаα"}) {
    SCOPED_TRACE(piece);
    std::string text;
    while (text.size() < kBytes) text += piece;
    ASSERT_NO_FATAL_FAILURE(ExpectSound(text, analyzer->Analyze(text)));
  }
  std::string address = "https://example.com";
  for (int i = 0; address.size() < kBytes; ++i) {
    address += "/part" + std::to_string(i);
  }
  ASSERT_NO_FATAL_FAILURE(ExpectSound(address, analyzer->Analyze(address)));
}

INSTANTIATE_TEST_SUITE_P(EveryLanguage, AnyText,
                         ::testing::Values("el", "fr", "nl", "ru", "en", "de",
                                           "it", "uk"));

}  // namespace
}  // namespace kbsearch::analyzers
