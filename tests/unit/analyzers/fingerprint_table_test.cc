#include "analyzers/fingerprint_table.h"

#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "analyzers/tables/fingerprint_table_builder.h"

namespace kbsearch::analyzers {
namespace {

// Words of many lengths, as dictionaries have them.
std::vector<std::string> Words(size_t count, const std::string& prefix) {
  std::vector<std::string> words;
  for (size_t i = 0; i < count; ++i) {
    words.push_back(prefix + std::string(i % 37, 'a') + std::to_string(i));
  }
  return words;
}

TEST(FingerprintTableTest, EveryKeyHasItsNumberAndOthersHaveNone) {
  const std::vector<std::string> words = Words(50'000, "слово");
  std::map<std::string_view, uint32_t> entries;
  for (uint32_t i = 0; i < words.size(); ++i) entries[words[i]] = i;
  const std::string section = SerializeFingerprintTable(entries);
  const auto table = FingerprintTable::Map(section);
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->size(), words.size());
  for (uint32_t i = 0; i < words.size(); ++i) {
    ASSERT_EQ(table->Find(words[i]), i) << words[i];
  }
  for (const std::string& word : Words(50'000, "autre")) {
    ASSERT_FALSE(table->Contains(word)) << word;
  }
  EXPECT_FALSE(table->Contains(""));
}

TEST(FingerprintTableTest, AnEmptyTableFindsNothing) {
  const std::string section = SerializeFingerprintTable({});
  const auto table = FingerprintTable::Map(section);
  ASSERT_TRUE(table.has_value());
  EXPECT_FALSE(table->Contains("word"));
  EXPECT_FALSE(FingerprintTable().Contains("word"));
}

TEST(FingerprintTableTest, DamagedSectionsAreRefused) {
  const std::string section =
      SerializeFingerprintTable({{"one", 1}, {"two", 2}});
  for (size_t size = 0; size < section.size(); ++size) {
    EXPECT_FALSE(FingerprintTable::Map(section.substr(0, size)).has_value());
  }
  std::string full = section;  // more keys than there is room for
  const uint64_t many = 1'000'000;
  std::memcpy(full.data() + offsetof(FingerprintTableHeader, keys), &many, 8);
  EXPECT_FALSE(FingerprintTable::Map(full).has_value());
}

TEST(FingerprintTableTest, SearchEndsWhereNoSlotIsFree) {
  std::string section = SerializeFingerprintTable({{"one", 1}});
  std::memset(section.data() + sizeof(FingerprintTableHeader), 0,
              section.size() - sizeof(FingerprintTableHeader));
  const auto table = FingerprintTable::Map(section);
  ASSERT_TRUE(table.has_value());
  EXPECT_FALSE(table->Contains("two"));
}

TEST(FingerprintTableTest, HashesDependOnEveryByteAndOnTheLength) {
  const std::string text = "a text that is longer than two steps of the hash";
  for (size_t i = 0; i < text.size(); ++i) {
    std::string other = text;
    other[i] ^= 1;
    EXPECT_NE(HashBytes(text), HashBytes(other)) << i;
    EXPECT_NE(HashBytes(text), HashBytes(text.substr(0, i))) << i;
  }
  EXPECT_NE(HashBytes(text, 1), HashBytes(text, 2));
  EXPECT_NE(HashBytes(std::string("a\0", 2)), HashBytes("a"));
}

}  // namespace
}  // namespace kbsearch::analyzers
