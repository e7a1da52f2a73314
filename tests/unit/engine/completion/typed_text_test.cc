#include "engine/completion/typed_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TypedText Read(const std::string& text, const std::string& language) {
  return ReadTyped(CleanLine(text), *TestRegistry()->NewAnalyzer(language));
}

std::vector<std::string> Finished(const TypedText& typed) {
  std::vector<std::string> words;
  for (const TypedWord& word : typed.finished) words.push_back(word.folded);
  return words;
}

TEST(TypedTextTest, CleansTheLine) {
  EXPECT_EQ(CleanLine("\tΝέος\u202e  κωδ\xff"), "Νέος κωδ");
  EXPECT_EQ(CleanLine("a\x01\x02"
                      "b"),
            "a b");
  EXPECT_EQ(CleanLine("wachtwoord  "), "wachtwoord ");
  EXPECT_EQ(CleanLine("\u00a0\n"), "");
  EXPECT_EQ(CleanLine("\xed\xa0\x80x"), "x");  // a lone surrogate
  EXPECT_EQ(CleanLine("👩\u200d💻"), "👩\u200d💻");
}

TEST(TypedTextTest, TheLastWordIsUnfinishedUnlessABlankFollows) {
  const TypedText typed = Read("Wachtwoord ver", "nl");
  EXPECT_THAT(Finished(typed), ElementsAre("wachtwoord"));
  ASSERT_TRUE(typed.last.has_value());
  EXPECT_EQ(typed.last->folded, "ver");
  EXPECT_EQ(typed.text.substr(typed.last->begin), "ver");
  EXPECT_FALSE(Read("wachtwoord ", "nl").last.has_value());
  EXPECT_THAT(Finished(Read("wachtwoord ", "nl")), ElementsAre("wachtwoord"));
}

TEST(TypedTextTest, FoldsCaseAccentsAndFinalSigma) {
  EXPECT_EQ(Read("ΚΩΔΙΚΌΣ", "el").last->folded, "κωδικοσ");
  EXPECT_EQ(Read("κωδικός", "el").last->folded, "κωδικοσ");
  EXPECT_EQ(Read("Réin", "fr").last->folded, "rein");
  EXPECT_EQ(Read("ПАРО", "ru").last->folded, "паро");
}

TEST(TypedTextTest, WhatHoldsNoWordGivesNone) {
  for (const char* text : {"", " ", "🙂🙂", "…!?"}) {
    const TypedText typed = Read(text, "en");
    EXPECT_THAT(typed.finished, IsEmpty()) << text;
    EXPECT_FALSE(typed.last.has_value()) << text;
  }
}

TEST(TypedTextTest, CountsTheBytesTyped) {
  EXPECT_EQ(TypedBytes("Réseau", "res"), 4u);
  EXPECT_EQ(TypedBytes("Re\u0301seau", "res"), 5u);  // decomposed
  EXPECT_EQ(TypedBytes("κωδικός", "κωδικοσ"), 14u);
  EXPECT_EQ(TypedBytes("cœur", "coe"), 3u);
  EXPECT_EQ(TypedBytes("login", "log"), 3u);
  EXPECT_EQ(TypedBytes("login", "lag"), 5u);
}

}  // namespace
}  // namespace kbsearch::engine
