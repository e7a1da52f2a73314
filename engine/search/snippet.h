// The passage of an article that matches a query best, with the matching words
// marked. Own window finder: Xapian's cannot work with our terms and takes five
// times as long.
//
// Worked example, query "κωδικού", text "Ανοίξτε την εφαρμογή. Ο κωδικός
// πρόσβασης αλλάζει στις ρυθμίσεις.": spans "Ανοίξτε την εφαρμογή. Ο ",
// **"κωδικός"**, " πρόσβασης αλλάζει στις ρυθμίσεις."
#ifndef KBSEARCH_ENGINE_SEARCH_SNIPPET_H_
#define KBSEARCH_ENGINE_SEARCH_SNIPPET_H_

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzers/analyzer.h"
#include "engine/article.h"
#include "engine/query/query_words.h"
#include "engine/search.h"

namespace kbsearch::engine {

// What to mark: the terms of a query with the word each belongs to and its
// worth. Keys are term texts without prefix.
class QueryTerms {
 public:
  struct Match {
    size_t word = 0;       // words of the query, counted from 0
    bool exact = false;    // as typed, not by its lemma
    bool synonym = false;  // not typed: an operator's other word for it
  };

  explicit QueryTerms(const QueryWords& query);

  // The query word that a token stands for; null when none.
  const Match* Find(const analyzers::Token& token) const;

  size_t word_count() const { return word_count_; }

 private:
  std::unordered_map<std::string, Match> exact_;
  std::unordered_map<std::string, Match> lemmas_;
  size_t word_count_ = 0;
};

struct Snippet {
  std::vector<Span> spans;
  bool exact_match = false;    // a word stands there as typed
  bool lemma_match = false;    // a word stands there in another form
  bool synonym_match = false;  // an operator's synonym stands there
  std::string anchor;          // of the block where the passage begins
};

// `analyzer` is of the language of the text. At most about 200 characters, cut
// between words where there are words, and never inside a character as people
// see it (analyzers/graphemes.h); what was cut off is shown by "…". The spans
// in a row are a stretch of the blocks' texts as stored, with line breaks and
// control characters made spaces. What lies beyond the first 8 kB of text is
// not looked at.
//
// `holders` says of each block whether a word of the query may stand in it;
// empty: who knows. The text of the others is not searched, which saves most
// of the time.
Snippet MakeSnippet(std::span<const Block> blocks, const QueryTerms& terms,
                    analyzers::Analyzer& analyzer,
                    const std::vector<bool>& holders = {});

// Whether a word of the query stands in `text` (a title).
bool Matches(std::string_view text, const QueryTerms& terms,
             analyzers::Analyzer& analyzer);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SEARCH_SNIPPET_H_
