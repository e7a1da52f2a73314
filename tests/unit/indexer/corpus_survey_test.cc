#include "indexer/corpus_survey.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>

#include "tests/unit/indexer/collecting_sink.h"

namespace kbsearch::indexer {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Record MakeRecord(std::string id, std::string language,
                  std::vector<std::string> lines) {
  Record record;
  record.article.id = std::move(id);
  record.article.language = std::move(language);
  for (std::string& line : lines) {
    engine::Block block;
    block.text = std::move(line);
    record.article.blocks.push_back(std::move(block));
  }
  return record;
}

// Looks at every record and counts it.
std::vector<CorpusSurvey::Look> CountAll(const std::vector<Record>& records,
                                         CorpusSurvey& survey) {
  std::vector<CorpusSurvey::Look> looks;
  for (const Record& record : records) {
    looks.push_back(survey.LookAt(record));
    survey.Count(record.article, &looks.back());
  }
  return looks;
}

TEST(CorpusSurveyTest, WeighsDownWhatManyArticlesRepeat) {
  const char* const notices[] = {
      "Αυτή η σελίδα αφορά την έκδοση 5 του προγράμματος.",
      "This page is about version 5 of the program.",
      "Cette page concerne la version 5 du programme.",
      "Deze pagina gaat over versie 5 van het programma.",
      "Эта страница относится к версии 5 программы."};
  CorpusSurvey survey(nullptr);
  std::vector<Record> records;
  for (int i = 0; i < 30; ++i) {
    for (const char* notice : notices) {
      records.push_back(MakeRecord(
          std::to_string(records.size()), "",
          {notice, "Own text number " + std::to_string(i) + " here."}));
    }
  }
  CountAll(records, survey);
  CollectingSink sink;
  for (Record& record : records) {
    survey.Judge(&record, survey.LookAt(record), sink);
    EXPECT_EQ(record.article.blocks[0].weight, 0);
  }
  EXPECT_THAT(sink.items, SizeIs(5));  // each told once
  // Some of the own texts stand in five articles: not many.
  EXPECT_EQ(records[0].article.blocks[1].weight, 1);
}

TEST(CorpusSurveyTest, KeepsArticlesOfNothingElse) {
  CorpusSurvey survey(nullptr);
  std::vector<Record> records;
  for (int i = 0; i < 30; ++i) {
    records.push_back(MakeRecord(std::to_string(i), "nl",
                                 {"Deze tekst staat overal hetzelfde."}));
  }
  CountAll(records, survey);
  CollectingSink sink;
  survey.Judge(&records[0], survey.LookAt(records[0]), sink);
  EXPECT_EQ(records[0].article.blocks[0].weight, 1);
}

std::string LongText(int words, const std::string& stem) {
  std::string text;
  for (int i = 0; i < words; ++i) text += stem + std::to_string(i) + " ";
  return text;
}

TEST(CorpusSurveyTest, TellsNearDuplicatesOfALanguage) {
  const std::string text = LongText(300, "слово");
  CorpusSurvey survey(nullptr);
  CollectingSink sink;
  std::vector<Record> records = {
      MakeRecord("a", "ru", {text}), MakeRecord("b", "ru", {text + "конец"}),
      MakeRecord("c", "ru", {LongText(300, "иное")}),
      MakeRecord("d", "el", {text}), MakeRecord("e", "ru", {"слово слово"})};
  for (Record& record : records)
    survey.Judge(&record, survey.LookAt(record), sink);
  ASSERT_THAT(Reasons(sink.items),
              ElementsAre("notice:0 nearly the same text as another article"));
  EXPECT_EQ(sink.items[0].article_id, "b");
  EXPECT_EQ(sink.items[0].detail, "as a, ru");
}

TEST(SimHashTest, DiffersLittleWhereTextsDo) {
  const std::string text = LongText(400, "woord");
  EXPECT_LE(std::popcount(SimHash(text) ^ SimHash(text + "nog iets")), 4);
  EXPECT_GT(std::popcount(SimHash(text) ^ SimHash(LongText(400, "mot"))), 10);
  EXPECT_EQ(SimHash("te kort"), 0u);
}

TEST(CorpusSurveyTest, TellsPagesInAnotherLanguageThanTheySay) {
  CorpusSurvey survey([](std::string_view text) {
    return std::pair<std::string, double>(
        text.find("the") != std::string_view::npos ? "en" : "el", 0.99);
  });
  const std::string english = LongText(60, "the word ");
  std::vector<Record> records = {MakeRecord("a", "en", {english}),
                                 MakeRecord("a", "nl", {english}),
                                 MakeRecord("b", "nl", {english}),
                                 MakeRecord("c", "en", {LongText(60, "λέξη")}),
                                 MakeRecord("d", "nl", {"the short one"})};
  CountAll(records, survey);
  CollectingSink sink;
  for (Record& record : records)
    survey.Judge(&record, survey.LookAt(record), sink);
  std::vector<std::string> reasons;
  for (const ReportItem& item : sink.items) {
    if (item.reason.find("same text") == std::string::npos) {
      reasons.push_back(item.article_id + ": " + item.reason);
    }
  }
  EXPECT_THAT(
      reasons,
      ElementsAre("a: untranslated page in a translated set",
                  "b: text seems to be in another language than the page says",
                  "c: text in another language than the page says"));
  EXPECT_EQ(records[1].article.language, "nl");
  EXPECT_EQ(records[3].article.language, "el");
}

}  // namespace
}  // namespace kbsearch::indexer
