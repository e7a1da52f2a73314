// Words that operators declare to mean the same: the customers' and the
// company's.
//
// One-way: {from: "σπασμένο", to: "ελαττωματικό"}: who types the first finds
// the second as well, not the other way round. Two-way: {from: "laptop",
// "notebook"}: each finds the others. Any of them may be several words.
#ifndef KBSEARCH_ENGINE_OPERATORS_SYNONYMS_H_
#define KBSEARCH_ENGINE_OPERATORS_SYNONYMS_H_

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "analyzers/analyzer.h"
#include "engine/operators/word_pattern.h"
#include "engine/query/query_words.h"

namespace kbsearch::engine {

struct Synonym {
  std::vector<std::string> from;  // two-way: at least two, of one meaning
  std::vector<std::string> to;    // one-way only: what is looked for as well
  bool one_way = false;
};

inline constexpr size_t kMaxSynonyms = 10'000;    // a language
inline constexpr size_t kMaxSynonymPhrases = 20;  // on either side
inline constexpr size_t kMaxSynonymBytes = 200;   // a phrase
inline constexpr size_t kMaxAlternatives = 40;    // added to a query
// Of what a match of the words typed would weigh.
inline constexpr double kSynonymWeight = 0.8;

// The synonyms of one language, ready to be looked up. Immutable once made:
// shared by all threads.
class SynonymTable {
 public:
  SynonymTable() = default;
  // Tells `problems` of entries that are wrong; the table is then of no use.
  SynonymTable(const std::vector<Synonym>& synonyms,
               analyzers::Analyzer& analyzer,
               std::vector<RuleProblem>* problems);

  bool empty() const { return phrases_.empty(); }

  // Adds to the query what may stand for its words. A phrase is met by words
  // that follow each other, function words aside. Where several phrases begin
  // the longest is taken, and none inside it: "mot de passe" is not also a
  // "passe". What is added is not looked up again, so loops do no harm.
  void Expand(QueryWords* query) const;

 private:
  struct Phrase {
    WordPattern words;
    std::vector<uint32_t> targets;  // indices of targets_
  };
  struct Target {
    std::string text;
    std::vector<QueryWord> words;
  };
  struct Match {
    size_t words = 0;  // of the reading
    std::vector<uint32_t> targets;
  };

  void AddEntry(const Synonym& synonym, const std::string& field,
                analyzers::Analyzer& analyzer,
                std::vector<RuleProblem>* problems);
  void AddPhrase(const QueryWords& words, std::vector<uint32_t> targets);
  Match LongestMatch(const WordPattern& reading, size_t begin) const;

  std::vector<Phrase> phrases_;
  std::vector<Target> targets_;
  // Key of a first word → phrases that begin with it.
  std::unordered_map<std::string, std::vector<uint32_t>> by_first_word_;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_OPERATORS_SYNONYMS_H_
