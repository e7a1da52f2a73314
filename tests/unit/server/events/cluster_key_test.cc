#include "server/events/cluster_key.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

namespace kbsearch::server::events {
namespace {

class ClusterKeyTest : public ::testing::Test {
 protected:
  ClusterKeyTest()
      : registry_(analyzers::Registry::Load().value()),
        keys_(registry_, std::string(32, 'k')) {}

  std::shared_ptr<const analyzers::Registry> registry_;
  ClusterKeyMaker keys_;
};

TEST_F(ClusterKeyTest, InflectionOrderAndFunctionWordsDoNotMatter) {
  struct Case {
    const char* language;
    const char* one;
    const char* other;
  };
  for (const Case& it : {
           Case{"el", "αλλαγή του κωδικού", "ΚΩΔΙΚΟΙ αλλαγη"},
           Case{"fr", "le mot de passe oublié", "Passe  MOT oublie"},
           Case{"nl", "de printers installeren", "installeren printer"},
           Case{"ru", "настройки принтера", "принтер настройка"},
           Case{"en", "resetting the passwords", "password, reset"},
       }) {
    EXPECT_EQ(keys_.Make(it.one, it.language),
              keys_.Make(it.other, it.language))
        << it.one;
  }
}

TEST_F(ClusterKeyTest, OtherWordsOtherLanguagesOtherKeys) {
  const std::string key = keys_.Make("printer", "en");
  EXPECT_EQ(key.size(), 16);
  EXPECT_NE(key, keys_.Make("scanner", "en"));
  EXPECT_NE(key, keys_.Make("printer", "nl"));
  EXPECT_NE(
      key,
      ClusterKeyMaker(registry_, std::string(32, 'x')).Make("printer", "en"));
}

TEST_F(ClusterKeyTest, TextsOfFunctionWordsOrOfNone) {
  EXPECT_NE(keys_.Make("who", "en"), keys_.Make("what", "en"));
  EXPECT_NE(keys_.Make("???", ""), keys_.Make("!!!", ""));
  EXPECT_EQ(keys_.Make(" ??? ", ""), keys_.Make("???", ""));
}

TEST(EventKeyTest, IsMadeOnceForItsOwner) {
  const std::string path = ::testing::TempDir() + "/kbsearch-events.key";
  unlink(path.c_str());
  const auto made = LoadOrMakeKey(path);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->size(), 32);
  EXPECT_EQ(*LoadOrMakeKey(path), *made);
  struct stat info;
  ASSERT_EQ(stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600);
  ASSERT_TRUE(WriteFileAtomically(path, "no key").ok());
  EXPECT_TRUE(absl::IsInvalidArgument(LoadOrMakeKey(path).status()));
  unlink(path.c_str());
}

}  // namespace
}  // namespace kbsearch::server::events
