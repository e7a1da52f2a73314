#include "indexer/readers/markdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "tests/unit/indexer/collecting_sink.h"

namespace kbsearch::indexer {
namespace {

using testing::ElementsAre;

TEST(MarkdownTest, MakesBlocksOfEachKind) {
  EXPECT_THAT(
      Outline(*BlocksOfMarkdown("Αρχή *με* [σύνδεσμο](http://x)\n"
                                "σε δύο γραμμές.\n\n"
                                "## Νέος κωδικός\n\n"
                                "* ένα\n* δύο\n\n  ακόμα\n"
                                "    1. три\n\n"
                                "| a | b |\n|---|---|\n| γ | **δ** |\n\n"
                                "```sh\nrm  x\n  y\n```\n\n"
                                "> citation\n")),
      ElementsAre("P Αρχή με σύνδεσμο σε δύο γραμμές.",
                  "H2#νέος-κωδικός Νέος κωδικός", "L ένα", "L δύο", "L ακόμα",
                  "L три", "T a | b", "T γ | δ", "C rm  x\n  y", "P citation"));
}

TEST(MarkdownTest, GivesBlocksTheAnchorAbove) {
  const auto blocks = *BlocksOfMarkdown(
      "eerst\n\n## Stap {#stap-een}\n\nx\n\n## Étape\n\ny\n\n## Étape\n\nz\n");
  std::vector<std::string> anchors;
  for (const engine::Block& block : blocks) anchors.push_back(block.anchor);
  EXPECT_THAT(anchors, ElementsAre("", "stap-een", "stap-een", "étape", "étape",
                                   "étape-1", "étape-1"));
  EXPECT_EQ(blocks[1].text, "Stap");
}

TEST(MarkdownTest, ReadsEmbeddedHtml) {
  EXPECT_THAT(Outline(*BlocksOfMarkdown("<details><summary>Вопрос</summary>"
                                        "<p>Ответ</p></details>\n\n"
                                        "eerste<br>tweede <b>vet</b>\n")),
              ElementsAre("P Вопрос", "P Ответ", "P eerste tweede vet"));
}

TEST(MarkdownTest, MakesAnchorsOfHeadings) {
  EXPECT_EQ(HeadingAnchor("Νέος κωδικός (2)!"), "νέος-κωδικός-2");
  EXPECT_EQ(HeadingAnchor("Wi-Fi & ПАРОЛЬ_1"), "wi-fi--пароль_1");
}

TEST(MarkdownTest, SurvivesHostileInput) {
  const auto start = std::chrono::steady_clock::now();
  const size_t size = 300'000;
  for (const char* piece :
       {">", "[", "*a_", "`", "![", "<", "* ", "|-", "&", "<div>", "\\", "~~",
        "](", "\n> * ", "![[]()", "![[]()\n", "- ![[]()\n", "|a"}) {
    std::string text;
    while (text.size() < size) text += piece;
    BlocksOfMarkdown(text);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

TEST(MarkdownTest, RefusesWhatWouldTakeForEver) {
  std::string brackets;
  for (int i = 0; i < 4000; ++i) brackets += "![[]()";
  EXPECT_FALSE(BlocksOfMarkdown(brackets).has_value());
  std::string table = "|" + std::string(2000, '|') + "\n|";
  for (int i = 0; i < 2000; ++i) table += "-|";
  for (int i = 0; i < 600; ++i) table += "\n|a";
  EXPECT_FALSE(BlocksOfMarkdown(table).has_value());
}

TEST(MarkdownTest, TakesLongListsAndTables) {
  std::string tasks;
  for (int i = 0; i < 5000; ++i) tasks += "- [ ] [taak](x)\n";
  EXPECT_EQ(BlocksOfMarkdown(tasks)->size(), 5000u);
  std::string table = "|a|b|\n|-|-|\n";
  for (int i = 0; i < 5000; ++i) table += "|1|2|\n";
  EXPECT_EQ(BlocksOfMarkdown(table)->size(), 5001u);
}

}  // namespace
}  // namespace kbsearch::indexer
