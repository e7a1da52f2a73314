// A query as its words: the tokens of each position with everything that may
// stand for it, ready to be made into a Xapian query or looked for in a text.
#ifndef KBSEARCH_ENGINE_QUERY_QUERY_WORDS_H_
#define KBSEARCH_ENGINE_QUERY_QUERY_WORDS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/analyzer.h"

namespace kbsearch::engine {

// One word of a query.
struct QueryWord {
  uint32_t position = 0;
  bool is_stop = false;
  bool is_negation = false;         // "not": finds nothing beside other words
  std::vector<std::string> exact;   // the folded word and its variants
  std::vector<std::string> lemmas;  // of the word and its variants
  // Lemmas (or exact terms) of its parts, one list a part: klantenservice →
  // {{klant}, {service}}. All parts together may stand for the word.
  std::vector<std::vector<std::string>> parts;
};

// Several words written as one: "wi fi" → wifi at 0, span 2; or a code in other
// letters, span 1.
struct JoinedWord {
  uint32_t position = 0;
  uint32_t span = 2;
  std::vector<std::string> exact;
  std::vector<std::string> lemmas;
};

// Other words that may stand for a stretch of the query: a synonym.
// "σπασμένο τηλέφωνο": {0, 1, {ελαττωματικό}}.
struct AlternativeWords {
  uint32_t position = 0;
  uint32_t span = 1;             // positions of the words it stands for
  std::vector<QueryWord> words;  // all of them must be in a document
  double weight = 1;             // of what the stretch itself weighs; below 1
  std::string text;              // as written, for people

  bool StandsFor(const QueryWord& word) const {
    return word.position >= position && word.position < position + span;
  }
};

struct QueryWords {
  std::string language;
  std::vector<QueryWord> words;  // function words only if there is no other
  std::vector<JoinedWord> joined;
  std::vector<AlternativeWords> alternatives;
  bool only_stop_words = false;

  // Whether some word is neither a function word nor a negation.
  bool HasMatter() const;
  // Whether something may stand for the word of these exact forms.
  bool HasAlternative(const std::vector<std::string>& exact) const;
  // The words typed that an alternative may stand for.
  std::vector<const QueryWord*> WordsOf(
      const AlternativeWords& alternative) const;
};

QueryWords AnalyzeQuery(std::string_view text, analyzers::Analyzer& analyzer);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_QUERY_QUERY_WORDS_H_
