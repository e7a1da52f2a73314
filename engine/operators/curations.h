// Articles that operators pin to the top of a query's results, or hide there.
#ifndef KBSEARCH_ENGINE_OPERATORS_CURATIONS_H_
#define KBSEARCH_ENGINE_OPERATORS_CURATIONS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "analyzers/registry.h"
#include "engine/operators/word_pattern.h"
#include "engine/query/query_words.h"

namespace kbsearch::engine {

struct Curation {
  std::string query;     // what is typed, in any inflection and order
  std::string language;  // registry code; empty: whatever the language
  // Ids of articles, or "<id>#<n>" of FAQ entries. A hidden article hides its
  // entries too.
  std::vector<std::string> pinned;  // shown first, in this order
  std::vector<std::string> hidden;  // never shown
};

inline constexpr size_t kMaxCurations = 5'000;  // a corpus
inline constexpr size_t kMaxCurationQueryBytes = 500;
inline constexpr size_t kMaxPinned = 50;   // a query
inline constexpr size_t kMaxHidden = 200;  // a query

// What the curations of a query say together. A hidden id is not pinned.
struct CurationMatch {
  std::vector<std::string> queries;  // of the curations, as written
  std::vector<std::string> pinned;
  std::vector<std::string> hidden;
};

// The curations of a corpus, ready to be looked up. Immutable once made: shared
// by all threads.
class CurationTable {
 public:
  CurationTable() = default;
  // Tells `problems` of entries that are wrong; the table is then of no use.
  CurationTable(const std::vector<Curation>& curations,
                const analyzers::Registry& registry,
                std::vector<RuleProblem>* problems);

  bool empty() const { return patterns_.empty(); }

  // Adds what the curations of this query say, the language's own before those
  // of any language. Pinned and hidden ids come once.
  void Find(const QueryWords& query, CurationMatch* match) const;

  // Whether some curation, of whatever query, hides the article or FAQ entry.
  bool HidesSomewhere(std::string_view hit_id) const;

 private:
  // A reading of a curation's query in one language.
  struct Pattern {
    std::string language;
    bool any_language = false;
    WordPattern words;
    uint32_t curation = 0;  // index of curations_
  };

  void AddPatterns(uint32_t index, const std::string& field,
                   const std::string& language, analyzers::Analyzer& analyzer,
                   std::vector<RuleProblem>* problems);
  // Indices of curations_ whose query this is.
  std::vector<uint32_t> Matching(const QueryWords& query,
                                 bool any_language) const;

  std::vector<Curation> curations_;
  std::vector<Pattern> patterns_;
  // Language + key of a first word → patterns that begin with it.
  std::unordered_map<std::string, std::vector<uint32_t>> by_word_;
  std::unordered_set<std::string> hidden_;  // by any curation
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_OPERATORS_CURATIONS_H_
