#include "analyzers/lexicon.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/tables/lexicon_builder.h"
#include "base/file.h"

namespace kbsearch::analyzers {
namespace {

class LexiconTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<Lexicon>> Opened(const std::string& bytes) {
    // Tests run beside each other: each has a file of its own.
    const std::string name =
        "kbsearch-lexicon-" + std::to_string(::getpid()) + ".bin";
    EXPECT_TRUE(WriteFileAtomically(folder_.PathOf(name), bytes).ok());
    auto lexicon = Lexicon::Open(folder_, name);
    ::unlink(folder_.PathOf(name).c_str());  // stays mapped
    return lexicon;
  }
  ResourceFolder folder_{::testing::TempDir()};
};

TEST_F(LexiconTest, EveryWordPassesTheFilterAndHasItsWeight) {
  std::vector<std::string> words;
  for (int i = 0; i < 20'000; ++i) words.push_back("woord" + std::to_string(i));
  std::map<std::string_view, uint32_t> weights;
  for (uint32_t i = 0; i < words.size(); ++i) weights[words[i]] = i;
  const auto lexicon = Opened(SerializeLexicon(weights));
  ASSERT_TRUE(lexicon.ok()) << lexicon.status();
  EXPECT_EQ((*lexicon)->size(), words.size());
  for (uint32_t i = 0; i < words.size(); ++i) {
    ASSERT_TRUE((*lexicon)->Contains(words[i])) << words[i];
    ASSERT_EQ((*lexicon)->Weight(words[i]), i) << words[i];
    ASSERT_FALSE((*lexicon)->Contains(words[i] + "en"));
    ASSERT_EQ((*lexicon)->Weight(words[i] + "en"), 0u);
  }
}

TEST_F(LexiconTest, TheFilterStopsMostOfWhatIsNoWord) {
  std::vector<uint64_t> numbers(1000);
  for (int i = 0; i < 6000; ++i) {
    const uint64_t hash = HashBytes("woord" + std::to_string(i));
    numbers[WordFilter::PlaceOf(hash, numbers.size())] |=
        WordFilter::BitsOf(hash);
  }
  const WordFilter filter(numbers);
  int passed = 0;
  for (int i = 0; i < 10'000; ++i) {
    passed += filter.MayHave(HashBytes("string" + std::to_string(i)));
  }
  EXPECT_LT(passed, 500);
  EXPECT_FALSE(WordFilter().MayHave(HashBytes("woord1")));
}

TEST_F(LexiconTest, AnEmptyOneHasNoWords) {
  const auto lexicon = Opened(SerializeLexicon({}));
  ASSERT_TRUE(lexicon.ok()) << lexicon.status();
  EXPECT_FALSE((*lexicon)->Contains("woord"));
  EXPECT_FALSE((*lexicon)->Contains(""));
}

TEST_F(LexiconTest, DamagedFilesAreRefused) {
  const std::string bytes = SerializeLexicon({{"een", 1}, {"twee", 2}});
  for (size_t size = 0; size < bytes.size(); size += 5) {
    EXPECT_EQ(Opened(bytes.substr(0, size)).status().code(),
              absl::StatusCode::kDataLoss)
        << size;
  }
  std::string other = bytes;
  other[7] = '2';  // an older version
  EXPECT_EQ(Opened(other).status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace kbsearch::analyzers
