#include "engine/query/query_syntax.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

#include "engine/search/lookups.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

ParsedQuery Parse(const std::string& typed) {
  static auto* const analyzers = new AnalyzerSet(TestRegistry());
  return ReadSyntax(typed, *analyzers);
}

// "-title:\"a b\"" for an excluded phrase in the title.
std::vector<std::string> Clauses(const std::string& typed) {
  std::vector<std::string> shown;
  for (const QueryClause& clause : Parse(typed).clauses) {
    shown.push_back(
        std::string(clause.is_excluded ? "-" : "") +
        (clause.in_title ? "title:" : "") +
        (clause.is_phrase ? "\"" + clause.text + "\"" : clause.text));
  }
  return shown;
}

using Shown = std::vector<std::string>;

TEST(QuerySyntaxTest, MarksAreReadInFiveLanguages) {
  const struct {
    const char* typed;
    Shown clauses;
    const char* words;
  } kCases[] = {
      {"«κωδικός πρόσβασης» router -ασύρματο",
       {"\"κωδικός πρόσβασης\"", "-ασύρματο"},
       " κωδικός πρόσβασης  router "},
      {"\"mot de passe\" -wifi",
       {"\"mot de passe\"", "-wifi"},
       " mot de passe  "},
      {"« mot de passe » oublié",
       {"\" mot de passe \""},
       "  mot de passe   oublié"},
      {"„nieuw wachtwoord” -printer",
       {"\"nieuw wachtwoord\"", "-printer"},
       " nieuw wachtwoord  "},
      {"„новый пароль“ title:вход",
       {"\"новый пароль\"", "title:вход"},
       " новый пароль   вход "},
      {"“forgot password” title:\"first steps\" -\"smart card\"",
       {"\"forgot password\"", "title:\"first steps\"", "-\"smart card\""},
       " forgot password   first steps  "},
      {"Title:refund -title:invoice",
       {"title:refund", "-title:invoice"},
       " refund  "},
      {"refund (\"five days\")", {"\"five days\""}, "refund ( five days )"},
      {"\"exact\"", {"\"exact\""}, " exact "},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(Clauses(test.typed), test.clauses) << test.typed;
    EXPECT_EQ(Parse(test.typed).words, test.words) << test.typed;
  }
}

TEST(QuerySyntaxTest, WhatMayBeOrdinaryWritingIsWords) {
  for (const std::string typed :
       {"password", "", " ", "-", "--", "\"", "\"\"", "«»", "“", "”", "\"!\"",
        "«", "»", "e-mail", "-5°C", "−5", "C++ -", "C++ -v", "Wi-Fi - help",
        "Wi-Fi -help-", "printer --help", "ls -l", "rm -rf x",
        "https://example.com/a-b", "title:", "title: refund", "subtitle:refund",
        "title:\"\"", "\"unbalanced phrase", "unbalanced phrase\"",
        "15\" monitor", "15\" of 17\" monitor", "monitor \" 17 \" x", "it's",
        "l'adresse", "d'\"abc\"d", "10-20", "a -", "- a", "-.", "-«", "-\"",
        "title:-",
        // Nothing but exclusions.
        "-word", "-one -two", "-\"two words\"",
        // Hyphens that join, and dashes without their space.
        "bestandsnaam en -type", "HTML-import and -export",
        "papierformaat of -oriëntatie", "принтер -не печатает", "ввод и -вывод",
        "είσοδος και -έξοδος", "import et -export",
        // Sentences quote.
        "What is \"incoming\"?", "Que dire de « sid » ?", "Что такое «sid»?",
        "Τι σημαίνει «sid»;", "In de wachtstand «slaapt» de computer.",
        "I get the message \"cannot find\" when I compile my own program",
        // Pasted text.
        "one\n-two", "see \"below\"\r\nfor more"}) {
    EXPECT_TRUE(Parse(typed).clauses.empty()) << typed;
    EXPECT_EQ(Parse(typed).words, typed);
  }
}

TEST(QuerySyntaxTest, MarksAreBounded) {
  std::string typed = "word";
  for (int i = 0; i < 15; ++i) typed += " -wifi";
  EXPECT_EQ(Parse(typed).clauses.size(), 10u);
  typed = "\"a phrase\" " + std::string(1000, 'x');
  EXPECT_TRUE(Parse(typed).clauses.empty());
}

TEST(QuerySyntaxTest, AnyBytesAreAccepted) {
  std::mt19937 random(7);
  const std::vector<std::string> pieces = {
      "\"",   "«",      "»",       "“",    "”",
      "„",    "-",      "title:",  " ",    "\u00A0",
      "a",    "пароль", "κωδικός", "\xFF", "\xED\xA0\x80",
      "\x00", "\n",     "😀",       "é",    "\u0301",
      ".",    "5",      "(",       ")",    "и",
      "mot"};
  std::uniform_int_distribution<size_t> piece(0, pieces.size() - 1);
  std::uniform_int_distribution<int> length(0, 30);
  for (int i = 0; i < 20'000; ++i) {
    std::string typed;
    for (int n = length(random); n > 0; --n) typed += pieces[piece(random)];
    const ParsedQuery parsed = Parse(typed);
    EXPECT_LE(parsed.clauses.size(), 10u);
    if (parsed.clauses.empty()) {
      EXPECT_EQ(parsed.words, typed);
    }
    for (const QueryClause& clause : parsed.clauses) {
      EXPECT_FALSE(clause.text.empty()) << typed;
    }
  }
}

}  // namespace
}  // namespace kbsearch::engine
