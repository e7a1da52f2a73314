#include "indexer/readers/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "indexer/readers/csv_parser.h"
#include "tests/unit/indexer/collecting_sink.h"

namespace kbsearch::indexer {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

CollectingSink ReadCsv(std::string bytes,
                       const ReaderOptions& options = TestOptions()) {
  return ReadBytes(Format::kCsv, "el/a.csv", std::move(bytes), options);
}

TEST(CsvParserTest, DividesRecordsAsRfc4180Says) {
  StringStream bytes("a,\"b \"\"c\"\", d\",\r\n\n\"e\nf\",g");
  CsvParser parser(bytes, ',', 1000);
  CsvParser::Record record;
  ASSERT_TRUE(*parser.Next(&record));
  EXPECT_THAT(record.values, ElementsAre("a", "b \"c\", d", ""));
  EXPECT_EQ(record.line, 1u);
  ASSERT_TRUE(*parser.Next(&record));
  EXPECT_THAT(record.values, ElementsAre("e\nf", "g"));
  EXPECT_EQ(record.line, 3u);
  EXPECT_FALSE(*parser.Next(&record));
}

TEST(CsvParserTest, FindsTheDelimiterOfTheHeader) {
  EXPECT_EQ(DetectDelimiter("id,title,body\na;b;c;d;e"), ',');
  EXPECT_EQ(DetectDelimiter("id;titel;tekst"), ';');
  EXPECT_EQ(DetectDelimiter("id\tτίτλος\tκείμενο"), '\t');
}

TEST(CsvReaderTest, MapsColumns) {
  ReaderOptions options = TestOptions();
  options.columns = {{"id", "Nr"}, {"title", "Θέμα"}, {"body", "Απάντηση"}};
  const CollectingSink sink =
      ReadCsv("Nr;Θέμα;Απάντηση;tags\n7;Κωδικός;Αλλάξτε τον.;α, β\n", options);
  EXPECT_THAT(sink.items, IsEmpty());
  ASSERT_THAT(sink.articles, SizeIs(1));
  EXPECT_EQ(sink.articles[0].id, "7");
  EXPECT_EQ(sink.articles[0].language, "el");
  EXPECT_EQ(sink.articles[0].title, "Κωδικός");
  EXPECT_THAT(sink.articles[0].tags, ElementsAre("α", "β"));
}

TEST(CsvReaderTest, ReportsWhatItCannotRead) {
  ReaderOptions wrong = TestOptions();
  wrong.columns = {{"body", "Text"}};
  EXPECT_THAT(Reasons(ReadCsv("id,answer\n1,x\n").items),
              ElementsAre("rejected:1 no column for the body"));
  EXPECT_THAT(Reasons(ReadCsv("id,answer\n1,x\n", wrong).items),
              ElementsAre("rejected:1 no such column"));
  const CollectingSink sink = ReadCsv("id,body\n1,x,y\n2\n3,\"open\n4,x\n");
  EXPECT_THAT(
      Reasons(sink.items),
      ElementsAre("repaired:2 record of another length than the header",
                  "repaired:3 record of another length than the header",
                  "rejected:3 no body", "rejected:4 quotation mark left open"));
  EXPECT_THAT(sink.articles, SizeIs(1));
}

TEST(CsvReaderTest, TellsWhereAQuotationBegins) {
  const CollectingSink sink =
      ReadCsv("id,title,body\n1,A,\"x\"\n2,\"Τίτλος,y\n3,B,z\n4,C,w\n");
  ASSERT_THAT(Reasons(sink.items),
              ElementsAre("rejected:3 quotation mark left open"));
  EXPECT_EQ(sink.items[0].detail,
            "begins the value of title; nothing could be read up to line 5");
  EXPECT_THAT(sink.articles, SizeIs(1));
}

TEST(CsvParserTest, TellsWhichQuotationMadeARecordTooLong) {
  StringStream bytes("a,\n\nb,\"c\ncccccccccc\"\nd");
  CsvParser parser(bytes, ',', 5);
  CsvParser::Record record;
  ASSERT_TRUE(*parser.Next(&record));
  EXPECT_EQ(record.unclosed_quote, 0u);
  ASSERT_TRUE(*parser.Next(&record));
  EXPECT_TRUE(record.too_long);
  EXPECT_EQ(record.unclosed_quote, 3u);
  EXPECT_EQ(record.unclosed_value, 1u);
  EXPECT_EQ(record.last_line, 4u);
}

TEST(CsvReaderTest, NamesRecordsWithoutIdsByTheirLines) {
  const CollectingSink sink = ReadCsv("title,body\nA,x\nB,y\n");
  ASSERT_THAT(sink.articles, SizeIs(2));
  EXPECT_EQ(sink.articles[1].id, "a/3");
}

}  // namespace
}  // namespace kbsearch::indexer
