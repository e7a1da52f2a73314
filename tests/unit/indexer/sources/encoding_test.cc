#include "indexer/sources/encoding.h"

#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "base/utf8.h"
#include "tests/unit/indexer/fixture.h"

namespace kbsearch::indexer {
namespace {

struct EncodingCase {
  const char* file;
  const char* encoding;
  const char* text;  // that the decoded file holds
};

class DecodeTest : public testing::TestWithParam<EncodingCase> {};

TEST_P(DecodeTest, FindsTheEncoding) {
  const EncodingCase& expected = GetParam();
  const auto decoded =
      DecodeToUtf8(Fixture(std::string("encodings/") + expected.file));
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_TRUE(absl::EqualsIgnoreCase(decoded->encoding, expected.encoding))
      << decoded->encoding;
  EXPECT_NE(decoded->text.find(expected.text), std::string::npos)
      << decoded->text;
  EXPECT_TRUE(IsValidUtf8(decoded->text));
  EXPECT_EQ(decoded->converted,
            std::string(expected.encoding) != std::string("UTF-8"));
  EXPECT_FALSE(decoded->text.starts_with("\xEF\xBB\xBF"));
}

INSTANTIATE_TEST_SUITE_P(
    Files, DecodeTest,
    testing::Values(
        EncodingCase{"el.cp1253.txt", "windows-1253", "Άλλη λύση: επαν"},
        EncodingCase{"el.iso8859_7.txt", "ISO-8859-7", "Άλλη λύση: επαν"},
        EncodingCase{"ru.cp1251.txt", "windows-1251", "Ещё раз: перезагр"},
        EncodingCase{"ru.koi8_r.txt", "KOI8-R", "Ещё раз: перезагр"},
        EncodingCase{"fr.cp1252.txt", "windows-1252", "Déjà essayé ?"},
        EncodingCase{"nl.cp1252.txt", "windows-1252", "geïnstalleerde"},
        EncodingCase{"el.utf16le.txt", "UTF-16LE", "Ανοίξτε τη σελίδα"},
        EncodingCase{"en.utf16le.txt", "UTF-16LE", "Open the sign-in"},
        EncodingCase{"fr.utf16be.txt", "UTF-16BE", "Réinitialiser"},
        EncodingCase{"nl.utf16be.txt", "UTF-16BE", "Open de inlogpagina"},
        EncodingCase{"ru.utf16be.txt", "UTF-16BE", "Откройте"},
        EncodingCase{"el.utf16le-nobom.txt", "UTF-16LE", "δύο λεπτά"},
        EncodingCase{"en.utf16le-nobom.txt", "UTF-16LE", "two minutes"},
        EncodingCase{"fr.utf16le-nobom.txt", "UTF-16LE", "oublié"},
        EncodingCase{"nl.utf16le-nobom.txt", "UTF-16LE", "vergeten"},
        EncodingCase{"ru.utf16le-nobom.txt", "UTF-16LE", "за две минуты"},
        EncodingCase{"el.utf8-bom.txt", "UTF-8", "Ανοίξτε"},
        EncodingCase{"ru.utf8-bom.txt", "UTF-8", "Откройте"}),
    [](const auto& info) {
      std::string name = info.param.file;
      for (char& c : name) {
        if (!isalnum(static_cast<unsigned char>(c))) c = '_';
      }
      return name;
    });

TEST(EncodingTest, TakesTheDeclaredEncodingOfAShortText) {
  const auto decoded = DecodeToUtf8("\xCD\xE5", "windows-1251");
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(decoded->text, "Не");
}

TEST(EncodingTest, DoesNotBelieveAWrongDeclaration) {
  const auto decoded =
      DecodeToUtf8(Fixture("encodings/el.cp1253.txt"), "windows-1251");
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(decoded->encoding, "windows-1253");
  const auto utf8 = DecodeToUtf8("κωδικός", "windows-1253");
  ASSERT_TRUE(utf8.ok());
  EXPECT_EQ(utf8->text, "κωδικός");
}

TEST(EncodingTest, RefusesBinaryData) {
  EXPECT_FALSE(DecodeToUtf8(Fixture("encodings/binary.txt")).ok());
  EXPECT_FALSE(DecodeToUtf8(std::string("a\0b", 3)).ok());
}

TEST(EncodingTest, DecodesAStreamInPieces) {
  std::string utf16;
  for (int i = 0; i < 100'000; ++i) utf16 += std::string("\xBA\x03", 2);  // κ
  auto stream =
      NewDecodingStream(std::make_unique<StringStream>(utf16), "UTF-16LE");
  ASSERT_TRUE(stream.ok());
  std::string text;
  char buffer[7];
  while (true) {
    const absl::StatusOr<size_t> got = (*stream)->Read(buffer, sizeof(buffer));
    ASSERT_TRUE(got.ok()) << got.status();
    if (*got == 0) break;
    text.append(buffer, *got);
  }
  ASSERT_EQ(text.size(), 200'000u);
  EXPECT_TRUE(IsValidUtf8(text));
  EXPECT_FALSE(
      NewDecodingStream(std::make_unique<StringStream>(""), "martian").ok());
}

}  // namespace
}  // namespace kbsearch::indexer
