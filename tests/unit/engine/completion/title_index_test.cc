#include "engine/completion/title_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/file.h"
#include "engine/generations/generations.h"
#include "engine/index/stored_document.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class TitleIndexTest : public testing::Test {
 protected:
  void BuildKb(const std::vector<Article>& articles) {
    generation_ = Build(folder_.path(), articles).generation;
  }

  std::string Folder(const std::string& language,
                     Audience audience = Audience::kPublic) const {
    return ShardFolder(GenerationFolder(folder_.path(), "kb", generation_),
                       language, audience);
  }

  std::shared_ptr<const TitleIndex> Open(const std::string& language) const {
    const auto vocabulary =
        ShardVocabulary::Open(VocabularyPath(Folder(language)));
    EXPECT_TRUE(vocabulary.ok()) << vocabulary.status();
    auto index = TitleIndex::Open(TitleIndexPath(Folder(language)),
                                  (*vocabulary)->size());
    EXPECT_TRUE(index.ok()) << index.status();
    return *index;
  }

  static std::vector<std::string> Texts(const TitleIndex& index) {
    std::vector<std::string> texts;
    for (uint32_t i = 0; i < index.size(); ++i) {
      texts.emplace_back(index.text(i));
    }
    return texts;
  }

  TemporaryFolder folder_;
  uint64_t generation_ = 0;
};

TEST_F(TitleIndexTest, HoldsTitlesAndQuestionsSortedByTheirWords) {
  Article faq = MakeArticle("faq", "fr", "Questions", "Vos questions.");
  faq.entries = {{"Mot de passe perdu ?", "Cliquez.", "a"}};
  Article untitled = MakeArticle("untitled", "fr", "", "Rien.");
  BuildKb({MakeArticle("b", "fr", "Mot\tde passe oublié ", "Un."), faq,
           untitled, MakeArticle("a", "fr", "Été", "Deux.")});
  const auto index = Open("fr");
  EXPECT_THAT(Texts(*index), ElementsAre("Été", "Mot de passe oublié",
                                         "Mot de passe perdu ?", "Questions"));
  EXPECT_EQ(index->hit_id(1), "b");
  EXPECT_EQ(index->hit_id(2), "faq#1");
  const TitleWords words = index->words(1);
  ASSERT_EQ(words.size(), 4u);
  EXPECT_EQ(words.begins[3], 13);
  EXPECT_EQ(words.ends[3], 20);
  EXPECT_EQ(words.marks[1], TitleWords::kStop);
  EXPECT_THAT(index->TitlesWith(words.ids[0], words.ids[0] + 1),
              ElementsAre(1u, 2u));
}

TEST_F(TitleIndexTest, KnowsFormsByTheirLemmas) {
  BuildKb({MakeArticle("a", "el", "Αλλαγή κωδικού", "Ένα."),
           MakeArticle("b", "el", "Ο κωδικός έληξε", "Δύο.")});
  const auto index = Open("el");
  const auto tokens = TestRegistry()->NewAnalyzer("el")->Analyze("κωδικούς");
  ASSERT_FALSE(tokens.empty());
  ASSERT_FALSE(tokens[0].lemmas.empty());
  EXPECT_EQ(index->WordsOfLemma(tokens[0].lemmas[0]).size(), 2u);
  EXPECT_TRUE(index->WordsOfLemma("").empty());
  EXPECT_TRUE(index->WordsOfLemma("zzz").empty());
}

// The promise of live changes: whoever has changed a shard makes the file anew.
TEST_F(TitleIndexTest, IsRebuiltFromTheShardsOwnDocuments) {
  BuildKb({MakeArticle("a", "nl", "Wachtwoord vergeten", "Een."),
           MakeArticle("b", "nl", "Geld terug", "Twee.")});
  const std::string path = TitleIndexPath(Folder("nl"));
  const std::string built = *ReadFile(path);
  const auto vocabulary = *ShardVocabulary::Open(VocabularyPath(Folder("nl")));
  std::filesystem::remove(path);
  ASSERT_TRUE(WriteTitleIndex(Xapian::Database(Folder("nl")), *vocabulary,
                              *TestRegistry()->NewAnalyzer("nl"), path)
                  .ok());
  EXPECT_EQ(*ReadFile(path), built);
}

TEST_F(TitleIndexTest, DamageIsToldAndNamed) {
  BuildKb({MakeArticle("a", "en", "Reset your password", "One."),
           MakeArticle("b", "en", "Money back", "Two.")});
  const std::string path = TitleIndexPath(Folder("en"));
  const std::string right = *ReadFile(path);
  const auto write = [&](const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
  };
  const auto expect_damage = [&](const std::string& what) {
    const auto library = Library::Open(folder_.path(), TestRegistry());
    absl::Status status = library.status();
    if (library.ok()) {
      AutocompleteQuery query;
      query.corpus = "kb";
      query.prefix = "res";
      status = (*library)->NewSearcher()->Autocomplete(query).status();
    }
    EXPECT_TRUE(absl::IsDataLoss(status)) << what << ": " << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr("titles.bin")) << what;
  };
  write(right.substr(0, right.size() / 2));
  expect_damage("cut off");
  write("");
  expect_damage("empty");
  std::string other = right;
  other[0] = 'X';
  write(other);
  expect_damage("of another kind");
  // Numbers that lead nowhere: each eight bytes behind the header, in turn.
  const size_t header = 16 + 16 * 8;
  for (size_t at = header; at + 8 <= right.size(); at += 8) {
    std::string wrong = right;
    std::memset(wrong.data() + at, 0xff, 8);
    write(wrong);
    const auto vocabulary =
        *ShardVocabulary::Open(VocabularyPath(Folder("en")));
    const auto index = TitleIndex::Open(path, vocabulary->size());
    if (!index.ok()) {
      EXPECT_TRUE(absl::IsDataLoss(index.status())) << index.status();
    }
  }
  write(right);
  EXPECT_FALSE(TitleIndex::Open(path, 1).ok());
}

}  // namespace
}  // namespace kbsearch::engine
