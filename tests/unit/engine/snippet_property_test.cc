// What holds for the snippet of any text, however nasty.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "analyzers/graphemes.h"
#include "engine/search/snippet.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

constexpr size_t kMostCharacters = 202;  // a snippet's and two ellipses

// The texts of the blocks in a row, line ends as one byte.
std::string Join(const std::vector<std::string>& paragraphs) {
  std::string joined;
  for (const std::string& text : paragraphs) {
    for (size_t i = 0; i < text.size(); ++i) {
      if (text.compare(i, 2, "\r\n") != 0) joined += text[i];
    }
    joined += '\n';
  }
  return joined;
}

// The same as a snippet shows it.
std::string Shown(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return text;
}

size_t Clusters(const std::string& text) {
  size_t count = 0;
  for (size_t at = 0; at < text.size(); ++count) {
    at = analyzers::CutAfter(text, at + 1);
  }
  return count;
}

void Check(const std::vector<std::string>& paragraphs, const std::string& query,
           const std::string& language) {
  const auto analyzer = TestRegistry()->NewAnalyzer(language);
  std::vector<Block> blocks;
  for (const std::string& text : paragraphs) {
    blocks.push_back({BlockKind::kParagraph, 0, text, ""});
  }
  const Snippet snippet = MakeSnippet(
      blocks, QueryTerms(AnalyzeQuery(query, *analyzer)), *analyzer);
  std::string passage;
  size_t first = 0;
  size_t last = snippet.spans.size();
  if (first < last && snippet.spans[first].text == "…") ++first;
  if (first < last && snippet.spans[last - 1].text == "…") --last;
  for (size_t i = first; i < last; ++i) {
    EXPECT_FALSE(snippet.spans[i].text.empty());
    passage += snippet.spans[i].text;
  }
  const std::string text = Join(paragraphs);
  const std::string shown = Shown(text);
  size_t place = shown.find(passage);
  ASSERT_NE(place, std::string::npos) << "not of the text: " << passage;
  // The passage may stand in the text several times: one of them is cut well,
  // at its ends and where its spans meet.
  const auto is_cut_well = [&](size_t at) {
    bool well = analyzers::CutBefore(text, at) == at;
    for (size_t i = first; i < last; ++i) {
      at += snippet.spans[i].text.size();
      well = well && analyzers::CutBefore(text, at) == at;
    }
    return well;
  };
  while (place != std::string::npos && !is_cut_well(place)) {
    place = shown.find(passage, place + 1);
  }
  EXPECT_NE(place, std::string::npos) << "cut in a character: " << passage;
  EXPECT_LE(Clusters(passage), kMostCharacters);
}

TEST(SnippetPropertyTest, NastyTexts) {
  std::string zalgo = "password";
  for (int i = 0; i < 3000; ++i) zalgo += "\u0301";
  std::string families;
  for (int i = 0; i < 600; ++i) families += "👨‍👩‍👧‍👦";
  std::string flags;
  for (int i = 0; i < 2000; ++i) flags += "🇬🇷";
  std::string decomposed;
  for (int i = 0; i < 900; ++i) decomposed += "и\u0306а\u0301 ";
  std::string lines;
  for (int i = 0; i < 600; ++i) lines += "line\r\n";
  std::string thai;
  for (int i = 0; i < 900; ++i) thai += "รหัสผ่าน";
  std::string hebrew;
  for (int i = 0; i < 300; ++i) hebrew += "שכחתי את ה\u05B7ס\u05BCיסמה ";
  const std::vector<std::string> texts = {
      "",
      " ",
      "\n",
      "\r\n\r\n",
      "…",
      std::string(20'000, 'a'),
      std::string(20'000, ' '),
      std::string(9'000, '.'),
      zalgo,
      families,
      flags,
      decomposed,
      lines,
      thai,
      hebrew,
      std::string("\0\0pass\0word", 12),
      std::string(7999, 'x') + "e\u0301\u0301 password",
      std::string(7990, '-') + "👨‍👩‍👧‍👦 password"};
  for (const std::string& text : texts) {
    for (const char* query : {"password", "line", "пароль", "a", "รหัสผ่าน"}) {
      SCOPED_TRACE(text.substr(0, 40) + " / " + query);
      Check({text}, query, "en");
      Check({text, "The password is here.", text}, query, "en");
      Check({"password " + text + " password"}, query, "ru");
    }
  }
}

TEST(SnippetPropertyTest, RandomTexts) {
  std::mt19937 random(20261127);
  const std::vector<std::string> pieces = {" ",
                                           " ",
                                           " ",
                                           " ",
                                           "\n",
                                           "\r\n",
                                           ". ",
                                           "-",
                                           "'",
                                           "’",
                                           "password",
                                           "Wi-Fi",
                                           "κωδικός",
                                           "κωδικού",
                                           "пароль",
                                           "e\u0301te\u0301",
                                           "и\u0306",
                                           "ий",
                                           "mot de passe",
                                           "l’imprimante",
                                           "wachtwoordherstel",
                                           "👨‍👩‍👧‍👦",
                                           "🇫🇷",
                                           "รหัสผ่าน",
                                           "密码",
                                           "סיסמה",
                                           "\u202Eabc\u202C",
                                           "C++",
                                           "a@example.com",
                                           "file_name.txt",
                                           "\u0300",
                                           "\u200D",
                                           "\t",
                                           "1.234,56",
                                           "όπωςportal"};
  std::uniform_int_distribution<size_t> piece(0, pieces.size() - 1);
  std::uniform_int_distribution<int> length(0, 400);
  std::uniform_int_distribution<int> blocks(1, 4);
  const char* const kLanguages[] = {"el", "en", "fr", "nl", "ru"};
  for (int i = 0; i < 600; ++i) {
    std::vector<std::string> paragraphs;
    for (int n = blocks(random); n > 0; --n) {
      std::string& text = paragraphs.emplace_back();
      for (int p = length(random); p > 0; --p) text += pieces[piece(random)];
    }
    SCOPED_TRACE(i);
    Check(paragraphs, "password κωδικός пароль été imprimante wachtwoord",
          kLanguages[i % 5]);
  }
}

}  // namespace
}  // namespace kbsearch::engine
