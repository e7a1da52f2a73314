#include "engine/index/fresh_shards.h"

#include <gtest/gtest.h>
#include <xapian.h>

#include <filesystem>
#include <string>
#include <vector>

#include "engine/generations/generations.h"
#include "engine/index/schema.h"
#include "engine/ranking/forward_index.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

// Above what one lot holds, so that each article is a part of its own.
constexpr size_t kLotBytes = 500'000;

std::string LongText(const std::string& word) {
  std::string text;
  while (text.size() < kLotBytes) text += word + " ";
  return text;
}

// The ids of a shard's documents in their order; each must be the document
// that the forward index has under its number, too.
std::vector<std::string> IdsOf(const std::string& folder,
                               const std::string& language) {
  const std::string shard = ShardFolder(folder, language, Audience::kPublic);
  const Xapian::Database database(shard);
  const auto words = ForwardIndex::Open(ForwardIndexPath(shard));
  EXPECT_TRUE(words.ok()) << words.status();
  std::vector<std::string> ids;
  for (auto it = database.postlist_begin(""); it != database.postlist_end("");
       ++it) {
    ids.push_back(database.get_document(*it).get_value(kHitIdSlot));
    EXPECT_EQ((*words)->Find(*it).hit_id(), ids.back());
  }
  return ids;
}

TEST(FreshShardsTest, PartsAreMergedInTheOrderOfArticles) {
  TemporaryFolder folder;
  FreshShards shards(folder.path(), 3, *TestRegistry());
  // More parts than are merged at one time.
  std::vector<std::string> ids;
  for (int i = 0; i < 30; ++i) {
    ids.push_back("a" + std::to_string(i));
    ASSERT_TRUE(shards
                    .Push(MakeArticle(ids.back(), "el", "Κωδικός",
                                      LongText("λογαριασμός")))
                    .ok());
    ASSERT_TRUE(
        shards.Push(MakeArticle(ids.back(), "en", "Password", "account")).ok());
  }
  uint64_t parts = 0;
  const auto stats = shards.Finish(&parts);
  ASSERT_TRUE(stats.ok()) << stats.status();
  ASSERT_EQ(stats->size(), 2u);
  EXPECT_EQ((*stats)[0].articles, 30u);
  EXPECT_EQ(IdsOf(folder.path(), "el"), ids);
  EXPECT_EQ(IdsOf(folder.path(), "en"), ids);
  EXPECT_FALSE(std::filesystem::exists(folder.path() + "/parts"));
  const Xapian::Database greek(
      ShardFolder(folder.path(), "el", Audience::kPublic));
  EXPECT_EQ(greek.get_termfreq("Xλογαριασμοσ"), 30u);
}

TEST(FreshShardsTest, WhatIsReplacedOrDeletedIsInNoPart) {
  TemporaryFolder folder;
  FreshShards shards(folder.path(), 2, *TestRegistry());
  const auto push = [&](const std::string& id, const std::string& word) {
    Article article = MakeArticle(id, "ru", "Пароль", LongText(word));
    article.entries = {{"Как?", "Так.", ""}};
    ASSERT_TRUE(shards.Push(std::move(article)).ok());
  };
  push("a", "старое");
  push("b", "остаётся");
  push("c", "удалено");
  push("a", "новое");
  // Twice in one lot that is not closed yet.
  ASSERT_TRUE(shards.Push(MakeArticle("d", "ru", "Раз", "первое")).ok());
  ASSERT_TRUE(shards.Push(MakeArticle("d", "ru", "Два", "второе")).ok());
  ASSERT_TRUE(shards.Delete("c", "ru").ok());
  ASSERT_TRUE(shards.Delete("unknown", "ru").ok());
  uint64_t parts = 0;
  const auto stats = shards.Finish(&parts);
  ASSERT_TRUE(stats.ok()) << stats.status();
  ASSERT_EQ(stats->size(), 1u);
  EXPECT_EQ((*stats)[0].articles, 3u);
  EXPECT_EQ((*stats)[0].entries, 2u);
  EXPECT_EQ(IdsOf(folder.path(), "ru"),
            (std::vector<std::string>{"b", "b#1", "a", "a#1", "d"}));
  const Xapian::Database database(
      ShardFolder(folder.path(), "ru", Audience::kPublic));
  EXPECT_EQ(database.get_termfreq("Xстарое"), 0u);
  EXPECT_EQ(database.get_termfreq("Xудалено"), 0u);
  EXPECT_EQ(database.get_termfreq("Xпервое"), 0u);
  EXPECT_EQ(database.get_termfreq("Xновое"), 1u);
}

TEST(FreshShardsTest, PartsInAnotherLanguageLeadBackUnlessThereIsAVersion) {
  const std::string english =
      "This paragraph is written in plain English, and it is long enough to be "
      "taken for a text of its own by whoever reads it.";
  TemporaryFolder folder;
  FreshShards shards(folder.path(), 2, *TestRegistry());
  for (const char* id : {"mixed", "translated"}) {
    Article article = MakeArticle(
        id, "nl", "Wachtwoord",
        "Deze alinea is in gewoon Nederlands geschreven en legt uit hoe u het "
        "wachtwoord van uw account opnieuw kunt instellen.");
    article.blocks.push_back({BlockKind::kParagraph, 0, english, ""});
    ASSERT_TRUE(shards.Push(std::move(article)).ok());
  }
  ASSERT_TRUE(
      shards.Push(MakeArticle("translated", "en", "Password", english)).ok());
  uint64_t parts = 0;
  ASSERT_TRUE(shards.Finish(&parts).ok());
  EXPECT_EQ(parts, 1u);
  EXPECT_EQ(IdsOf(folder.path(), "en"),
            (std::vector<std::string>{"translated", "mixed"}));
}

TEST(FreshShardsTest, ThereIsAlwaysAThread) {
  for (const int jobs : {-1, 0, 1}) {
    TemporaryFolder folder;
    FreshShards shards(folder.path(), jobs, *TestRegistry());
    for (const char* const id : {"a", "b", "c", "d"}) {
      ASSERT_TRUE(
          shards.Push(MakeArticle(id, "nl", "Titel", LongText("woord"))).ok());
    }
    uint64_t parts = 0;
    const auto stats = shards.Finish(&parts);
    ASSERT_TRUE(stats.ok()) << stats.status();
    EXPECT_EQ((*stats)[0].articles, 4u);
  }
}

TEST(FreshShardsTest, AFailureComesOutOfTheNextCall) {
  FreshShards shards("/dev/null/nowhere", 2, *TestRegistry());
  absl::Status status;
  for (int i = 0; i < 10 && status.ok(); ++i) {
    status = shards.Push(
        MakeArticle("a" + std::to_string(i), "fr", "Titre", LongText("mot")));
  }
  uint64_t parts = 0;
  if (status.ok()) status = shards.Finish(&parts).status();
  EXPECT_FALSE(status.ok());
}

}  // namespace
}  // namespace kbsearch::engine
