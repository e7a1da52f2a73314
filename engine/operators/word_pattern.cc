#include "engine/operators/word_pattern.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace kbsearch::engine {
namespace {

// Exact forms and lemmas are words of different kinds: a mark keeps an exact
// "use" and a lemma "use" apart.
std::vector<std::string> Keys(const std::vector<std::string>& exact,
                              const std::vector<std::string>& lemmas) {
  std::vector<std::string> keys;
  for (const std::string& form : exact) keys.push_back("X" + form);
  for (const std::string& lemma : lemmas) keys.push_back("Z" + lemma);
  return keys;
}

}  // namespace

bool Meet(const PatternWord& a, const PatternWord& b) {
  return std::find_first_of(a.keys.begin(), a.keys.end(), b.keys.begin(),
                            b.keys.end()) != a.keys.end();
}

std::vector<WordPattern> Readings(const QueryWords& query) {
  WordPattern plain;
  for (const QueryWord& word : query.words) {
    plain.push_back({word.position, 1, Keys(word.exact, word.lemmas)});
  }
  if (query.joined.empty()) return {std::move(plain)};
  WordPattern joined;
  for (size_t i = 0; i < plain.size();) {
    const auto found = std::find_if(query.joined.begin(), query.joined.end(),
                                    [&](const JoinedWord& word) {
                                      return word.position == plain[i].position;
                                    });
    if (found == query.joined.end()) {
      joined.push_back(plain[i++]);
      continue;
    }
    joined.push_back(
        {found->position, found->span, Keys(found->exact, found->lemmas)});
    const uint32_t end = found->position + found->span;
    while (i < plain.size() && plain[i].position < end) ++i;
  }
  return {std::move(plain), std::move(joined)};
}

QueryWords AnalyzePhrase(const std::string& phrase, size_t max_bytes,
                         const std::string& field,
                         analyzers::Analyzer& analyzer,
                         std::vector<RuleProblem>* problems) {
  if (absl::StripAsciiWhitespace(phrase).empty()) {
    problems->push_back({field, "is empty; write a word or leave it out"});
    return {};
  }
  if (phrase.size() > max_bytes) {
    problems->push_back(
        {field, absl::StrCat("is ", phrase.size(), " bytes long; at most ",
                             max_bytes, " are accepted")});
    return {};
  }
  QueryWords words = AnalyzeQuery(phrase, analyzer);
  if (words.words.empty()) {
    problems->push_back(
        {field, absl::StrCat("\"", phrase,
                             "\" holds no word; write letters or digits")});
  }
  return words;
}

}  // namespace kbsearch::engine
