#include "engine/completion/word_ranges.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "analyzers/characters.h"
#include "engine/index/schema.h"
#include "engine/index/vocabulary.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class WordRangesTest : public testing::Test {
 protected:
  void Write(const std::vector<std::string>& words) {
    Xapian::WritableDatabase database(folder_.path() + "/db",
                                      Xapian::DB_CREATE_OR_OVERWRITE);
    Xapian::Document document;
    for (const std::string& word : words) {
      document.add_term(TextTerm(kFields[kAll].exact_prefix, word));
    }
    database.add_document(document);
    database.commit();
    const std::string path = folder_.path() + "/vocabulary.bin";
    ASSERT_TRUE(WriteVocabulary(database, {}, path).ok());
    vocabulary_ = *ShardVocabulary::Open(path);
  }

  std::vector<std::string> Find(const std::u32string& typed,
                                SlipIn where) const {
    std::vector<std::string> words;
    for (const WordRange& range : FindSlips(*vocabulary_, typed, where)) {
      for (size_t id = range.first; id < range.last; ++id) {
        words.emplace_back(vocabulary_->word(id));
      }
    }
    return words;
  }

  TemporaryFolder folder_;
  std::shared_ptr<const ShardVocabulary> vocabulary_;
};

TEST_F(WordRangesTest, ForgivesOneSlipInABeginning) {
  Write({"wachtwoord", "κωδικοσ", "пароль", "imprimante", "password"});
  const struct {
    const char32_t* typed;
    const char* word;
  } cases[] = {
      {U"wahct", "wachtwoord"},    // swapped
      {U"wchtw", "wachtwoord"},    // missing
      {U"waachtw", "wachtwoord"},  // extra
      {U"wschtw", "wachtwoord"},   // wrong
      {U"achtw", "wachtwoord"},    // the first letter missing
      {U"xachtw", "wachtwoord"},
      {U"wachtwq", "wachtwoord"},  // the last letter
      {U"κοδικ", "κωδικοσ"},
      {U"κδωι", "κωδικοσ"},
      {U"праоль", "пароль"},
      {U"imprmante", "imprimante"},
      {U"passwrod", "password"},
      {U"password", "password"},
  };
  for (const auto& test : cases) {
    EXPECT_THAT(Find(test.typed, SlipIn::kBeginning), Contains(test.word))
        << test.word;
  }
}

TEST_F(WordRangesTest, TwoSlipsAreTooMany) {
  Write({"wachtwoord", "пароль"});
  EXPECT_THAT(Find(U"wahctwrood", SlipIn::kBeginning), IsEmpty());
  EXPECT_THAT(Find(U"прль", SlipIn::kBeginning), IsEmpty());
}

TEST_F(WordRangesTest, OfWholeWordsAllLettersCount) {
  Write({"pass", "password", "past", "pasta"});
  EXPECT_THAT(Find(U"pass", SlipIn::kWholeWord), ElementsAre("pass", "past"));
  EXPECT_THAT(Find(U"passwor", SlipIn::kWholeWord), ElementsAre("password"));
  EXPECT_THAT(Find(U"passwordx", SlipIn::kWholeWord), ElementsAre("password"));
  EXPECT_THAT(Find(U"passwoxdx", SlipIn::kWholeWord), IsEmpty());
}

TEST_F(WordRangesTest, TooShortAndTooLongFindNothing) {
  Write({"ab", "abc", std::string(60, 'a')});
  EXPECT_THAT(Find(U"ab", SlipIn::kBeginning), IsEmpty());
  EXPECT_THAT(Find(U"", SlipIn::kBeginning), IsEmpty());
  EXPECT_THAT(Find(std::u32string(41, U'a'), SlipIn::kBeginning), IsEmpty());
}

// One letter edited at most (Damerau, restricted), said directly.
bool IsOneEdit(const std::u32string& a, const std::u32string& b) {
  if (a == b) return true;
  if (a.size() > b.size()) return IsOneEdit(b, a);
  if (b.size() - a.size() > 1) return false;
  size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  if (a.size() < b.size()) return a.substr(i) == b.substr(i + 1);
  if (a.substr(i + 1) == b.substr(i + 1)) return true;
  return i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i] &&
         a.substr(i + 2) == b.substr(i + 2);
}

// The same with the first letter of short words out of doubt, but for a swap.
bool IsSlip(const std::u32string& typed, const std::u32string& word) {
  if (typed == word) return true;
  if (!IsOneEdit(typed, word)) return false;
  if (typed.size() >= kMinFirstSlipLetters) return true;
  if (word.empty()) return false;
  if (typed[0] == word[0]) return true;
  std::u32string swapped = typed;
  std::swap(swapped[0], swapped[1]);
  return swapped == word;
}

TEST_F(WordRangesTest, FindsWhatTheDefinitionFinds) {
  std::mt19937 chance(7);
  const auto random_word = [&](size_t most) {
    std::u32string word;
    const size_t size = 1 + chance() % most;
    for (size_t i = 0; i < size; ++i) word += U"abγд"[chance() % 4];
    return word;
  };
  std::set<std::string> words;
  for (int i = 0; i < 300; ++i) {
    words.insert(analyzers::ToUtf8(random_word(7)));
  }
  Write({words.begin(), words.end()});
  for (int i = 0; i < 200; ++i) {
    const std::u32string typed = random_word(6);
    if (typed.size() < kMinSlipLetters) continue;
    std::vector<std::string> whole, beginnings;
    for (const std::string& word : words) {
      const std::u32string letters = analyzers::ToUtf32(word);
      if (IsSlip(typed, letters)) whole.push_back(word);
      for (size_t size = 0; size <= letters.size(); ++size) {
        if (IsSlip(typed, letters.substr(0, size))) {
          beginnings.push_back(word);
          break;
        }
      }
    }
    EXPECT_EQ(Find(typed, SlipIn::kWholeWord), whole);
    EXPECT_EQ(Find(typed, SlipIn::kBeginning), beginnings);
  }
}

TEST_F(WordRangesTest, RangesInsideOthersGo) {
  EXPECT_THAT(Arrange({{5, 9}, {1, 2}, {6, 7}, {5, 6}, {9, 10}}),
              ElementsAre(WordRange{1, 2}, WordRange{5, 9}, WordRange{9, 10}));
  const WordRanges ranges = {{1, 2}, {5, 9}};
  EXPECT_TRUE(Holds(ranges, 1));
  EXPECT_TRUE(Holds(ranges, 8));
  for (const size_t id : {0, 2, 4, 9}) EXPECT_FALSE(Holds(ranges, id)) << id;
  EXPECT_FALSE(Holds({}, 0));
}

}  // namespace
}  // namespace kbsearch::engine
