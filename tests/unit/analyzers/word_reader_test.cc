#include "analyzers/word_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace kbsearch::analyzers {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The words of a text; those in names in angle brackets.
std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words;
  WordReader reader(text);
  while (reader.Next()) {
    const std::string word(reader.bytes());
    words.push_back(reader.in_name() ? "<" + word + ">" : word);
  }
  return words;
}

TEST(WordReaderTest, ReadsRunsOfLettersOfOneScript) {
  EXPECT_THAT(Words("Πώς, l'été; wi-fi!"),
              ElementsAre("Πώς", "l", "été", "wi", "fi"));
  EXPECT_THAT(Words("файлPDF"), ElementsAre("файл", "PDF"));
  EXPECT_THAT(Words("e\u0301te\u0301"), ElementsAre("e\u0301te\u0301"));
  EXPECT_THAT(Words(""), IsEmpty());
  EXPECT_THAT(Words(" .. -- 12 \xff"), IsEmpty());
}

TEST(WordReaderTest, RunsWithDigitsAreNoWords) {
  EXPECT_THAT(Words("Office365 2nd my_file me@home now"), ElementsAre("now"));
}

TEST(WordReaderTest, WordsJoinedByFullStopsAreNames) {
  EXPECT_THAT(Words("fichier libfoo.so manquant"),
              ElementsAre("fichier", "<libfoo>", "<so>", "manquant"));
  EXPECT_THAT(Words("T.DIST.RT function"),
              ElementsAre("<T>", "<DIST>", "<RT>", "function"));
  EXPECT_THAT(Words("т.е. сразу"), ElementsAre("<т>", "<е>", "сразу"));
  EXPECT_THAT(Words("lib2.so"), ElementsAre("<so>"));
}

TEST(WordReaderTest, FullStopsEndSentences) {
  EXPECT_THAT(Words("done. then"), ElementsAre("done", "then"));
  EXPECT_THAT(Words("готово.Затем"), ElementsAre("готово", "Затем"));
  EXPECT_THAT(Words("3.Open it."), ElementsAre("Open", "it"));
}

}  // namespace
}  // namespace kbsearch::analyzers
