#include "indexer/text/page_blocks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "indexer/boilerplate/boilerplate_phrases.h"
#include "tests/unit/indexer/collecting_sink.h"

namespace kbsearch::indexer {
namespace {

using testing::ElementsAre;

PageBlock Line(std::string text) {
  PageBlock block;
  block.block.text = std::move(text);
  return block;
}

PageBlock Item(std::string text, uint32_t list, bool link) {
  PageBlock block = Line(std::move(text));
  block.block.kind = engine::BlockKind::kListItem;
  block.list = list;
  block.links = link;
  block.link_bytes = link ? static_cast<uint32_t>(block.block.text.size()) : 0;
  return block;
}

PageBlock Heading(std::string text) {
  PageBlock block = Line(std::move(text));
  block.block.kind = engine::BlockKind::kHeading;
  block.block.level = 2;
  return block;
}

TEST(PageBlocksTest, TakesNoticesOutInEveryLanguage) {
  const std::vector<std::string> pages[] = {
      {"Αρχική", "Σύνδεση", "Χρησιμοποιούμε cookies. Αποδοχή",
       "Ανοίξτε τις ρυθμίσεις και επιλέξτε λογαριασμό.",
       "ΣΑΣ ΒΟΗΘΗΣΕ ΑΥΤΟ ΤΟ ΑΡΘΡΟ;", "Ναι", "Όχι"},
      {"Home", "Log in", "We use cookies. Accept",
       "Open the settings and choose your account.",
       "Was this article helpful?", "Yes", "No"},
      {"Accueil", "Se connecter", "Nous utilisons des cookies. Accepter",
       "Ouvrez les paramètres et choisissez votre compte.",
       "Cet article vous a-t-il été utile ?", "Oui", "Non"},
      {"Startpagina", "Inloggen", "Wij gebruiken cookies. Akkoord",
       "Open de instellingen en kies je account daar.",
       "Heeft dit artikel je geholpen?", "Ja", "Nee"},
      {"Главная", "Войти", "Мы используем файлы cookie. Принять",
       "Откройте настройки и выберите учётную запись.",
       "Была ли статья полезной?", "Да", "Нет"},
  };
  for (const std::vector<std::string>& page : pages) {
    std::vector<PageBlock> blocks;
    for (const std::string& line : page) blocks.push_back(Line(line));
    EXPECT_THAT(Outline(WithoutBoilerplate(std::move(blocks), "")),
                ElementsAre("P " + page[3]));
  }
}

TEST(PageBlocksTest, KeepsWhatTheTitleSpeaksOf) {
  EXPECT_THAT(
      Outline(WithoutBoilerplate(
          {Line("We use cookies to remember your cart."),
           Line("Delete them in your browser's settings, under Privacy.")},
          "How we use cookies")),
      testing::SizeIs(2));
}

TEST(PageBlocksTest, TakesMenusOutAroundTheTextOnly) {
  EXPECT_THAT(
      Outline(WithoutBoilerplate(
          {Item("Α", 1, true), Item("Β", 1, true),
           Line("Διαβάστε πρώτα τις οδηγίες που ακολουθούν."),
           Item("Γ", 2, true), Item("Δ", 2, true),
           Line("Έπειτα ανοίξτε τις ρυθμίσεις του λογαριασμού σας."),
           Heading("Δείτε και"), Item("Ε", 3, true), Item("Ζ", 3, true)},
          "")),
      ElementsAre("P Διαβάστε πρώτα τις οδηγίες που ακολουθούν.", "L Γ", "L Δ",
                  "P Έπειτα ανοίξτε τις ρυθμίσεις του λογαριασμού σας."));
}

TEST(PageBlocksTest, TakesParagraphsThatAreLinksForAMenu) {
  const auto link = [](std::string text) {
    PageBlock block = Item(std::move(text), 0, true);
    block.block.kind = engine::BlockKind::kParagraph;
    return block;
  };
  const std::string text = "Ouvrez les paramètres et choisissez votre compte.";
  EXPECT_THAT(
      Outline(WithoutBoilerplate({Line(text), link("Insertion d'images"),
                                  link("Édition d'objets graphiques")},
                                 "")),
      ElementsAre("P " + text));
  // Between texts, and alone, a link is part of the article.
  EXPECT_THAT(
      Outline(WithoutBoilerplate(
          {Line(text), link("Insertion"), link("Édition"), Line(text)}, "")),
      testing::SizeIs(4));
  EXPECT_THAT(Outline(WithoutBoilerplate({Line(text), link("Insertion")}, "")),
              testing::SizeIs(2));
}

TEST(PageBlocksTest, KeepsTheLinksOfAnOverview) {
  EXPECT_THAT(Outline(WithoutBoilerplate(
                  {Heading("Compte"), Item("Mot de passe", 1, true),
                   Item("Adresse", 1, true)},
                  "")),
              ElementsAre("H2# Compte", "L Mot de passe", "L Adresse"));
}

TEST(PageBlocksTest, KeepsALabelInsideTheText) {
  EXPECT_THAT(Outline(WithoutBoilerplate(
                  {Line("Press the button that is named like this one:"),
                   Line("Search"),
                   Line("Then wait until the list of results appears.")},
                  "")),
              testing::SizeIs(3));
}

TEST(BoilerplatePhrasesTest, KnowsTheNamesOfAllLanguages) {
  EXPECT_TRUE(IsPageLabel(
      FoldedWords("Ελληνικά | English | Français | Nederlands | Русский")));
  EXPECT_TRUE(IsPageLabel(FoldedWords("Deutsch Polski Türkçe 日本語")));
  EXPECT_FALSE(IsPageLabel(FoldedWords("English version of the contract")));
  EXPECT_FALSE(IsPageLabel(""));
}

TEST(BoilerplatePhrasesTest, FoldsToWords) {
  EXPECT_EQ(FoldedWords("  Σας ΒΟΉΘΗΣΕ – αυτό το «άρθρο»; "),
            "σασ βοηθησε αυτο το αρθρο");
  EXPECT_EQ(FoldedWords("Cet article vous a-t-il aidé ?"),
            "cet article vous a t il aide");
}

TEST(BoilerplatePhrasesTest, KnowsFaqTitles) {
  for (const char* title :
       {"Συχνές ερωτήσεις για τις επιστροφές", "FAQ – Returns",
        "Frequently Asked Questions", "Foire aux questions",
        "Veelgestelde vragen over retouren", "Часто задаваемые вопросы"}) {
    EXPECT_TRUE(NamesFaqPage(FoldedWords(title))) << title;
  }
  EXPECT_FALSE(NamesFaqPage(FoldedWords("Faqir")));
}

}  // namespace
}  // namespace kbsearch::indexer
