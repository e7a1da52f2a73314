#include "indexer/html/html_blocks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "indexer/html/html_document.h"
#include "tests/unit/indexer/collecting_sink.h"

namespace kbsearch::indexer {
namespace {

using testing::ElementsAre;

std::vector<std::string> OutlineOf(std::string_view html) {
  const auto document = HtmlDocument::Parse(html);
  return Outline(BlocksOfHtml(document->body()));
}

// Of a page, without the elements that are boilerplate.
std::vector<std::string> ContentOutline(std::string_view html) {
  const auto document = HtmlDocument::Parse(html);
  const PageText text(document->body());
  std::vector<engine::Block> blocks;
  for (PageBlock& block : BlocksOfPage(document->body(), text, false)) {
    blocks.push_back(std::move(block.block));
  }
  return Outline(blocks);
}

struct BlockCase {
  const char* html;
  std::vector<std::string> blocks;
};

TEST(HtmlBlocksTest, SeparatesWordsAtBlockBordersOnly) {
  const BlockCase cases[] = {
      {"<p>Ένα</p><p>δύο</p>", {"P Ένα", "P δύο"}},
      {"<div>Один<div>два</div>три</div>", {"P Один", "P два", "P три"}},
      {"όπως<br>portal", {"P όπως portal"}},
      {"mot de <b>pas</b>se", {"P mot de passe"}},
      {"<a>Ρυθμίσεις</a><a>Εργαλεία</a>", {"P Ρυθμίσεις Εργαλεία"}},
      {"<code>get<b>Name</b></code>", {"P getName"}},
      {"één<!-- --> twee\n\t drie", {"P één twee drie"}},
      {"a<img src=x>b<script>c</script>d", {"P a b d"}},
      {"&lt;b&gt; &amp; &eacute;&nbsp;&#1090;", {"P <b> & é т"}},
      {"<p> </p><p>&nbsp;</p>", {}},
  };
  for (const BlockCase& expected : cases) {
    EXPECT_EQ(OutlineOf(expected.html), expected.blocks) << expected.html;
  }
}

TEST(HtmlBlocksTest, KeepsTheKindsOfBlocks) {
  EXPECT_THAT(
      OutlineOf(
          "<h2 id=a>Τίτλος <i>δύο</i></h2>"
          "<ul><li>un<ul><li>deux</li></ul></li><li><p>trois</p></li></ul>"
          "<table><caption>C</caption><tr><th>k</th><th>v</th></tr>"
          "<tr><td><p>1</p></td><td>x<br>y</td></tr></table>"
          "<pre>a  b\n  c\n</pre><dl><dt>t</dt><dd>d</dd></dl>"),
      ElementsAre("H2#a Τίτλος δύο", "L un", "L deux", "L trois", "P C",
                  "T k | v", "T 1 | x y", "C a  b\n  c", "P t", "P d"));
}

TEST(HtmlBlocksTest, ReadsLayoutTablesAsPages) {
  EXPECT_THAT(OutlineOf("<table><tr><td>menu</td><td><h1>Titel</h1><p>tekst</p>"
                        "<table><tr><td>a</td><td>b</td></tr></table></td></tr>"
                        "</table>"),
              ElementsAre("P menu", "H1# Titel", "P tekst", "T a | b"));
}

TEST(HtmlBlocksTest, GivesBlocksTheirAnchors) {
  const auto document = HtmlDocument::Parse(
      "<p>α</p><section id=s><h2>β</h2><p>γ</p></section>"
      "<h3><a name=n></a>δ</h3><p id=own>ε</p><p>ζ</p><h2>η</h2><p>θ</p>");
  std::vector<std::string> anchors;
  for (const auto& block : BlocksOfHtml(document->body())) {
    anchors.push_back(block.text + block.anchor);
  }
  EXPECT_THAT(anchors,
              ElementsAre("α", "βs", "γs", "δn", "εown", "ζn", "η", "θ"));
}

TEST(HtmlBlocksTest, AFooterIsLongerThanAShortText) {
  const std::string footer =
      "<footer><p>This page was made by the people who write our manual.</p>"
      "<p>Its source is kept where all our sources are kept, as always.</p>"
      "</footer>";
  EXPECT_THAT(ContentOutline("<div><h1>Titel</h1><p>Toont de voettekst van het "
                             "document, als die aan staat.</p></div>" +
                             footer),
              ElementsAre("H1# Titel",
                          "P Toont de voettekst van het document, als die aan "
                          "staat."));
  // A sentence that is mostly a link is no running text, and is kept.
  EXPECT_THAT(ContentOutline("<div><h1>Titel</h1><p>Zie <a href=x>de pagina "
                             "over voetteksten en kopteksten</a>.</p></div>" +
                             footer),
              ElementsAre("H1# Titel",
                          "P Zie de pagina over voetteksten en kopteksten."));
  // Where there is nothing else, it is the page.
  EXPECT_THAT(ContentOutline(footer), testing::SizeIs(2));
}

TEST(HtmlBlocksTest, LeavesBoilerplateOut) {
  const char* const boilerplate[] = {
      "<nav>x</nav>",
      "<header><a>x</a></header>",
      "<footer>x</footer>",
      "<aside>x</aside>",
      "<form>x<input><button>y</button></form>",
      "<div role=navigation>x</div>",
      "<div class='cookie-consent'>x</div>",
      "<div id=cookieBanner>x</div>",
      "<section class=gdpr role=dialog>x</section>",
      "<ul class=breadcrumbs><li>x</li></ul>",
      "<div class='newsletter-signup'>x</div>",
      "<div class='article-feedback'>x</div>",
      "<div class=share>x</div>",
      "<button>OK</button>",
      "<select><option>x</option></select>",
      "<noscript>x</noscript>",
      "<template><p>x</p></template>",
      "<svg><title>x</title></svg>",
  };
  for (const char* html : boilerplate) {
    EXPECT_THAT(ContentOutline(std::string("<p>κείμενο</p>") + html),
                ElementsAre("P κείμενο"))
        << html;
  }
}

TEST(HtmlBlocksTest, KeepsContentThatLooksLikeBoilerplate) {
  const BlockCase cases[] = {
      {"<h2 id='cookie-banner'>Cookies</h2>", {"H2#cookie-banner Cookies"}},
      {"<p class=cookies>Delete cookies</p>", {"P Delete cookies"}},
      {"<form id=aspnet><h1>Titre</h1><p>texte</p></form>",
       {"H1#aspnet Titre", "P texte"}},
      {"<header><h1>Titel</h1><nav>x</nav></header>", {"H1# Titel"}},
      {"<main><aside class=note>Let op</aside></main>", {"P Let op"}},
      {"<section id='related-costs-of-express-delivery'>prix</section>",
       {"P prix"}},
      {"<button>Когда придёт моя новая посылка?</button>",
       {"P Когда придёт моя новая посылка?"}},
      {"<h3><button>Πότε;</button></h3>", {"H3# Πότε;"}},
  };
  for (const BlockCase& expected : cases) {
    EXPECT_EQ(ContentOutline(expected.html), expected.blocks) << expected.html;
  }
}

TEST(HtmlBlocksTest, MakesPlainTextOfFragments) {
  EXPECT_EQ(PlainTextOfHtml("<p>3,90&nbsp;€.</p><ul><li>Δωρεάν</li></ul>"),
            "3,90 €.\nΔωρεάν");
  EXPECT_EQ(PlainTextOfHtml("  rien \n à faire "), "rien à faire");
}

}  // namespace
}  // namespace kbsearch::indexer
