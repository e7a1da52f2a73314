#include "analyzers/lang/en/english_lemmatizer.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kbsearch::analyzers {
namespace {

absl::string_view Key(std::string_view word) {
  return {word.data(), word.size()};
}

bool IsAuxiliary(std::string_view word) {
  static constexpr std::array<std::string_view, 20> kAuxiliaries = {
      "can",    "could", "do",    "does", "did",   "is",   "are",
      "was",    "were",  "has",   "have", "had",   "will", "would",
      "should", "must",  "might", "need", "shall", "may"};
  return std::ranges::find(kAuxiliaries, word) != kAuxiliaries.end();
}

// The contracted form without its apostrophe: "cant", "wont".
std::string Contracted(std::string_view auxiliary) {
  if (auxiliary == "can") return "cant";
  if (auxiliary == "will") return "wont";
  if (auxiliary == "shall") return "shant";
  return std::string(auxiliary) + "nt";
}

}  // namespace

EnglishLemmatizer::EnglishLemmatizer(const EnglishTables& tables)
    : tables_(tables), stemmer_("english") {
  for (const auto& [british, american] : tables.spellings) {
    american_[stemmer_.Stem(british)] = stemmer_.Stem(american.front());
  }
}

std::string EnglishLemmatizer::Stem(std::string_view word) {
  std::string stem = stemmer_.Stem(word);
  if (const auto known = american_.find(stem); known != american_.end()) {
    return known->second;
  }
  // organise, organisation → organiz
  if (stem.size() > 4 && stem.ends_with("is") && word.size() > stem.size() &&
      word.substr(stem.size()).find_first_of("aei") == 0 &&
      !tables_.keep_ise.contains(stem)) {
    stem.back() = 'z';
  }
  return stem;
}

void EnglishLemmatizer::Lemmatize(const Word& word,
                                  std::vector<std::string>* lemmas) {
  const absl::string_view key = Key(word.folded);
  if (const auto known = tables_.exceptions.find(key);
      known != tables_.exceptions.end()) {
    lemmas->insert(lemmas->end(), known->second.begin(), known->second.end());
    return;
  }
  if (const auto known = tables_.irregulars.find(key);
      known != tables_.irregulars.end()) {
    for (const std::string& base : known->second) {
      lemmas->push_back(Stem(base));
    }
    return;
  }
  lemmas->push_back(Stem(word.folded));
}

void EnglishNegationRule::Apply(std::string_view /*text*/, size_t first,
                                std::vector<Token>* tokens) {
  for (size_t i = first; i + 1 < tokens->size(); ++i) {
    const Token& auxiliary = (*tokens)[i];
    const Token& negation = (*tokens)[i + 1];
    if (negation.exact != "not" || auxiliary.role != TokenRole::kWhole ||
        !IsAuxiliary(auxiliary.exact)) {
      continue;
    }
    Token joined;
    joined.begin = auxiliary.begin;
    joined.end = negation.end;
    joined.position = auxiliary.position;
    joined.span = 2;
    joined.role = TokenRole::kJoined;
    joined.exact = Contracted(auxiliary.exact);
    joined.lemmas = {joined.exact};
    tokens->insert(tokens->begin() + static_cast<std::ptrdiff_t>(i) + 1,
                   std::move(joined));
    i += 2;
  }
}

}  // namespace kbsearch::analyzers
