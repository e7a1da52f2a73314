// Analysis, cleaning and identification of languages.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "analyzers/clean_text.h"
#include "analyzers/registry.h"
#include "tests/fuzz/fuzz_target.h"

namespace kbsearch::fuzz {
namespace {

using analyzers::Analyzer;
using analyzers::Registry;
using analyzers::Token;
using analyzers::TokenRole;

constexpr size_t kMaxTerm = 245;  // bytes that the index takes

const Registry& SharedRegistry() {
  static const std::shared_ptr<const Registry> registry = [] {
    auto loaded = Registry::Load();
    if (!loaded.ok()) {
      std::cerr << loaded.status() << "\n";
      std::exit(2);
    }
    return *std::move(loaded);
  }();
  return *registry;
}

// Not in the middle of a character; a stray byte is a character of its own.
bool IsBorder(std::string_view text, size_t i) {
  if (i == 0 || i >= text.size()) return i <= text.size();
  if ((static_cast<uint8_t>(text[i]) & 0xC0) != 0x80) return true;
  for (size_t back = 1; back <= 3 && back <= i; ++back) {
    const auto lead = static_cast<uint8_t>(text[i - back]);
    if ((lead & 0xC0) == 0x80) continue;
    const size_t length = lead >= 0xF0   ? 4
                          : lead >= 0xE0 ? 3
                          : lead >= 0xC2 ? 2
                                         : 1;
    if (length <= back) return true;
    // An incomplete sequence is not one character.
    for (size_t k = i; k < i - back + length; ++k) {
      if (k >= text.size() || (static_cast<uint8_t>(text[k]) & 0xC0) != 0x80) {
        return true;
      }
    }
    // Nor is one of the forms that UTF-8 forbids.
    const auto second = static_cast<uint8_t>(text[i - back + 1]);
    return (lead == 0xE0 && second < 0xA0) ||
           (lead == 0xED && second >= 0xA0) ||
           (lead == 0xF0 && second < 0x90) ||
           (lead == 0xF4 && second >= 0x90) || lead > 0xF4;
  }
  return true;
}

void RequireSound(std::string_view text, const std::vector<Token>& tokens) {
  uint32_t position = 0;
  for (const Token& token : tokens) {
    Require(token.begin < token.end, "a token has letters");
    Require(token.end <= text.size(), "tokens lie inside the text");
    Require(IsBorder(text, token.begin), "tokens begin at a character");
    Require(IsBorder(text, token.end), "tokens end at a character");
    Require(token.position >= position, "positions do not go back");
    Require(token.position <= position + 1, "positions leave no gap");
    Require(token.span >= 1, "a token takes a position");
    Require(!token.exact.empty(), "the exact form is not empty");
    Require(token.exact.size() <= kMaxTerm, "the exact form fits the index");
    const bool first = &token == &tokens.front();
    Require((!first && token.position == position) ||
                token.role == TokenRole::kWhole,
            "the whole word comes first");
    for (const std::string& lemma : token.lemmas) {
      Require(!lemma.empty(), "no lemma is empty");
      Require(lemma.size() <= kMaxTerm, "lemmas fit the index");
    }
    position = token.position;
  }
}

void RequireSame(const std::vector<Token>& a, const std::vector<Token>& b) {
  Require(a.size() == b.size(), "the same text has the same tokens");
  for (size_t i = 0; i < a.size(); ++i) {
    Require(a[i].begin == b[i].begin && a[i].end == b[i].end &&
                a[i].position == b[i].position && a[i].exact == b[i].exact &&
                a[i].lemmas == b[i].lemmas && a[i].is_stop == b[i].is_stop,
            "the same text has the same tokens");
  }
}

// Analysis by the chain of one language: tokens in order, inside the text and
// at character borders, terms not empty and of a length the index takes, the
// same whether the analyzer is new or used.
void FuzzAnalyzer(std::string_view language, std::string_view text) {
  // Used for text after text, as by the indexer; its cache must not show.
  static auto* const used =
      new std::map<std::string, std::unique_ptr<Analyzer>, std::less<>>;
  auto found = used->find(language);
  if (found == used->end()) {
    found = used->emplace(std::string(language),
                          SharedRegistry().NewAnalyzer(language))
                .first;
  }
  const std::vector<Token> tokens = found->second->Analyze(text);
  RequireSound(text, tokens);
  RequireSame(tokens, found->second->Analyze(text));
  RequireSame(tokens, SharedRegistry().NewAnalyzer(language)->Analyze(text));
  found->second->Explain(text);
}

// Cleaning: code points cover the text in order and begin at its characters.
void FuzzCleanText(std::string_view text) {
  analyzers::CleanText clean;
  clean.Assign(text, 0, text.size());
  size_t end = 0;
  for (size_t i = 0; i < clean.size(); ++i) {
    Require(clean.Begin(i) >= end, "code points are in order");
    Require(clean.End(i) > clean.Begin(i), "a code point stands for bytes");
    Require(clean.End(i) <= text.size(), "code points lie inside the text");
    Require(IsBorder(text, clean.Begin(i)), "code points begin at characters");
    end = clean.End(i);
  }
  Require(clean[clean.size()] == 0, "behind the end there is nothing");
}

// Identification: probabilities sum to 1; parts cover the text without gap.
void FuzzIdentifier(std::string_view text) {
  const auto& identifier = SharedRegistry().identifier();
  const std::vector<std::string> among = {"el", "nl", "de"};
  for (const std::vector<std::string>& candidates :
       {std::vector<std::string>(), among}) {
    const auto guesses = identifier.Identify(text, "nl", candidates);
    double sum = 0;
    for (const auto& guess : guesses) sum += guess.probability;
    Require(guesses.empty() || std::abs(sum - 1) < 1e-6,
            "probabilities sum to 1");
    size_t end = 0;
    for (const auto& part : identifier.Split(text, "el", candidates)) {
      Require(part.begin == end && part.end > end, "parts leave no gap");
      end = part.end;
    }
    Require(end == text.size(), "parts cover the text");
  }
}

}  // namespace

std::span<const std::string> TargetNames() {
  static const auto* const names = [] {
    auto* all = new std::vector<std::string>{"clean_text", "identifier"};
    for (const auto& language : SharedRegistry().languages()) {
      all->push_back("analyzer." + std::string(language.code));
    }
    return all;
  }();
  return *names;
}

void RunTarget(std::string_view target, std::string_view text) {
  constexpr std::string_view kAnalyzer = "analyzer.";
  if (target.starts_with(kAnalyzer)) {
    FuzzAnalyzer(target.substr(kAnalyzer.size()), text);
  } else if (target == "clean_text") {
    FuzzCleanText(text);
  } else {
    FuzzIdentifier(text);
  }
}

}  // namespace kbsearch::fuzz
