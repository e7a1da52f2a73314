#include "engine/suggestion/article_place.h"

#include <gtest/gtest.h>

#include <string>

namespace kbsearch::engine {
namespace {

TEST(ArticlePlaceTest, FoldersInCommonFromTheTop) {
  EXPECT_EQ(ComparePlaces("a/b/x", "a/b/y").folders, 1);
  EXPECT_EQ(ComparePlaces("a/b/x", "a/y").folders, 0.5);
  EXPECT_EQ(ComparePlaces("a/b/x", "a/c/y").folders, 0.5);
  EXPECT_EQ(ComparePlaces("a/b/x", "c/b/y").folders, 0);
  EXPECT_EQ(ComparePlaces("/a//b/x", "a/b/y").folders, 1);
}

TEST(ArticlePlaceTest, IdsWithoutFoldersHaveNoPlace) {
  EXPECT_EQ(ComparePlaces("x", "y").folders, 0);
  EXPECT_EQ(ComparePlaces("a/x", "y").folders, 0);
  EXPECT_EQ(ComparePlaces("", "").folders, 0);
}

TEST(ArticlePlaceTest, WordsOfNamesInEveryScript) {
  EXPECT_DOUBLE_EQ(
      ComparePlaces("guide/mail/send_mail.html", "guide/read-mail.html").names,
      1.0 / 3);
  EXPECT_EQ(ComparePlaces("αλλαγή-κωδικού.html", "Αλλαγη_Κωδικου").names, 1);
  EXPECT_DOUBLE_EQ(ComparePlaces("сброс-пароля", "смена-пароля").names,
                   1.0 / 3);
  EXPECT_EQ(ComparePlaces("réparer-vélo", "reparer-velo").names, 1);
  EXPECT_DOUBLE_EQ(ComparePlaces("fiets-huren", "fiets-terugbrengen").names,
                   1.0 / 3);
}

TEST(ArticlePlaceTest, NumbersShortWordsAndExtensionsSayNothing) {
  EXPECT_EQ(ComparePlaces("4711", "4711").names, 0);
  EXPECT_EQ(ComparePlaces("main0601", "main0602").names, 1);
  EXPECT_EQ(ComparePlaces("to-do", "to-be").names, 0);
  EXPECT_EQ(ComparePlaces("mail.html", "phone.html").names, 0);
}

TEST(ArticlePlaceTest, AnyBytesAreAccepted) {
  EXPECT_EQ(ComparePlaces("\xff\xfe/\x80", "\xff\xfe/\x81").folders, 1);
  EXPECT_EQ(ComparePlaces(std::string("\0/\0", 3), "...").names, 0);
}

TEST(ArticlePlaceTest, NearerPlacesScoreHigher) {
  const double same_name = PlaceScore(ComparePlaces("a/mail", "a/mail-send"));
  const double same_folder = PlaceScore(ComparePlaces("a/mail", "a/phone"));
  EXPECT_GT(same_name, same_folder);
  EXPECT_GT(same_folder, PlaceScore(ComparePlaces("a/mail", "b/phone")));
}

}  // namespace
}  // namespace kbsearch::engine
