#include "analyzers/tables/affix_expander.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/file.h"

namespace kbsearch::analyzers {
namespace {

using ::testing::UnorderedElementsAre;

std::vector<std::string> Forms(const std::string& aff, const std::string& dic) {
  const std::string stem = ::testing::TempDir() + "/expander";
  EXPECT_TRUE(WriteFileAtomically(stem + ".aff", aff).ok());
  EXPECT_TRUE(WriteFileAtomically(stem + ".dic", dic).ok());
  const auto expander = AffixExpander::Read(stem + ".aff", stem + ".dic");
  EXPECT_TRUE(expander.ok()) << expander.status();
  std::vector<std::string> forms;
  if (!expander.ok()) return forms;
  expander->ForEachForm([&](const std::string& form, const std::string& word) {
    forms.push_back(form + "<" + word);
  });
  return forms;
}

TEST(AffixExpanderTest, AppliesConditionsAndStripping) {
  EXPECT_THAT(Forms("SET UTF-8\nSFX A Y 3\nSFX A ka ki [^g]ka\n"
                    "SFX A a 0 [gk]a\nSFX A 0 s .\n",
                    "3\nвилka/A\nnga/A\nx\n"),
              UnorderedElementsAre("вилki<вилka", "вилk<вилka", "вилkas<вилka",
                                   "вилka<вилka", "ng<nga", "ngas<nga",
                                   "nga<nga", "x<x"));
}

TEST(AffixExpanderTest, LongFlagsAndWordsThatNeedAnAffix) {
  EXPECT_THAT(Forms("SET UTF-8\nFLAG long\nNEEDAFFIX ()\nFORBIDDENWORD {}\n"
                    "SFX S. Y 2\nSFX S. 0 0/L' .\nSFX S. 0 s/L' [^s]\n",
                    "2\nclé/S.() po:nom\nfaux/S.{}\n"),
              UnorderedElementsAre("clé<clé", "clés<clé"));
}

TEST(AffixExpanderTest, NamesWhatItCannotRead) {
  const std::string stem = ::testing::TempDir() + "/latin";
  ASSERT_TRUE(WriteFileAtomically(stem + ".aff", "SET ISO8859-7\n").ok());
  const auto expander = AffixExpander::Read(stem + ".aff", stem + ".dic");
  ASSERT_FALSE(expander.ok());
  EXPECT_THAT(std::string(expander.status().message()),
              ::testing::HasSubstr("ISO8859-7"));
}

}  // namespace
}  // namespace kbsearch::analyzers
