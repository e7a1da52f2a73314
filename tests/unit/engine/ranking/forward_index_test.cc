#include "engine/ranking/forward_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "analyzers/registry.h"
#include "engine/ranking/document_match.h"
#include "engine/ranking/forward_writer.h"

namespace kbsearch::engine {
namespace {

class ForwardIndexTest : public testing::Test {
 protected:
  ForwardIndexTest()
      : registry_(*analyzers::Registry::Load()),
        path_(testing::TempDir() + "/forward-" +
              testing::UnitTest::GetInstance()->current_test_info()->name()) {}
  ~ForwardIndexTest() override { std::filesystem::remove(path_); }

  ForwardDocument Document(const std::string& id, const std::string& language,
                           const std::string& title, const std::string& body) {
    const auto analyzer = registry_->NewAnalyzer(language);
    return {id,
            language,
            2,
            20'000,
            {{BlockField::kTitle, analyzer->Analyze(title)},
             {BlockField::kBody, analyzer->Analyze(body)}}};
  }

  std::shared_ptr<const ForwardIndex> Write(
      const std::vector<ForwardDocument>& documents) {
    ForwardWriter writer(path_);
    uint32_t number = 0;
    for (const ForwardDocument& document : documents) {
      writer.Add(number += 3, document);
    }
    EXPECT_TRUE(writer.Finish().ok());
    auto index = ForwardIndex::Open(path_);
    EXPECT_TRUE(index.ok()) << index.status();
    return *index;
  }

  // Occurrences of the query in document 3, as "field:word@position=quality".
  std::vector<std::string> Matches(const ForwardIndex& index,
                                   const std::string& language,
                                   const std::string& query) {
    const QueryWords words =
        AnalyzeQuery(query, *registry_->NewAnalyzer(language));
    DocumentMatch match;
    QueryMatcher(words, index).Match(index.Find(3), &match);
    std::vector<std::string> found;
    for (const Occurrence& occurrence : match.occurrences) {
      char text[64];
      std::snprintf(text, sizeof(text), "%d:%u@%u=%.2f",
                    static_cast<int>(match.blocks[occurrence.block].field),
                    occurrence.word, occurrence.position, occurrence.quality);
      found.emplace_back(text);
    }
    return found;
  }

  std::shared_ptr<const analyzers::Registry> registry_;
  std::string path_;
};

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(ForwardIndexTest, KeepsWhatADocumentIs) {
  const auto index = Write({Document("a", "en", "Returns", "Send it back."),
                            Document("b#2", "en", "", "Nothing.")});
  const ForwardRecord record = index->Find(6);
  EXPECT_EQ(record.hit_id(), "b#2");
  EXPECT_EQ(record.language(), "en");
  EXPECT_EQ(record.kind(), 2);
  EXPECT_EQ(record.updated_day(), 20'000);
  EXPECT_TRUE(index->Find(1).empty());
  EXPECT_TRUE(index->Find(7).empty());
  EXPECT_EQ(index->average_words(), 2.5);
}

TEST_F(ForwardIndexTest, FindsWordsAsTypedAndByTheirLemmaInEveryLanguage) {
  const struct {
    const char* language;
    const char* title;
    const char* body;
    const char* query;
    std::vector<std::string> found;
  } cases[] = {
      {"el",
       "Ο κωδικός",
       "Αλλαγή κωδικού",
       "κωδικού",
       {"0:0@1=0.80", "3:0@11=1.00"}},
      {"en",
       "Refunds",
       "We refund you",
       "refund",
       {"0:0@0=0.80", "3:0@10=1.00"}},
      {"fr",
       "Les remboursements",
       "Le remboursement",
       "remboursement",
       {"0:0@1=0.80", "3:0@11=1.00"}},
      {"nl",
       "Facturen",
       "De factuur",
       "factuur",
       {"0:0@0=0.80", "3:0@10=1.00"}},
      {"ru", "Заказы", "Ваш заказ", "заказ", {"0:0@0=0.80", "3:0@10=1.00"}},
  };
  for (const auto& test : cases) {
    SCOPED_TRACE(test.language);
    const auto index =
        Write({Document("a", test.language, test.title, test.body)});
    EXPECT_THAT(Matches(*index, test.language, test.query),
                testing::ElementsAreArray(test.found));
  }
}

TEST_F(ForwardIndexTest, FindsPartsOfCompoundsBothWays) {
  const auto index =
      Write({Document("a", "nl", "Klantenservice", "service voor klanten")});
  // The document's compound holds the word; the word's parts are all there.
  EXPECT_THAT(Matches(*index, "nl", "service"),
              ElementsAre("0:0@0=0.50", "3:0@9=1.00"));
  EXPECT_THAT(Matches(*index, "nl", "klantenservice"),
              ElementsAre("0:0@0=1.00", "3:0@9=0.30", "3:0@11=0.30"));
  const auto half = Write({Document("a", "nl", "", "service alleen")});
  EXPECT_THAT(Matches(*half, "nl", "klantenservice"), IsEmpty());
}

TEST_F(ForwardIndexTest, WordsOfOneBeginningAreAWeakMatch) {
  const auto index = Write({Document("a", "ru", "", "Ваша регистратура")});
  EXPECT_THAT(Matches(*index, "ru", "регистрировать"),
              ElementsAre("3:0@9=0.25"));
  EXPECT_THAT(Matches(*index, "ru", "реестр"), IsEmpty());
}

TEST_F(ForwardIndexTest, JoinedWordsStandWhereTheirFirstDoes) {
  const auto index = Write({Document("a", "en", "", "Your Wi-Fi network")});
  EXPECT_THAT(Matches(*index, "en", "wifi network"),
              ElementsAre("3:0@9=1.00", "3:1@11=1.00"));
}

TEST_F(ForwardIndexTest, AnEmptyIndexIsValid) {
  const auto index = Write({});
  EXPECT_TRUE(index->Find(1).empty());
  EXPECT_THAT(Matches(*index, "en", "refund"), IsEmpty());
}

TEST_F(ForwardIndexTest, DamageIsToldAndNeverRead) {
  Write({Document("a", "en", "Returns", "Send it back.")});
  std::ifstream in(path_, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), {});
  for (size_t size = 0; size < bytes.size(); ++size) {
    std::ofstream(path_, std::ios::binary) << bytes.substr(0, size);
    const auto cut = ForwardIndex::Open(path_);
    EXPECT_FALSE(cut.ok()) << size;
  }
  for (size_t at = 0; at < bytes.size(); ++at) {
    std::string flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x55);
    std::ofstream(path_, std::ios::binary) << flipped;
    const auto index = ForwardIndex::Open(path_);
    if (!index.ok()) continue;
    Matches(**index, "en", "send returns");  // ends
    // Takes memory by the number of words, which the file tells.
    EXPECT_LT((*index)->TermsOfWords().size(), 100u) << at;
  }
  EXPECT_TRUE(absl::IsNotFound(ForwardIndex::Open("/nowhere").status()));
}

TEST(RootTest, IsTheFirstSixLetters) {
  EXPECT_EQ(RootOf("verwijderen"), "verwij");
  EXPECT_EQ(RootOf("διαγραφη"), "διαγρα");
  EXPECT_EQ(RootOf("ключик"), "ключик");
  EXPECT_EQ(RootOf("ключи"), "");
  EXPECT_EQ(RootOf(""), "");
}

}  // namespace
}  // namespace kbsearch::engine
