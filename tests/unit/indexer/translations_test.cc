#include "indexer/translations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kbsearch::indexer {
namespace {

using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

Record Page(std::string name, std::string language, std::string url,
            std::vector<AlternatePage> alternates) {
  Record record;
  record.article.id = name;
  record.article.language = language;
  record.article.url = std::move(url);
  record.links = {std::move(name), std::move(language), std::move(alternates)};
  return record;
}

TEST(TranslationsTest, NormalizesAddresses) {
  EXPECT_EQ(NormalizedAddress("HTTPS://Help.Example/El/A/?q#top", "x"),
            "//help.example/El/A?q");
  EXPECT_EQ(NormalizedAddress("http://help.example/el/a", "x"),
            NormalizedAddress("//help.example/el/a", "x"));
  EXPECT_EQ(NormalizedAddress("../fr/a.html", "el/b.html"), "fr/a.html");
}

TEST(TranslationsTest, GivesPagesThatNameEachOtherOneId) {
  const std::vector<AlternatePage> all = {
      {"el", "https://h.example/el/k"},
      {"en", "https://h.example/en/p"},
      {"ru", "https://h.example/ru/p"},
      {"x-default", "https://h.example/en/p"}};
  Translations translations;
  translations.Add(0, Page("k", "el", "https://h.example/el/k/", all));
  translations.Add(1, Page("p", "en", "http://h.example/en/p", all));
  translations.Add(2, Page("r", "ru", "", all));  // names itself
  EXPECT_THAT(translations.Resolve(),
              UnorderedElementsAre(Pair(0, "p"), Pair(2, "p")));
}

TEST(TranslationsTest, FollowsRelativeLinks) {
  Translations translations;
  translations.Add(0, Page("el/a.html", "el", "", {{"fr", "../fr/b.html"}}));
  translations.Add(1, Page("fr/b.html", "fr", "", {{"el", "../el/a.html"}}));
  EXPECT_THAT(translations.Resolve(),
              UnorderedElementsAre(Pair(1, "el/a.html")));
}

TEST(TranslationsTest, NeedsBothToNameEachOther) {
  Translations translations;
  translations.Add(0, Page("a", "el", "//h/a", {{"nl", "//h/b"}}));
  translations.Add(1, Page("b", "nl", "//h/b", {{"el", "//h/other"}}));
  EXPECT_THAT(translations.Resolve(), IsEmpty());
}

TEST(TranslationsTest, LeavesASecondPageOfALanguageAlone) {
  const std::vector<AlternatePage> all = {{"el", "//h/a"}, {"nl", "//h/b"}};
  Translations translations;
  translations.Add(0, Page("a", "el", "//h/a", all));
  translations.Add(1, Page("b", "nl", "//h/b", all));
  translations.Add(2, Page("copy", "nl", "//h/b", all));
  EXPECT_THAT(translations.Resolve(), UnorderedElementsAre(Pair(1, "a")));
}

}  // namespace
}  // namespace kbsearch::indexer
