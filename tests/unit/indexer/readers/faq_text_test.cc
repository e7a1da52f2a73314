#include "indexer/readers/faq_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/indexer/collecting_sink.h"

namespace kbsearch::indexer {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(FaqTextTest, TakesEntriesOutOfTheBlocks) {
  engine::Article article;
  article.entries = {{"Когда?", "Завтра. Утром.", ""},
                     {"Combien ?", "Dix.", ""}};
  const auto block = [](engine::BlockKind kind, const char* text,
                        const char* anchor) {
    return engine::Block{kind, 2, text, anchor};
  };
  using engine::BlockKind;
  article.blocks = {
      block(BlockKind::kListItem, "Когда?", "top"),
      block(BlockKind::kListItem, "Combien ?", "top"),
      block(BlockKind::kParagraph, "Введение", ""),
      block(BlockKind::kHeading, "КОГДА?", "when"),
      block(BlockKind::kParagraph, "Завтра.", "when"),
      block(BlockKind::kParagraph, "Утром.", "when"),
      block(BlockKind::kParagraph, "Ещё подробность", "when"),
      block(BlockKind::kHeading, "Combien ?", "combien"),
      block(BlockKind::kParagraph, "Dix.", "combien"),
      block(BlockKind::kHeading, "Autre", "autre"),
      block(BlockKind::kParagraph, "Dix.", "autre"),
  };
  RemoveEntriesFromBlocks(&article);
  EXPECT_THAT(Outline(article.blocks),
              ElementsAre("P Введение", "P Ещё подробность", "H2#autre Autre",
                          "P Dix."));
  EXPECT_EQ(article.entries[0].anchor, "when");
  EXPECT_EQ(article.entries[1].anchor, "combien");
}

TEST(FaqTextTest, KnowsQuestionsOfEveryLanguage) {
  for (const char* question :
       {"Πότε χρεώνομαι;", "Πότε χρεώνομαι\u037E", "When am I charged?",
        "Quand suis-je débité ?", "Wanneer betaal ik?", "Когда спишут плату?",
        "« Quand ? »", "Τι είναι το Portal (beta);"}) {
    EXPECT_TRUE(IsQuestion(question)) << question;
  }
  for (const char* other : {"Βήματα", "First do this; then that",
                            "int main() { return 0; };", "Étapes :", ""}) {
    EXPECT_FALSE(IsQuestion(other)) << other;
  }
}

engine::Article ArticleOf(const char* title, std::vector<std::string> lines) {
  engine::Article article;
  article.title = title;
  for (std::string& line : lines) {
    engine::Block block;
    if (line.starts_with("# ")) {
      block.kind = engine::BlockKind::kHeading;
      block.level = 2;
      line.erase(0, 2);
    }
    block.text = std::move(line);
    article.blocks.push_back(std::move(block));
  }
  return article;
}

TEST(FaqTextTest, MakesEntriesOfQuestionHeadings) {
  engine::Article article = ArticleOf(
      "Facturation", {"Introduction.", "# Quand ?", "Lundi.", "Le matin.",
                      "# Combien ?", "Dix.", "# Où ?", "Ici."});
  EXPECT_TRUE(TakeQuestionsFromBlocks(&article));
  ASSERT_THAT(article.entries, SizeIs(3));
  EXPECT_EQ(article.entries[0].question, "Quand ?");
  EXPECT_EQ(article.entries[0].answer, "Lundi.\nLe matin.");
  EXPECT_THAT(Outline(article.blocks), ElementsAre("P Introduction."));
}

TEST(FaqTextTest, ReadsLinesOfPagesThatCallThemselvesFaq) {
  const std::pair<const char*, std::vector<std::string>> pages[] = {
      {"Συχνές ερωτήσεις", {"Πότε;", "Αύριο.", "Πού;", "Εδώ."}},
      {"FAQ: billing", {"1. When?", "Tomorrow.", "2. Where?", "Here."}},
      {"Questions fréquentes", {"Quand ?", "Demain.", "Où ?", "Ici."}},
      {"Veelgestelde vragen", {"Wanneer?", "Morgen.", "Waar?", "Hier."}},
      {"Частые вопросы", {"Когда?", "Завтра.", "Где?", "Здесь."}},
  };
  for (const auto& [title, lines] : pages) {
    engine::Article article = ArticleOf(title, lines);
    EXPECT_TRUE(TakeQuestionsFromBlocks(&article)) << title;
    EXPECT_THAT(article.entries, SizeIs(2));
    EXPECT_THAT(article.blocks, IsEmpty());
  }
}

TEST(FaqTextTest, LeavesArticlesWithAQuestionAlone) {
  for (const char* title : {"Пароль", "Κωδικός"}) {
    engine::Article article =
        ArticleOf(title, {"# Что дальше?", "Текст.", "# Шаги", "Первый.",
                          "# Второй", "Ещё?", "Конец."});
    EXPECT_FALSE(TakeQuestionsFromBlocks(&article));
    EXPECT_THAT(article.blocks, SizeIs(7));
  }
}

}  // namespace
}  // namespace kbsearch::indexer
