#include "cli/synonym_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kbsearch::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST(SynonymTextTest, LinesAreEntriesInEveryLanguage) {
  const SynonymText text = ParseSynonymText(
      "\xEF\xBB\xBF# remark\r\n"
      "σπασμένο, χαλασμένο => ελαττωματικό\r\n"
      "\n"
      "ordinateur portable, notebook,\n"
      "kapot =>defect\n"
      "не работает => неисправен, сломан\n"
      "  two factor , 2FA");
  ASSERT_THAT(text.errors, IsEmpty());
  ASSERT_THAT(text.synonyms, SizeIs(5));
  EXPECT_THAT(text.lines, ElementsAre(2, 4, 5, 6, 7));
  EXPECT_THAT(text.synonyms[0].from(), ElementsAre("σπασμένο", "χαλασμένο"));
  EXPECT_THAT(text.synonyms[0].to(), ElementsAre("ελαττωματικό"));
  EXPECT_TRUE(text.synonyms[0].one_way());
  EXPECT_THAT(text.synonyms[1].from(),
              ElementsAre("ordinateur portable", "notebook"));
  EXPECT_FALSE(text.synonyms[1].one_way());
  EXPECT_THAT(text.synonyms[3].to(), ElementsAre("неисправен", "сломан"));
  EXPECT_THAT(text.synonyms[4].from(), ElementsAre("two factor", "2FA"));
}

TEST(SynonymTextTest, WrongLinesAreNamed) {
  const SynonymText text =
      ParseSynonymText("a, b\n=> b\na =>\na => b => c\nalone\n, ,\n");
  ASSERT_THAT(text.errors, SizeIs(5));
  EXPECT_THAT(text.errors[0], HasSubstr("line 2: has nothing before \"=>\""));
  EXPECT_THAT(text.errors[1], HasSubstr("line 3: has nothing after \"=>\""));
  EXPECT_THAT(text.errors[2], HasSubstr("line 4: has more than one"));
  EXPECT_THAT(text.errors[3], HasSubstr("line 5: names one word only"));
  EXPECT_THAT(text.errors[4], HasSubstr("line 6: names one word only"));
  EXPECT_THAT(text.synonyms, SizeIs(1));
}

TEST(SynonymTextTest, WhatIsWrittenIsRead) {
  v1::Synonym synonym;
  synonym.add_from("1,5 λίτρα");
  synonym.add_from("C:\\temp");
  synonym.add_to("a");
  synonym.set_one_way(true);
  const std::string line = FormatSynonymLine(synonym);
  EXPECT_EQ(line, "1\\,5 λίτρα, C:\\\\temp => a\n");
  const SynonymText read = ParseSynonymText(line);
  ASSERT_THAT(read.synonyms, SizeIs(1));
  EXPECT_EQ(read.synonyms[0].SerializeAsString(), synonym.SerializeAsString());
}

TEST(SynonymTextTest, AnythingElseEndsWell) {
  for (const char* text : {"", "\\", "a\\", "=>", "=>=>", ",", "\n\n", "#"}) {
    EXPECT_THAT(ParseSynonymText(text).synonyms, IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace kbsearch::cli
