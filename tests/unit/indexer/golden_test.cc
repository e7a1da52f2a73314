// Every file of tests/fixtures/ingest is read and what comes out compared with
// tests/fixtures/ingest/expected. After a change that is meant, write them anew
// and read the difference:
//   KBSEARCH_UPDATE_GOLDEN=1 build/release/tests/indexer_test
//       --gtest_filter='GoldenTest.*'
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "base/file.h"
#include "tests/unit/indexer/collecting_sink.h"

namespace kbsearch::indexer {
namespace {

namespace fs = std::filesystem;

void Print(const engine::Article& article, std::ostream& out) {
  out << "article " << article.id << " [" << article.language << "] "
      << engine::KindName(article.kind) << ", "
      << engine::AudienceName(article.audience) << "\n";
  out << "title " << article.title << "\n";
  if (!article.url.empty()) out << "url " << article.url << "\n";
  if (article.updated_at != 0) out << "updated " << article.updated_at << "\n";
  if (!article.category.empty()) {
    out << "category " << absl::StrJoin(article.category, " > ") << "\n";
  }
  if (!article.tags.empty()) {
    out << "tags " << absl::StrJoin(article.tags, ", ") << "\n";
  }
  for (const std::string& line : Outline(article.blocks)) {
    out << "  " << absl::StrReplaceAll(line, {{"\n", "\n    "}}) << "\n";
  }
  for (const engine::FaqEntry& entry : article.entries) {
    out << "  Q#" << entry.anchor << " " << entry.question << "\n    "
        << absl::StrReplaceAll(entry.answer, {{"\n", "\n    "}}) << "\n";
  }
}

std::string ReadFixture(const fs::path& root, const fs::path& path) {
  // "html/el/restore.html": the first folder is the format's own.
  const std::string name = path.lexically_relative(root).generic_string();
  const std::string in_source = name.substr(name.find('/') + 1);
  std::string format_name = name.substr(0, name.find('/'));
  const std::optional<Format> format = ParseFormat(format_name);
  EXPECT_TRUE(format.has_value()) << name;
  if (!format.has_value()) return "";
  absl::StatusOr<std::string> bytes = ReadFile(path.string());
  EXPECT_TRUE(bytes.ok()) << bytes.status();
  const CollectingSink sink = ReadBytes(*format, in_source, *std::move(bytes));
  std::ostringstream out;
  for (const engine::Article& article : sink.articles) Print(article, out);
  for (const ReportItem& item : sink.items) {
    out << SeverityName(item.severity) << " " << item.line << " "
        << item.article_id << ": " << item.reason;
    if (!item.detail.empty()) out << " (" << item.detail << ")";
    out << "\n";
  }
  return out.str();
}

TEST(GoldenTest, FixturesGiveTheArticlesThatAreExpected) {
  const fs::path root = KBSEARCH_INGEST_FIXTURES;
  const bool update = std::getenv("KBSEARCH_UPDATE_GOLDEN") != nullptr;
  size_t files = 0;
  for (const fs::directory_entry& entry :
       fs::recursive_directory_iterator(root)) {
    const fs::path relative = entry.path().lexically_relative(root);
    if (!entry.is_regular_file() || *relative.begin() == "expected" ||
        *relative.begin() == "archive") {
      continue;
    }
    ++files;
    const std::string actual = ReadFixture(root, entry.path());
    const fs::path golden = root / "expected" / (relative.string() + ".txt");
    if (update) {
      fs::create_directories(golden.parent_path());
      std::ofstream(golden) << actual;
    }
    const absl::StatusOr<std::string> expected = ReadFile(golden.string());
    ASSERT_TRUE(expected.ok()) << expected.status();
    EXPECT_EQ(actual, *expected) << relative;
  }
  EXPECT_GE(files, 50u);
}

}  // namespace
}  // namespace kbsearch::indexer
