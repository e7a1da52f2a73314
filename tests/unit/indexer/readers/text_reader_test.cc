#include "indexer/readers/text_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/indexer/collecting_sink.h"
#include "tests/unit/indexer/fixture.h"

namespace kbsearch::indexer {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(TextReaderTest, TakesTitleBlocksIdAndLanguage) {
  for (const FixtureTexts& expected : kFixtureTexts) {
    const std::string name =
        std::string(expected.language) + "/reset-password.txt";
    const CollectingSink sink =
        ReadBytes(Format::kText, name, Fixture("text/" + name));
    EXPECT_THAT(sink.items, IsEmpty());
    ASSERT_THAT(sink.articles, SizeIs(1)) << name;
    EXPECT_EQ(sink.articles[0].id, "reset-password");
    EXPECT_EQ(sink.articles[0].language, expected.language);
    EXPECT_EQ(sink.articles[0].title, expected.title);
    EXPECT_THAT(Outline(sink.articles[0].blocks),
                ElementsAre(std::string("P ") + expected.intro,
                            std::string("P ") + expected.first_step,
                            std::string("P ") + expected.second_step));
  }
}

TEST(TextReaderTest, OneLineIsTitleAndText) {
  const CollectingSink sink =
      ReadBytes(Format::kText, "a.txt", "\nПароль: как изменить пароль\n");
  ASSERT_THAT(sink.articles, SizeIs(1));
  EXPECT_EQ(sink.articles[0].title, "Пароль: как изменить пароль");
  EXPECT_THAT(Outline(sink.articles[0].blocks),
              ElementsAre("P Пароль: как изменить пароль"));
}

TEST(TextReaderTest, ReportsAConvertedFile) {
  const CollectingSink sink =
      ReadBytes(Format::kText, "a.txt", Fixture("encodings/ru.cp1251.txt"));
  ASSERT_THAT(sink.articles, SizeIs(1));
  EXPECT_EQ(sink.articles[0].title, "Как восстановить пароль");
  EXPECT_THAT(Reasons(sink.items),
              ElementsAre("repaired:0 converted to UTF-8"));
  EXPECT_EQ(sink.items[0].detail, "from windows-1251");
}

TEST(TextReaderTest, RejectsEmptyBinaryAndHugeFiles) {
  const std::pair<std::string, const char*> cases[] = {
      {"", "empty file"},
      {"\n \n", "empty file"},
      {Fixture("encodings/binary.txt"), "not a text file"},
      {std::string(kMaxDocumentBytes + 1, 'x'), "file too large"},
  };
  for (const auto& [bytes, reason] : cases) {
    const CollectingSink sink = ReadBytes(Format::kText, "a.txt", bytes);
    EXPECT_THAT(sink.articles, IsEmpty());
    EXPECT_THAT(Reasons(sink.items),
                ElementsAre(std::string("rejected:0 ") + reason));
  }
}

struct PlaceCase {
  const char* name;
  const char* folder;
  const char* id;
  const char* language;
};

TEST(TextReaderTest, IdentifiesByPlace) {
  const PlaceCase cases[] = {
      {"el/reset-password.txt", "src", "reset-password", "el"},
      {"el-GR/a/b.txt", "src", "a/b", "el"},
      {"a/el/b.txt", "src", "a/el/b", ""},
      {"reset.password.txt", "src", "reset.password", ""},
      {"billing/faq.txt", "fr", "billing/faq", "fr"},
      {"nl/faq.txt", "fr", "faq", "nl"},
      {"faq.nl.txt", "src", "faq", "nl"},
      {"fr/faq.nl.txt", "src", "faq", "nl"},
      {"README", "src", "README", ""},
      {"v1.2/README", "src", "v1.2/README", ""},
      {"faq#1.txt", "src", "faq%231", ""},
  };
  for (const PlaceCase& expected : cases) {
    SourceFile file = TestFile(expected.name, Format::kText);
    file.folder = expected.folder;
    CollectingSink sink;
    ASSERT_TRUE(NewTextReader(TestOptions())
                    ->Read(file, std::make_unique<StringStream>("T\n\nx"), sink)
                    .ok());
    ASSERT_THAT(sink.articles, SizeIs(1)) << expected.name;
    EXPECT_EQ(sink.articles[0].id, expected.id);
    EXPECT_EQ(sink.articles[0].language, expected.language) << expected.name;
  }
}

}  // namespace
}  // namespace kbsearch::indexer
