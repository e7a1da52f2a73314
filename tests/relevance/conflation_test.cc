#include "tests/relevance/conflation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace kbsearch::relevance {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> FirstThreeLetters(const std::string& word) {
  return {word.substr(0, 3)};
}

class ConflationTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("conflation_test." + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
  }
  std::string folder() const { return folder_.string(); }

 private:
  std::filesystem::path folder_;
};

TEST_F(ConflationTest, CountsPairsOfFormsThatShareNoTerm) {
  const WordLists lists = {{{"take", "takes", "took"}, {"cat", "cats"}}, {}};
  const Conflation result = MeasureConflation(lists, FirstThreeLetters);
  EXPECT_EQ(result.form_pairs, 4U);
  EXPECT_EQ(result.apart, 2U);
  EXPECT_DOUBLE_EQ(result.UnderStemming(), 0.5);
  EXPECT_DOUBLE_EQ(result.WholeFamilies(), 0.5);
  EXPECT_THAT(result.failures, ElementsAre("take took", "takes took"));
}

TEST_F(ConflationTest, CountsStrangersThatShareATerm) {
  const WordLists lists = {{}, {{"cat", "category"}, {"dog", "cat"}}};
  const Conflation result = MeasureConflation(lists, FirstThreeLetters);
  EXPECT_DOUBLE_EQ(result.OverStemming(), 0.5);
  EXPECT_THAT(result.failures, ElementsAre("cat = category"));
}

TEST_F(ConflationTest, OneCommonTermOfSeveralIsEnough) {
  const WordLists lists = {{{"bases", "basis"}}, {}};
  const Conflation result = MeasureConflation(lists,
                                              [](const std::string& word) {
                                                return word == "bases" ? std::vector<std::string>{"base", "basis"}
                               : std::vector<std::string>{word};
                                              });
  EXPECT_EQ(result.apart, 0U);
}

TEST_F(ConflationTest, ReadsTheLinesOfOnePart) {
  Write("el.txt", "dev τιμή τιμές\ntest λίστα λίστες λίστας\n");
  Write("el-strangers.txt", "test τιμή τιμολόγιο\ndev ώρα όρος\n");
  const auto lists = ReadWordLists(folder(), "el", "test");
  ASSERT_TRUE(lists.ok()) << lists.status();
  ASSERT_EQ(lists->families.size(), 1U);
  EXPECT_THAT(lists->families[0], ElementsAre("λίστα", "λίστες", "λίστας"));
  ASSERT_EQ(lists->strangers.size(), 1U);
  EXPECT_EQ(lists->strangers[0].second, "τιμολόγιο");
}

TEST_F(ConflationTest, NamesTheLineThatIsWrong) {
  Write("fr.txt", "dev carte cartes\nsuivant suivante\n");
  Write("fr-strangers.txt", "");
  const auto lists = ReadWordLists(folder(), "fr", "dev");
  ASSERT_FALSE(lists.ok());
  EXPECT_THAT(std::string(lists.status().message()), HasSubstr("fr.txt:2"));
}

TEST_F(ConflationTest, AFamilyOfOneFormIsAnError) {
  Write("nl.txt", "dev prijs\n");
  Write("nl-strangers.txt", "");
  EXPECT_FALSE(ReadWordLists(folder(), "nl", "dev").ok());
}

}  // namespace
}  // namespace kbsearch::relevance
