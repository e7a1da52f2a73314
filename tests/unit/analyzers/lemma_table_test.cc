#include "analyzers/lemma_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "analyzers/tables/lemma_table_builder.h"
#include "base/file.h"

namespace kbsearch::analyzers {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class LemmaTableTest : public ::testing::Test {
 protected:
  std::vector<std::string> Lookup(const LemmaTable& table,
                                  std::string_view form) {
    std::vector<std::string> lemmas;
    table.Lookup(form, &lemmas);
    return lemmas;
  }
  ResourceFolder folder_{::testing::TempDir()};
};

TEST_F(LemmaTableTest, AccentsTellLemmasApartAndTheirAbsenceGivesAll) {
  LemmaTableBuilder builder;
  builder.Add("marche", "marche");
  builder.Add("marché", "marché");
  builder.Add("marchés", "marché");
  builder.Add("réseaux", "réseau");
  builder.Override("nouvel", {"nouveau"});
  ASSERT_TRUE(builder.Write(folder_.PathOf("lemmas.bin")).ok());
  const auto table = LemmaTable::Open(folder_, "lemmas.bin");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_THAT(Lookup(**table, "marche"),
              UnorderedElementsAre("marche", "marché"));
  EXPECT_THAT(Lookup(**table, "marché"), UnorderedElementsAre("marché"));
  EXPECT_THAT(Lookup(**table, "reseaux"), UnorderedElementsAre("réseau"));
  EXPECT_THAT(Lookup(**table, "nouvel"), UnorderedElementsAre("nouveau"));
  EXPECT_THAT(Lookup(**table, "inconnu"), IsEmpty());
  EXPECT_THAT(Lookup(**table, ""), IsEmpty());
  // Lemmas that are no forms are names only.
  EXPECT_THAT(Lookup(**table, "nouveau"), IsEmpty());
}

TEST_F(LemmaTableTest, DamagedFilesAreRefused) {
  LemmaTableBuilder builder;
  builder.Add("формы", "форма");
  ASSERT_TRUE(builder.Write(folder_.PathOf("good.bin")).ok());
  const auto content = ReadFile(folder_.PathOf("good.bin"));
  ASSERT_TRUE(content.ok());
  for (const size_t size : {size_t{1}, size_t{20}, content->size() - 4}) {
    ASSERT_TRUE(
        WriteFileAtomically(folder_.PathOf("cut.bin"), content->substr(0, size))
            .ok());
    EXPECT_EQ(LemmaTable::Open(folder_, "cut.bin").status().code(),
              absl::StatusCode::kDataLoss);
  }
  const auto missing = LemmaTable::Open(folder_, "missing.bin");
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(missing.status().message()),
              HasSubstr("missing.bin"));
}

}  // namespace
}  // namespace kbsearch::analyzers
