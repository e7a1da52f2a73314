// Indexes that other versions have written: they are served, or the message
// says what to do. tests/fixtures/index/make-schema stores one.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_split.h"
#include "base/file.h"
#include "engine/generations/generation_files.h"
#include "engine/generations/generations.h"
#include "engine/index/schema.h"
#include "indexer/backup/restore.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::indexer {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::UnorderedElementsAreArray;

const std::string kFixtures = KBSEARCH_INDEX_FIXTURES;

std::vector<std::string> Ids(engine::Library& library,
                             const std::string& language,
                             engine::Audience audience,
                             const std::string& text) {
  engine::SearchQuery query;
  query.corpus = "stored";
  query.text = text;
  query.languages = {language};
  query.audience = audience;
  const auto result = library.NewSearcher()->Search(query);
  EXPECT_TRUE(result.ok()) << result.status();
  std::vector<std::string> ids;
  if (!result.ok()) return ids;
  for (const engine::Hit& hit : result->hits) ids.push_back(hit.article_id);
  return ids;
}

// expected.tsv of what was stored.
void ExpectAnswers(engine::Library& library) {
  std::ifstream file(kFixtures + "/expected.tsv");
  int queries = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("#")) continue;
    SCOPED_TRACE(line);
    const std::vector<std::string> fields = absl::StrSplit(line, '\t');
    ASSERT_EQ(fields.size(), 4u);
    std::vector<std::string> wanted = absl::StrSplit(fields[3], ' ');
    if (fields[3] == "-") wanted.clear();
    EXPECT_THAT(Ids(library, fields[0],
                    fields[1] == "agent" ? engine::Audience::kAgent
                                         : engine::Audience::kPublic,
                    fields[2]),
                UnorderedElementsAreArray(wanted));
    ++queries;
  }
  EXPECT_GT(queries, 20);
}

class StoredSchemaTest : public testing::TestWithParam<int> {};

// What the searches and changes of this program need of a stored index.
TEST_P(StoredSchemaTest, IsServedChangedAndBuiltUpon) {
  const engine::TemporaryFolder folder;
  const std::string data = folder.path() + "/data";
  const auto restored = RestoreBackup(
      {kFixtures + "/schema-" + std::to_string(GetParam()) + ".tar.zst", data,
       ""});
  ASSERT_TRUE(restored.ok()) << restored.status();
  auto library = engine::Library::Open(data, engine::TestRegistry());
  ASSERT_TRUE(library.ok()) << library.status();
  ExpectAnswers(**library);
  std::vector<engine::Change> changes(1);
  changes[0].article =
      engine::MakeArticle("later", "nl", "Nakomer", "Een nakomer.");
  ASSERT_TRUE((*library)->AppendChanges("stored", changes).ok());
  ASSERT_TRUE((*library)->Refresh().ok());
  EXPECT_EQ(Ids(**library, "nl", engine::Audience::kPublic, "nakomers").size(),
            1u);
  engine::GenerationBuilder::Options options;
  options.data_dir = data;
  options.corpus = "stored";
  auto builder =
      engine::GenerationBuilder::Create(options, engine::TestRegistry());
  ASSERT_TRUE(builder.ok()) << builder.status();
  const auto stats = (*builder)->Publish();
  ASSERT_TRUE(stats.ok()) << stats.status();
  EXPECT_EQ(stats->articles, 17u);
  ASSERT_TRUE((*library)->Refresh().ok());
  ExpectAnswers(**library);
}

INSTANTIATE_TEST_SUITE_P(Schemas, StoredSchemaTest, testing::Values(2, 3));

TEST(CompatTest, TheSchemaWrittenNowIsStored) {
  EXPECT_TRUE(fs::exists(kFixtures + "/schema-" +
                         std::to_string(engine::kSchemaVersion) + ".tar.zst"))
      << "run tests/fixtures/index/make-schema and add the number to the test";
}

class OtherSchemaTest : public testing::TestWithParam<int> {};

TEST_P(OtherSchemaTest, SaysWhatToDoAndIsReplacedByABuild) {
  const engine::TemporaryFolder data;
  const std::string number = std::to_string(GetParam());
  fs::create_directories(data.path() + "/corpora");
  fs::copy(kFixtures + "/schema-" + number, data.path() + "/corpora/kb",
           fs::copy_options::recursive);
  const absl::Status status =
      engine::Library::Open(data.path(), engine::TestRegistry()).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
  EXPECT_THAT(status.message(), HasSubstr("corpus \"kb\""));
  EXPECT_THAT(status.message(), HasSubstr("index schema " + number));
  EXPECT_THAT(status.message(),
              HasSubstr("this program reads schema " +
                        std::to_string(engine::kSchemaVersion)));
  EXPECT_THAT(status.message(), HasSubstr("kbsearch-indexer build"));
  const auto found =
      engine::VerifyGeneration(engine::GenerationFolder(data.path(), "kb", 1));
  ASSERT_TRUE(found.ok());
  EXPECT_THAT(found->problems,
              testing::Contains(HasSubstr("index schema " + number)));
  engine::Build(data.path(),
                {engine::MakeArticle("a", "fr", "Facture", "Une facture.")});
  const auto library =
      engine::Library::Open(data.path(), engine::TestRegistry());
  ASSERT_TRUE(library.ok()) << library.status();
  EXPECT_EQ((*library)->GetCorpus("kb")->generation, 2u);
}

INSTANTIATE_TEST_SUITE_P(Schemas, OtherSchemaTest, testing::Values(1, 4));

}  // namespace
}  // namespace kbsearch::indexer
