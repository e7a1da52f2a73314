#include "engine/index/stored_document.h"

#include <gtest/gtest.h>

#include <string>

namespace kbsearch::engine {
namespace {

StoredDocument Sample() {
  StoredDocument document;
  document.role = DocumentRole::kEntry;
  document.entry = 3;
  Article& article = document.article;
  article.id = "faq-payment";
  article.language = "el";
  article.title = "Πώς πληρώνω;";
  article.url = "https://help.example/el/faq-payment";
  article.kind = ArticleKind::kFaq;
  article.audience = Audience::kAgent;
  article.updated_at = 1'767'225'600;
  article.category = {"Πληρωμές", "Κάρτες"};
  article.tags = {"κάρτα"};
  article.blocks = {{BlockKind::kHeading, 2, "Τίτλος", "anchor"},
                    {BlockKind::kTableRow, 0, "α | β", ""}};
  article.entries = {{"Ε;", "Α", "a1"}};
  return document;
}

TEST(StoredDocumentTest, ComesBackAsItWent) {
  const StoredDocument sample = Sample();
  const auto decoded = DecodeStoredDocument(EncodeStoredDocument(sample));
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(decoded->role, sample.role);
  EXPECT_EQ(decoded->HitId(), "faq-payment#3");
  const Article& article = decoded->article;
  EXPECT_EQ(article.title, sample.article.title);
  EXPECT_EQ(article.url, sample.article.url);
  EXPECT_EQ(article.kind, sample.article.kind);
  EXPECT_EQ(article.audience, sample.article.audience);
  EXPECT_EQ(article.updated_at, sample.article.updated_at);
  EXPECT_EQ(article.category, sample.article.category);
  EXPECT_EQ(article.tags, sample.article.tags);
  ASSERT_EQ(article.blocks.size(), 2u);
  EXPECT_EQ(article.blocks[0].kind, BlockKind::kHeading);
  EXPECT_EQ(article.blocks[0].level, 2);
  EXPECT_EQ(article.blocks[0].anchor, "anchor");
  EXPECT_EQ(article.blocks[1].text, "α | β");
  ASSERT_EQ(article.entries.size(), 1u);
  EXPECT_EQ(article.entries[0].question, "Ε;");
}

TEST(StoredDocumentTest, OnlyANumberNamesAnEntry) {
  EXPECT_EQ(PageId("faq#12"), "faq");
  for (const char* id : {"faq", "guide#intro", "a#1b", "a#", ""}) {
    EXPECT_EQ(PageId(id), id);
  }
}

TEST(StoredDocumentTest, CompressedItComesBackTheSame) {
  StoredDocument sample = Sample();
  for (int i = 0; i < 200; ++i) {
    sample.article.blocks.push_back(
        {BlockKind::kParagraph, 0, "Η παραγγελία παραδίδεται.", ""});
  }
  const std::string record = EncodeStoredDocument(sample);
  const std::string packed = CompressRecord(record);
  EXPECT_LT(packed.size(), record.size() / 5);
  const auto decoded = DecodeStoredDocument(packed);
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(EncodeStoredDocument(*decoded), record);
}

class DamagedDocumentTest : public testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(Compressed, DamagedDocumentTest, testing::Bool());

TEST_P(DamagedDocumentTest, IsToldAtEveryByte) {
  const std::string record = EncodeStoredDocument(Sample());
  const std::string bytes = GetParam() ? CompressRecord(record) : record;
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(DecodeStoredDocument(bytes.substr(0, size)).ok()) << size;
  }
  EXPECT_FALSE(DecodeStoredDocument(bytes + "x").ok());
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = '\xFF';
    (void)DecodeStoredDocument(damaged);  // must not crash or take all memory
  }
}

}  // namespace
}  // namespace kbsearch::engine
