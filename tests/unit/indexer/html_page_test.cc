#include "indexer/html/html_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/unit/indexer/collecting_sink.h"

namespace kbsearch::indexer {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

HtmlPage PageOf(std::string_view html) {
  return ReadHtmlPage(*HtmlDocument::Parse(html));
}

TEST(HtmlPageTest, CutsTheSiteNameOff) {
  struct Case {
    const char* title;
    const char* site;
    const char* expected;
  };
  const Case cases[] = {
      {"Reset | Example", "", "Reset"},
      {"Επαναφορά - Κέντρο βοήθειας", "", "Επαναφορά"},
      {"Wi-Fi zonder internet – Example", "", "Wi-Fi zonder internet"},
      {"A | B | Example", "", "A | B"},
      {"Example | Пароль", "Example", "Пароль"},
      {"Только заголовок", "", "Только заголовок"},
      {"Sauvegarde - comment garder une copie de ses propres données", "",
       "Sauvegarde - comment garder une copie de ses propres données"},
      {"", "", ""},
      // Named by the page.
      {"Acme Help: Reset password", "Acme help", "Reset password"},
      {"Κέντρο βοήθειας: Επαναφορά", "Κέντρο Βοήθειας", "Επαναφορά"},
      {"Mot de passe oublié : Aide Acme", "Aide Acme", "Mot de passe oublié"},
      {"Hulp van Acme: Wachtwoord: vergeten", "Hulp van Acme",
       "Wachtwoord: vergeten"},
      {"Сброс пароля: справка Acme", "Справка Acme", "Сброс пароля"},
      {"Windows: an update", "Acme Help", "Windows: an update"},
  };
  for (const Case& expected : cases) {
    EXPECT_EQ(WithoutSiteName(expected.title, expected.site),
              expected.expected);
  }
}

TEST(HtmlPageTest, FindsTheMainContent) {
  const std::pair<const char*, const char*> pages[] = {
      {"<p>x</p><main><h1>T</h1><p>γ</p></main><p>y</p>", "P γ"},
      {"<p>x</p><div role=main><h1>T</h1><p>γ</p></div>", "P γ"},
      {"<p>x</p><article><h1>T</h1><p>γ</p></article>", "P γ"},
      {"<main></main><h1>T</h1><p>γ</p><nav>z</nav>", "P γ"},
      {"<h1>T</h1><p>γ</p><footer>z</footer>", "P γ"},
  };
  for (const auto& [html, block] : pages) {
    const HtmlPage page = PageOf(html);
    EXPECT_EQ(page.title, "T") << html;
    EXPECT_THAT(Outline(page.blocks), ElementsAre(block)) << html;
  }
}

TEST(HtmlPageTest, KeepsBothWordingsOfATitle) {
  struct Case {
    const char* title;
    const char* heading;
    const char* expected;
    std::vector<std::string> blocks;
  };
  const Case cases[] = {
      {"Επιλογή πολλών κελιών",
       "Σήμανση πολλών κελιών",
       "Επιλογή πολλών κελιών",
       {"H1# Σήμανση πολλών κελιών", "P x"}},
      {"Print faster (register-true)",
       "Print faster",
       "Print faster (register-true)",
       {"H1# Print faster", "P x"}},
      {"Sélectionner des cellules | Aide",
       "Marquer des cellules",
       "Sélectionner des cellules",
       {"H1# Marquer des cellules", "P x"}},
      {"Meerdere cellen selecteren",
       "Meerdere cellen markeren",
       "Meerdere cellen selecteren",
       {"H1# Meerdere cellen markeren", "P x"}},
      {"Выбор нескольких ячеек",
       "Выделение нескольких ячеек",
       "Выбор нескольких ячеек",
       {"H1# Выделение нескольких ячеек", "P x"}},
      // The rest is the site's name, or the title is of the site.
      {"Reset | The help of Example and its friends all over the world",
       "Reset",
       "Reset",
       {"P x"}},
      {"Example help centre",
       "Reset your password",
       "Reset your password",
       {"P x"}},
      {"Reset", "Reset your password", "Reset your password", {"P x"}},
  };
  for (const Case& expected : cases) {
    const HtmlPage page =
        PageOf(absl::StrCat("<title>", expected.title, "</title><h1>",
                            expected.heading, "</h1><p>x</p>"));
    EXPECT_EQ(page.title, expected.expected);
    EXPECT_EQ(Outline(page.blocks), expected.blocks) << expected.title;
  }
}

TEST(HtmlPageTest, ASiteNameIsNoOtherWordingOfTheHeading) {
  const std::pair<const char*, const char*> pages[] = {
      {"Βοήθεια Acme: Επαναφορά κωδικού", "Επαναφορά κωδικού"},
      {"Επαναφορά κωδικού Βοήθεια Acme", "Επαναφορά κωδικού"},
      {"Acme Help: Reset password", "Reset password"},
      {"Reset password Acme Help", "Reset password"},
      {"Aide Acme : Mot de passe oublié", "Mot de passe oublié"},
      {"Mot de passe oublié : Aide Acme", "Mot de passe oublié"},
      {"Acme-hulp: Wachtwoord vergeten", "Wachtwoord vergeten"},
      {"Wachtwoord vergeten Acme-hulp", "Wachtwoord vergeten"},
      {"Справка Acme: Сброс пароля", "Сброс пароля"},
      {"Сброс пароля: справка Acme", "Сброс пароля"},
  };
  for (const auto& [title, heading] : pages) {
    const HtmlPage page = PageOf(absl::StrCat("<title>", title, "</title><h1>",
                                              heading, "</h1><p>x</p>"));
    EXPECT_EQ(page.title, heading);
    EXPECT_THAT(Outline(page.blocks), ElementsAre("P x")) << title;
  }
}

TEST(HtmlPageTest, ReadsTheHead) {
  const HtmlPage page = PageOf(
      "<html xml:lang='fr-FR'><head><title>Titre - Site</title>"
      "<link rel=canonical href='https://x.example/a'>"
      "<meta name=keywords content='un, deux ;trois,'>"
      "<meta property='article:section' content=Compte>"
      "<meta property='article:modified_time' content='2026-01-01'>"
      "</head><body><p>x</p></body></html>");
  EXPECT_EQ(page.title, "Titre");
  EXPECT_EQ(page.language, "fr-FR");
  EXPECT_EQ(page.url, "https://x.example/a");
  EXPECT_THAT(page.tags, ElementsAre("un", "deux", "trois"));
  EXPECT_THAT(page.category, ElementsAre("Compte"));
  EXPECT_EQ(page.updated_at, "2026-01-01");
}

TEST(HtmlPageTest, FindsTheDeclaredEncoding) {
  EXPECT_EQ(DeclaredEncoding("<meta charset=\"Windows-1253\">"),
            "windows-1253");
  EXPECT_EQ(DeclaredEncoding("<meta http-equiv=Content-Type "
                             "content='text/html; charset=koi8-r'>"),
            "koi8-r");
  EXPECT_EQ(DeclaredEncoding("<?xml version='1.0' encoding='ISO-8859-7'?>"),
            "iso-8859-7");
  EXPECT_EQ(DeclaredEncoding("<p>no</p>"), "");
}

TEST(HtmlPageTest, TakesTheHeadingThatTheTitleNames) {
  const std::pair<const char*, const char*> pages[] = {
      {"<title>Νέος κωδικός | Βοήθεια</title><h1>Βοήθεια</h1>"
       "<h2>Νέος κωδικός</h2><p>γ</p>",
       "Νέος κωδικός"},
      {"<meta property=og:site_name content=Aide><title>Aide - Mot de passe"
       "</title><h1>Aide</h1><p>γ</p>",
       "Mot de passe"},
      {"<title>6.14. Omzetten</title><h3>6.14. Omzetten</h3><p>γ</p>",
       "Omzetten"},
      {"<title>Статья</title><h1>Другое</h1><p>x</p><h2>Статья</h2><p>γ</p>",
       "Другое"},
      {"<title>2.10 released</title><p>γ</p>", "2.10 released"},
  };
  for (const auto& [html, title] : pages) {
    EXPECT_EQ(PageOf(html).title, title) << html;
  }
}

TEST(HtmlPageTest, FindsAlternatesDatesAndTheLanguage) {
  HtmlPage page = PageOf(
      "<link rel='alternate' hreflang=el href=/el/a>"
      "<link rel='ALTERNATE' hreflang=ru href=/ru/a>"
      "<link rel=alternate type=rss href=/rss>"
      "<link rel=canonical href=/ru/a>"
      "<time datetime=2026-01-02>2 января</time>"
      "<span itemprop=dateModified></span>"
      "<meta itemprop=dateModified content=2026-02-03><p>x</p>");
  ASSERT_THAT(page.alternates, SizeIs(2));
  EXPECT_EQ(page.alternates[1].language, "ru");
  EXPECT_EQ(page.language, "ru");
  EXPECT_EQ(page.updated_at, "2026-02-03");
  page = PageOf(
      "<meta property=og:locale content=nl_NL>"
      "<meta property=og:url content=/nl/b>"
      "<p>x <time datetime=2026-01-02>2 januari</time></p>");
  EXPECT_EQ(page.language, "nl_NL");
  EXPECT_EQ(page.url, "/nl/b");
  EXPECT_EQ(page.updated_at, "2026-01-02");
}

}  // namespace
}  // namespace kbsearch::indexer
