#include "engine/query/query_words.h"

#include <algorithm>
#include <map>
#include <utility>

namespace kbsearch::engine {
namespace {

using analyzers::Token;
using analyzers::TokenRole;

void AddUnique(const std::string& term, std::vector<std::string>* terms) {
  if (std::find(terms->begin(), terms->end(), term) == terms->end()) {
    terms->push_back(term);
  }
}

void AddUnique(const analyzers::Lemmas& from, std::vector<std::string>* terms) {
  for (const std::string& term : from) AddUnique(term, terms);
}

void AddToken(const Token& token, QueryWord* word) {
  if (token.role == TokenRole::kPart) {
    word->parts.push_back(token.lemmas.empty()
                              ? std::vector<std::string>{token.exact}
                              : std::vector<std::string>(token.lemmas.begin(),
                                                         token.lemmas.end()));
    return;
  }
  if (token.role == TokenRole::kWhole) {
    word->is_stop = token.is_stop;
    word->is_negation = token.is_negation;
  }
  AddUnique(token.exact, &word->exact);
  AddUnique(token.lemmas, &word->lemmas);
}

}  // namespace

QueryWords AnalyzeQuery(std::string_view text, analyzers::Analyzer& analyzer) {
  QueryWords query;
  query.language = analyzer.language();
  std::map<uint32_t, QueryWord> words;
  for (const Token& token : analyzer.Analyze(text)) {
    if (token.role == TokenRole::kJoined && token.span > 1) {
      query.joined.push_back({token.position,
                              token.span,
                              {token.exact},
                              {token.lemmas.begin(), token.lemmas.end()}});
    } else {
      QueryWord& word = words[token.position];
      word.position = token.position;
      AddToken(token, &word);
    }
  }
  query.only_stop_words =
      std::all_of(words.begin(), words.end(),
                  [](const auto& entry) { return entry.second.is_stop; });
  for (auto& [position, word] : words) {
    if (word.is_stop && !query.only_stop_words) continue;
    query.words.push_back(std::move(word));
  }
  return query;
}

std::vector<const QueryWord*> QueryWords::WordsOf(
    const AlternativeWords& alternative) const {
  std::vector<const QueryWord*> found;
  for (const QueryWord& word : words) {
    if (alternative.StandsFor(word)) found.push_back(&word);
  }
  return found;
}

bool QueryWords::HasMatter() const {
  return std::any_of(words.begin(), words.end(), [](const QueryWord& word) {
    return !word.is_stop && !word.is_negation;
  });
}

bool QueryWords::HasAlternative(const std::vector<std::string>& exact) const {
  return std::any_of(words.begin(), words.end(), [&](const QueryWord& word) {
    return word.exact == exact &&
           std::any_of(alternatives.begin(), alternatives.end(),
                       [&](const AlternativeWords& alternative) {
                         return alternative.StandsFor(word);
                       });
  });
}

}  // namespace kbsearch::engine
