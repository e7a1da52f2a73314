#include "indexer/html/html_document.h"

#include <gtest/gtest.h>

#include <chrono>

namespace kbsearch::indexer {
namespace {

std::string Repeat(std::string_view piece, size_t times) {
  std::string text;
  for (size_t i = 0; i < times; ++i) text += piece;
  return text;
}

TEST(HtmlDocumentTest, RepairsAnyInput) {
  for (const char* html : {"", "<", "text", "</p>", "<p><b>x", "<!--", "<a b='",
                           "<table><p>x", "<svg><title>x", "<script>"}) {
    const auto document = HtmlDocument::Parse(html);
    ASSERT_TRUE(document.ok()) << html;
    EXPECT_TRUE(IsElement(document->body())) << html;
    EXPECT_TRUE(IsElement(document->head())) << html;
  }
}

TEST(HtmlDocumentTest, OpensSelfClosedTagsOfXhtml) {
  const auto document = HtmlDocument::Parse(
      "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">"
      "<head><script src=\"x\"/></head><body><a "
      "id=\"y\"/>κείμενο</body></html>");
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(TextOf(document->body()), "κείμενο");
}

TEST(HtmlDocumentTest, RefusesWhatWouldTakeForEver) {
  const auto start = std::chrono::steady_clock::now();
  const std::string hostile[] = {
      Repeat("<div>", 100'000),
      Repeat("<div>", 100'000) + "x" + Repeat("</div>", 100'000),
      Repeat("<svg><td>", 1) + Repeat("<td>", 100'000),
      "<svg><title>" + Repeat("<div>", 100'000),
      "<!-->" + Repeat("<div>", 100'000) + "-->",
      "<!--x--!>" + Repeat("<div>", 100'000) + "-->",
      "<a b==\"" + Repeat("><div>", 100'000),
      "<a " + Repeat("a ", 1'000'000) + ">",
      Repeat("<ul><li>", 50'000),
      Repeat("<table><tr><td>", 30'000),
      [] {
        std::string html;
        for (int i = 0; i < 900; ++i) {
          html += "<b id=" + std::to_string(i) + ">";
        }
        return html + Repeat("<p>x", 1'000'000);
      }(),
  };
  for (const std::string& html : hostile) {
    EXPECT_FALSE(HtmlDocument::Parse(html).ok()) << html.substr(0, 60);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(HtmlDocumentTest, TakesLongPagesOfUnclosedTags) {
  EXPECT_TRUE(HtmlDocument::Parse(Repeat("<p>x", 50'000)).ok());
  EXPECT_TRUE(HtmlDocument::Parse(Repeat("<a name=x><p>y", 50'000)).ok());
  EXPECT_TRUE(HtmlDocument::Parse("<ul>" + Repeat("<li>x", 50'000)).ok());
  EXPECT_TRUE(
      HtmlDocument::Parse("<table>" + Repeat("<tr><td>x<td>y", 50'000)).ok());
  EXPECT_TRUE(
      HtmlDocument::Parse("<script>" + Repeat("<div>", 5'000) + "</script>")
          .ok());
  EXPECT_TRUE(
      HtmlDocument::Parse("<!--" + Repeat("<div>", 5'000) + "-->").ok());
}

}  // namespace
}  // namespace kbsearch::indexer
