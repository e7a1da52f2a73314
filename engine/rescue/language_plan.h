// What can be done in one language for a query that it does not know all of.
#ifndef KBSEARCH_ENGINE_RESCUE_LANGUAGE_PLAN_H_
#define KBSEARCH_ENGINE_RESCUE_LANGUAGE_PLAN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/query/query_words.h"
#include "engine/rescue/language_words.h"

namespace kbsearch::engine {

// What stands between blanks; bytes [begin, end) of the query.
struct Chunk {
  uint32_t begin = 0;
  uint32_t end = 0;
};

std::vector<Chunk> DivideAtBlanks(std::string_view text);

enum class FixKind : uint8_t {
  kJoin,    // two words are one
  kLayout,  // another keyboard
  kScript,  // another alphabet
  kSpelling,
  kSplit,  // one word is several
};
std::string_view StageName(FixKind kind);

// Something else in the place of bytes [begin, end) of the query.
struct Fix {
  uint32_t begin = 0;
  uint32_t end = 0;
  FixKind kind = FixKind::kSpelling;
  std::string to;
  std::vector<std::string> alternatives;  // as good: searched as well
  double cost = 0;                        // of a misspelling; 0 for the others
  double score = 0;                       // of a misspelling, Correction::score
  bool is_applied = true;                 // false: offered only
};

class LanguagePlan {
 public:
  LanguagePlan(std::string_view text, const std::vector<Chunk>& chunks,
               LanguageWords words);

  const std::string& language() const { return words_.language(); }
  // Whether some word of the chunk is in no document of the language.
  bool Lacks(size_t chunk) const { return lacks_[chunk]; }
  // The chunk need not be in a document: an operator's synonym stands for it.
  void AcceptSynonym(size_t chunk) { lacks_[chunk] = false; }
  // Whether a fix covers the chunk, a misspelling of at most `max_cost`; offers
  // do not count.
  bool IsMended(size_t chunk, double max_cost = 9) const;

  // Whether the query is codes and nothing else, which are no language's own.
  bool IsOnlyCodes() const;

  // Looks for fixes of a chunk by every step.
  void Mend(size_t chunk, const analyzers::SpellingRules& rules);
  // … by layout and transliteration only.
  void MendLetters(size_t chunk, const analyzers::SpellingRules& rules);

  // Neighbours of which one is lost become one where that is a word.
  void JoinLost(const std::vector<bool>& lost);
  // Words of the corpus that neighbours make when written as one, where no
  // document holds both.
  std::vector<JoinedWord> FindJoined();
  // Codes of the query (codes.h), with the fixes applied if there are any.
  std::vector<JoinedWord> FindCodesOfFixedText();

  std::vector<Fix>& fixes() { return fixes_; }
  const std::vector<Fix>& fixes() const { return fixes_; }
  // The query with the fixes applied.
  std::string FixedText() const;

 private:
  std::string_view TextOf(const Chunk& chunk) const;
  bool Covers(const Fix& fix, size_t chunk) const;
  bool MendLayout(size_t chunk, const analyzers::SpellingRules& rules);
  bool MendScript(size_t chunk);
  void MendWords(size_t chunk);
  void MendWord(const QueryPiece& piece);
  // Null, or how pieces i and i + 1 are written as one.
  std::optional<VocabularyWord> JoinedAt(size_t i) const;

  const std::string_view text_;
  const std::vector<Chunk>& chunks_;
  LanguageWords words_;
  std::vector<QueryPiece> pieces_;
  std::vector<JoinedWord> codes_;
  std::vector<analyzers::Token> known_;  // words that mean something
  std::vector<bool> lacks_;              // by chunk
  std::vector<Fix> fixes_;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RESCUE_LANGUAGE_PLAN_H_
