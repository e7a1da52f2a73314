#include "indexer/sources/line_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kbsearch::indexer {
namespace {

struct Got {
  std::string text;
  uint64_t number;
  bool too_long;
  bool operator==(const Got&) const = default;
};

std::vector<Got> ReadLines(std::string bytes, size_t max_line_bytes) {
  StringStream stream(std::move(bytes));
  LineReader reader(stream, max_line_bytes);
  LineReader::Line line;
  std::vector<Got> lines;
  while (true) {
    const absl::StatusOr<bool> more = reader.Next(&line);
    if (!more.ok() || !*more) return lines;
    lines.push_back({std::string(line.text), line.number, line.too_long});
  }
}

TEST(LineReaderTest, GivesLinesWithTheirNumbers) {
  EXPECT_EQ(ReadLines("a\r\n\nβ\nlast", 100),
            (std::vector<Got>{{"a", 1, false},
                              {"", 2, false},
                              {"β", 3, false},
                              {"last", 4, false}}));
  EXPECT_TRUE(ReadLines("", 100).empty());
}

TEST(LineReaderTest, SkipsALineAboveTheLimitAndGoesOn) {
  const std::string too_long(1'000'000, 'x');
  EXPECT_EQ(ReadLines("a\n" + too_long + "\nb\n" + too_long, 400'000),
            (std::vector<Got>{{"a", 1, false},
                              {std::string(200, 'x'), 2, true},
                              {"b", 3, false},
                              {std::string(200, 'x'), 4, true}}));
}

TEST(LineReaderTest, TakesALineOfExactlyTheLimit) {
  EXPECT_EQ(ReadLines("abc\nabcd\nab\n", 3),
            (std::vector<Got>{
                {"abc", 1, false}, {"abcd", 2, true}, {"ab", 3, false}}));
}

// Gives lines for ever, and counts what it was asked for.
class EndlessLine : public ByteStream {
 public:
  absl::StatusOr<size_t> Read(char* buffer, size_t size) override {
    if (given_ > 100'000'000) return size_t{0};
    std::fill(buffer, buffer + size, 'x');
    given_ += size;
    largest_ = std::max(largest_, size);
    return size;
  }
  size_t given_ = 0;
  size_t largest_ = 0;
};

TEST(LineReaderTest, ReadsAnEndlessLineInSmallPieces) {
  EndlessLine stream;
  LineReader reader(stream, 1000);
  LineReader::Line line;
  ASSERT_TRUE(reader.Next(&line).value());
  EXPECT_TRUE(line.too_long);
  EXPECT_FALSE(reader.Next(&line).value());
  EXPECT_LT(stream.largest_, 1'000'000u);
}

}  // namespace
}  // namespace kbsearch::indexer
