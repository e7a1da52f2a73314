#include "indexer/sources/skipped_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kbsearch::indexer {
namespace {

std::vector<ReportItem> ItemsOf(const SkippedFiles& skipped) {
  std::vector<ReportItem> items;
  skipped.ReportTo("source",
                   [&](ReportItem item) { items.push_back(std::move(item)); });
  return items;
}

TEST(SkippedFilesTest, NamesTheFirstOfEachEnding) {
  SkippedFiles skipped;
  for (int i = 9; i > 0; --i) {
    skipped.Add("images/" + std::to_string(i) + ".PNG");
  }
  skipped.Add("v1.2/Makefile");
  skipped.Add("a.pdf");
  skipped.Add("b.pdf");
  const std::vector<ReportItem> items = ItemsOf(skipped);
  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(items[0].reason, "files ending in .png skipped");
  EXPECT_EQ(items[0].file, "source");
  EXPECT_EQ(items[0].detail,
            "9 files: images/1.PNG, images/2.PNG, images/3.PNG, images/4.PNG, "
            "images/5.PNG …");
  EXPECT_EQ(items[1].reason, "files ending in .pdf skipped");
  EXPECT_EQ(items[1].detail, "2 files: a.pdf, b.pdf");
  EXPECT_EQ(items[2].reason, "files without an ending skipped");
  EXPECT_EQ(items[2].detail, "1 file: v1.2/Makefile");
}

TEST(SkippedFilesTest, PutsRareEndingsTogether) {
  SkippedFiles skipped;
  for (int i = 0; i < 5000; ++i) skipped.Add("x." + std::to_string(i));
  const std::vector<ReportItem> items = ItemsOf(skipped);
  ASSERT_EQ(items.size(), 21u);
  EXPECT_EQ(items[20].reason, "files with other endings skipped");
  EXPECT_THAT(items[20].detail, testing::StartsWith("4980 files: "));
  EXPECT_TRUE(ItemsOf(SkippedFiles()).empty());
}

}  // namespace
}  // namespace kbsearch::indexer
