#include "engine/index/vocabulary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "engine/generations/generations.h"
#include "engine/index/open_corpus.h"
#include "engine/index/snapshot.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class VocabularyTest : public testing::Test {
 protected:
  void BuildKb(const std::vector<Article>& articles) {
    generation_ = Build(folder_.path(), articles).generation;
  }

  std::string PathOf(const std::string& language, Audience audience) const {
    return VocabularyPath(
        ShardFolder(GenerationFolder(folder_.path(), "kb", generation_),
                    language, audience));
  }

  Vocabulary Open(const std::string& language) const {
    auto shard = ShardVocabulary::Open(PathOf(language, Audience::kPublic));
    EXPECT_TRUE(shard.ok()) << shard.status();
    return Vocabulary({*shard});
  }

  OpenCorpus OpenKb() const {
    auto library = Library::Open(folder_.path(), TestRegistry());
    EXPECT_TRUE(library.ok()) << library.status();
    const auto* source = dynamic_cast<const SnapshotSource*>(library->get());
    return OpenCorpus(*source->Find("kb"));
  }

  TemporaryFolder folder_;
  uint64_t generation_ = 0;
};

std::vector<std::string_view> Words(const std::vector<VocabularyWord>& found) {
  std::vector<std::string_view> words;
  for (const VocabularyWord& word : found) words.push_back(word.word);
  return words;
}

TEST_F(VocabularyTest, CountsDocumentsAndTitlesInEveryLanguage) {
  BuildKb({
      MakeArticle("a", "el", "Αλλαγή κωδικού", "Νέος κωδικός πρόσβασης."),
      MakeArticle("b", "el", "Ο κωδικός έληξε", "Ζητήστε νέο."),
      MakeArticle("a", "fr", "Réseau lent", "Le réseau est lent."),
      MakeArticle("b", "fr", "Imprimante", "Vérifiez le réseau."),
      MakeArticle("a", "nl", "Geïnstalleerd", "De app is geïnstalleerd."),
      MakeArticle("b", "nl", "De app", "Is hij geïnstalleerd?"),
      MakeArticle("a", "ru", "Счёт", "Счёт не оплачен."),
      MakeArticle("b", "ru", "Оплата", "Как оплатить счёт?"),
      MakeArticle("a", "en", "Invoices", "Your invoices are here."),
      MakeArticle("b", "en", "Payment", "Pay open invoices."),
  });
  const struct {
    const char* language;
    const char* word;
    const char* display;
  } cases[] = {{"el", "κωδικοσ", "κωδικός"},
               {"fr", "reseau", "réseau"},
               {"nl", "geinstalleerd", "geïnstalleerd"},
               {"ru", "счет", "Счёт"},
               {"en", "invoices", "invoices"}};
  for (const auto& expected : cases) {
    SCOPED_TRACE(expected.language);
    const Vocabulary vocabulary = Open(expected.language);
    const auto word = vocabulary.Find(expected.word);
    ASSERT_TRUE(word.has_value());
    EXPECT_EQ(word->word, expected.word);
    EXPECT_EQ(word->display, expected.display);
    EXPECT_EQ(word->documents, 2u);
    EXPECT_EQ(word->titles, 1u);
    EXPECT_TRUE(word->is_written);
  }
}

TEST_F(VocabularyTest, KnowsCodesButNotAsWords) {
  BuildKb({MakeArticle("a", "en", "Error", "Error SKU-4471-B, by e-mail.")});
  const Vocabulary vocabulary = Open("en");
  ASSERT_TRUE(vocabulary.Find("sku4471b").has_value());
  EXPECT_FALSE(vocabulary.Find("sku4471b")->is_written);
  ASSERT_TRUE(vocabulary.Find("email").has_value());  // joined
  EXPECT_FALSE(vocabulary.Find("email")->is_written);
  EXPECT_TRUE(vocabulary.Find("mail")->is_written);
}

TEST_F(VocabularyTest, UnknownWordsAreNotFound) {
  BuildKb({MakeArticle("a", "en", "Alpha", "Beta gamma.")});
  const Vocabulary vocabulary = Open("en");
  for (const char* word : {"", "a", "alph", "alphas", "zeta", "\xff", "S"}) {
    EXPECT_FALSE(vocabulary.Find(word).has_value()) << word;
  }
}

