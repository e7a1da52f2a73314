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

// What the word may be a regular form of: "computing" → comput, compute,
// "policies" → policie, policy. Likeliest last letter first.
std::vector<std::string> RegularBases(std::string_view word) {
  std::vector<std::string> bases;
  const auto cut = [&](std::string_view ending, std::string_view to) {
    if (word.size() < ending.size() + 3 || !word.ends_with(ending)) return;
    bases.push_back(std::string(word.substr(0, word.size() - ending.size())) +
                    std::string(to));
  };
  cut("ies", "y");
  cut("ied", "y");
  cut("s", "");
  cut("es", "");
  cut("ed", "");
  cut("d", "");
  cut("ing", "");
  cut("ing", "e");
  return bases;
}

// Prefixes of verbs: "overwrote" is of overwrite as "wrote" is of write.
constexpr std::array<std::string_view, 9> kVerbPrefixes = {
    "over", "under", "fore", "with", "mis", "out", "re", "un", "up"};

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
  // verification → verifi, as verify
  if (stem.ends_with("if") && word.substr(stem.size()).starts_with("ication")) {
    stem += 'i';
  }
  // organise, organisation → organiz
  if (stem.size() > 4 && stem.ends_with("is") && word.size() > stem.size() &&
      word.substr(stem.size()).find_first_of("aei") == 0 &&
      !tables_.keep_ise.contains(stem)) {
    stem.back() = 'z';
  }
  return stem;
}

bool EnglishLemmatizer::FromExceptions(std::string_view word,
                                       std::vector<std::string>* lemmas) const {
  const auto known = tables_.exceptions.find(Key(word));
  if (known == tables_.exceptions.end()) return false;
  lemmas->insert(lemmas->end(), known->second.begin(), known->second.end());
  return true;
}

bool EnglishLemmatizer::FromIrregulars(std::string_view word,
                                       std::vector<std::string>* lemmas) {
  std::string_view prefix;
  auto known = tables_.irregulars.find(Key(word));
  for (size_t i = 0; known == tables_.irregulars.end(); ++i) {
    if (i == kVerbPrefixes.size()) return false;
    prefix = kVerbPrefixes[i];
    if (word.size() >= prefix.size() + 3 && word.starts_with(prefix)) {
      known = tables_.irregulars.find(Key(word.substr(prefix.size())));
    }
  }
  for (const std::string& base : known->second) {
    const std::string whole = std::string(prefix) + base;
    if (!FromExceptions(whole, lemmas)) lemmas->push_back(Stem(whole));
  }
  return true;
}

void EnglishLemmatizer::Lemmatize(const Word& word,
                                  std::vector<std::string>* lemmas) {
  if (FromExceptions(word.folded, lemmas)) return;
  if (FromIrregulars(word.folded, lemmas)) return;
  // Regular forms of a listed word follow it.
  for (const std::string& base : RegularBases(word.folded)) {
    if (FromExceptions(base, lemmas)) return;
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
