#include "engine/search/snippet.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

// "before [match] after"
std::string Show(const std::vector<Span>& spans) {
  std::string shown;
  for (const Span& span : spans) {
    shown += span.highlighted ? "[" + span.text + "]" : span.text;
  }
  return shown;
}

Snippet Make(const std::string& language, const std::string& query,
             const std::vector<std::string>& paragraphs) {
  const auto analyzer = TestRegistry()->NewAnalyzer(language);
  std::vector<Block> blocks;
  for (const std::string& text : paragraphs) {
    blocks.push_back({BlockKind::kParagraph, 0, text, ""});
  }
  return MakeSnippet(blocks, QueryTerms(AnalyzeQuery(query, *analyzer)),
                     *analyzer);
}

TEST(SnippetTest, MarksTheWordsOfTheQueryInFiveLanguages) {
  const struct {
    const char* language;
    const char* query;
    const char* text;
    const char* shown;
  } kCases[] = {
      {"el", "ΚΩΔΙΚΟΣ", "Αλλάξτε τον κωδικό, ο κωδικός λήγει.",
       "Αλλάξτε τον [κωδικό], ο [κωδικός] λήγει."},
      {"en", "refund", "A refund is paid back. Refunds take 5 days.",
       "A [refund] is paid back. [Refunds] take 5 days."},
      {"fr", "imprimante", "Éteignez l’imprimante.",
       "Éteignez l’[imprimante]."},
      {"nl", "wachtwoord", "Kies een nieuw wachtwoord.",
       "Kies een nieuw [wachtwoord]."},
      {"ru", "возврат", "Оформите возврат товара.",
       "Оформите [возврат] товара."},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(Show(Make(test.language, test.query, {test.text}).spans),
              test.shown);
  }
}

TEST(SnippetTest, TellsExactFromOtherForms) {
  EXPECT_TRUE(Make("en", "refunds", {"Two refunds."}).exact_match);
  EXPECT_FALSE(Make("en", "refunds", {"One refund."}).exact_match);
  EXPECT_TRUE(Make("en", "refunds", {"One refund."}).lemma_match);
}

TEST(SnippetTest, PicksThePassageWithMostOfTheWords) {
  std::string filler;
  for (int i = 0; i < 40; ++i) filler += "Nothing to see in this sentence. ";
  const Snippet snippet =
      Make("en", "reset router password",
           {"The router is white. " + filler,
            filler + "To reset the password of the router press the button. " +
                filler});
  const std::string shown = Show(snippet.spans);
  EXPECT_NE(shown.find("[reset] the [password] of the [router]"),
            std::string::npos)
      << shown;
  EXPECT_EQ(snippet.spans.front().text, "…");
  EXPECT_EQ(snippet.spans.back().text, "…");
  EXPECT_LT(shown.size(), 260u);
}

TEST(SnippetTest, DoesNotCutInsideHyphenatedWords) {
  for (int padding = 0; padding < 12; ++padding) {
    std::string text = "The refund" + std::string(padding, 'x') + " goes to ";
    for (int i = 0; i < 40; ++i) text += "an e-mail ";
    const std::string shown = Show(Make("en", "goes", {text}).spans);
    EXPECT_EQ(shown.find("e…"), std::string::npos) << shown;
  }
}

TEST(SnippetTest, WithoutAMatchTheTextBegins) {
  const Snippet snippet = Make("ru", "пароль", {"Доставка бесплатна."});
  EXPECT_EQ(Show(snippet.spans), "Доставка бесплатна.");
  EXPECT_FALSE(snippet.exact_match || snippet.lemma_match);
}

TEST(SnippetTest, EmptyAndHugeTextsAreFine) {
  EXPECT_TRUE(Make("en", "x", {}).spans.empty());
  EXPECT_TRUE(Make("en", "", {""}).spans.empty());
  const std::string one_word(100'000, 'a');
  EXPECT_FALSE(Make("en", "b", {one_word}).spans.empty());
}

}  // namespace
}  // namespace kbsearch::engine