TEST_F(VocabularyTest, CompletesWithTheMostUsefulWords) {
  BuildKb({
      MakeArticle("1", "en", "Password", "A password, a passport, passing."),
      MakeArticle("2", "en", "Letters", "Passing a password and passing."),
      MakeArticle("3", "en", "Notes", "Passing by."),
  });
  const Vocabulary vocabulary = Open("en");
  EXPECT_THAT(Words(vocabulary.Complete("pass", 10)),
              ElementsAre("password", "passing", "passport"));
  EXPECT_THAT(Words(vocabulary.Complete("pass", 1)), ElementsAre("password"));
  EXPECT_THAT(vocabulary.Complete("passz", 10), ElementsAre());
  EXPECT_THAT(vocabulary.Complete("pass", 0), ElementsAre());
}

TEST_F(VocabularyTest, AgentsSeeBothShardsAndPortalsThePublicOne) {
  Article internal = MakeArticle("i", "nl", "Terugbetaling",
                                 "Vertrouwelijk: terugbetaling van facturen.");
  internal.audience = Audience::kAgent;
  BuildKb({MakeArticle("p", "nl", "Facturen", "Facturen bekijken."), internal});
  const OpenCorpus corpus = OpenKb();
  const Vocabulary agent = corpus.VocabularyOf("nl", Audience::kAgent);
  const Vocabulary portal = corpus.VocabularyOf("nl", Audience::kPublic);
  EXPECT_EQ(agent.Find("facturen")->documents, 2u);
  EXPECT_EQ(portal.Find("facturen")->documents, 1u);
  EXPECT_TRUE(agent.Find("vertrouwelijk").has_value());
  EXPECT_FALSE(portal.Find("vertrouwelijk").has_value());
  EXPECT_THAT(Words(agent.Complete("f", 5)), ElementsAre("facturen"));
  EXPECT_THAT(portal.Complete("terug", 5), ElementsAre());
}

TEST_F(VocabularyTest, AnIndexWithoutTheFileIsSearchedAllTheSame) {
  BuildKb({MakeArticle("a", "fr", "Facture", "Votre facture.")});
  std::filesystem::remove(PathOf("fr", Audience::kPublic));
  OpenCorpus corpus = OpenKb();
  EXPECT_TRUE(corpus.VocabularyOf("fr", Audience::kPublic).empty());
  EXPECT_TRUE(corpus.Find("fr", Audience::kPublic)->term_exists("Xfacture"));
}

TEST_F(VocabularyTest, ADamagedFileIsNamed) {
  BuildKb({MakeArticle("a", "en", "Alpha", "Beta gamma.")});
  const std::string path = PathOf("en", Audience::kPublic);
  const std::string good = *ReadFile(path);
  for (const std::string& bad :
       {good.substr(0, 10), good.substr(0, good.size() - 1), good + "x",
        "KBVOCAB0" + good.substr(8),
        good.substr(0, 8) + std::string(8, '\xff') + good.substr(16)}) {
    std::ofstream(path, std::ios::binary) << bad;
    const auto opened = ShardVocabulary::Open(path);
    EXPECT_TRUE(absl::IsDataLoss(opened.status())) << opened.status();
    EXPECT_THAT(std::string(opened.status().message()), HasSubstr(path));
  }
}

// Order is not checked when a file is opened, which would read all of it.
TEST_F(VocabularyTest, AWordOutOfOrderIsLeftOut) {
  BuildKb({MakeArticle("a", "en", "Passing", "Passport password.")});
  const std::string path = PathOf("en", Audience::kPublic);
  std::string bytes = *ReadFile(path);
  const size_t at = bytes.find("passport");
  ASSERT_NE(at, std::string::npos);
  bytes[at + 2] = 'z';
  std::ofstream(path, std::ios::binary) << bytes;
  EXPECT_THAT(Words(Open("en").Complete("pa", 10)),
              ElementsAre("passing", "pazsport"));
}

}  // namespace
}  // namespace kbsearch::engine
