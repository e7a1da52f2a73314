#include "engine/suggestion/article_place.h"

#include <gtest/gtest.h>

#include <string_view>
#include <utility>
#include <vector>

namespace kbsearch::engine {
namespace {

PlaceLikeness Beside(std::string_view id, std::string_view other) {
  return ComparePlaces(id, {{other}}).front();
}

// Of `id` and the first of `others`.
double Names(std::string_view id, std::vector<std::string_view> others) {
  return ComparePlaces(id, others).front().names;
}

TEST(ArticlePlaceTest, FoldersInCommonFromTheTop) {
  EXPECT_EQ(Beside("a/b/x", "a/b/y").folders, 1);
  EXPECT_EQ(Beside("a/b/x", "a/y").folders, 0.5);
  EXPECT_EQ(Beside("a/b/x", "a/c/y").folders, 0.5);
  EXPECT_EQ(Beside("a/b/x", "c/b/y").folders, 0);
  EXPECT_EQ(Beside("/a//b/x", "a/b/y").folders, 1);
}

TEST(ArticlePlaceTest, IdsWithoutFoldersSayNothing) {
  for (const auto& [id, other] :
       std::vector<std::pair<std::string_view, std::string_view>>{
           {"x", "y"},
           {"", ""},
           {"a/send-mail", "send-mail"},
           {"/send-mail", "/send-mail"},
           {"article-17", "article-18"},
           {"sop-refunds", "sop-chargebacks"},
           {"αλλαγή-κωδικού", "αλλαγή-διεύθυνσης"},
           {"сброс-пароля", "смена-пароля"},
           {"réparer-vélo", "reparer-velo"},
           {"fiets-huren", "fiets-terugbrengen"}}) {
    EXPECT_EQ(Beside(id, other).folders, 0) << id;
    EXPECT_EQ(Beside(id, other).names, 0) << id;
  }
}

TEST(ArticlePlaceTest, WordsOfNamesInEveryScript) {
  EXPECT_DOUBLE_EQ(
      Names("guide/mail/send_mail.html", {"guide/phone/read-mail.html"}),
      1.0 / 3);
  EXPECT_EQ(Names("οδηγός/αλλαγή-κωδικού.html", {"βοήθεια/Αλλαγη_Κωδικου"}), 1);
  EXPECT_DOUBLE_EQ(Names("помощь/сброс-пароля", {"вход/смена-пароля"}),
                   1.0 / 3);
  EXPECT_EQ(Names("aide/réparer-vélo", {"velos/reparer-velo"}), 1);
  EXPECT_DOUBLE_EQ(Names("hulp/fiets-huren", {"gids/fiets-terugbrengen"}),
                   1.0 / 3);
}

TEST(ArticlePlaceTest, WordsOfMostNamesOfTheFolderDoNotCount) {
  EXPECT_EQ(Names("kb/article-17", {"kb/article-18", "kb/article-19"}), 0);
  EXPECT_EQ(Names("kb/sop-refunds", {"kb/sop-chargebacks", "kb/sop-fraud"}), 0);
  // Nor beside another folder, where the word is rare.
  EXPECT_EQ(Names("kb/sop-refunds", {"old/sop-trams", "kb/sop-a", "kb/sop-b"}),
            0);
  // What is left is compared: refunds of refunds, partial.
  EXPECT_DOUBLE_EQ(Names("kb/sop-refunds", {"kb/sop-partial-refunds",
                                            "kb/sop-fraud", "kb/sop-keys"}),
                   1.0 / 2);
  EXPECT_DOUBLE_EQ(
      Names("вход/сброс-пароля",
            {"вход/смена-пароля", "вход/регистрация", "вход/телефон"}),
      1.0 / 3);
}

TEST(ArticlePlaceTest, EntriesOfOnePageAreOneName) {
  EXPECT_DOUBLE_EQ(Names("a/send-mail", {"a/read-mail", "a/read-mail", "a/one",
                                         "a/two", "a/read-mail"}),
                   1.0 / 3);
}

TEST(ArticlePlaceTest, NumbersShortWordsAndExtensionsSayNothing) {
  EXPECT_EQ(Names("a/4711", {"b/4711"}), 0);
  EXPECT_EQ(Names("a/main0601", {"b/main0602"}), 0);
  EXPECT_EQ(Names("a/main0601", {"b/main0601"}), 1);
  EXPECT_EQ(Names("a/to-do", {"b/to-be"}), 0);
  EXPECT_EQ(Names("a/mail.html", {"b/phone.html"}), 0);
}

TEST(ArticlePlaceTest, AnyBytesAreAccepted) {
  EXPECT_EQ(Beside("\xff\xfe/\x80", "\xff\xfe/\x81").folders, 1);
  EXPECT_EQ(Beside(std::string_view("\0/\0", 3), "...").names, 0);
  EXPECT_TRUE(ComparePlaces("a/b", {}).empty());
}

TEST(ArticlePlaceTest, NearerPlacesScoreHigher) {
  const std::vector<std::string_view> others = {"a/mail-send", "a/phone",
                                                "b/phone", "a/keys"};
  const std::vector<PlaceLikeness> places = ComparePlaces("a/mail", others);
  EXPECT_GT(PlaceScore(places[0]), PlaceScore(places[1]));
  EXPECT_GT(PlaceScore(places[1]), PlaceScore(places[2]));
}

}  // namespace
}  // namespace kbsearch::engine
