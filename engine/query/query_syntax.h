// The little syntax of queries: "a phrase", -word, title:word. Marks that may
// as well be ordinary writing are ordinary writing: docs/query_syntax.md.
//
// Worked example, `«κωδικός πρόσβασης» router -wifi title:"πρώτα βήματα"`:
//   words    `κωδικός πρόσβασης router πρώτα βήματα`
//   clauses  phrase "κωδικός πρόσβασης"; excluded "wifi";
//            phrase "πρώτα βήματα" in the title
#ifndef KBSEARCH_ENGINE_QUERY_QUERY_SYNTAX_H_
#define KBSEARCH_ENGINE_QUERY_QUERY_SYNTAX_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kbsearch::engine {

// Something that an answer must hold or must not hold.
struct QueryClause {
  std::string text;          // without its marks
  bool is_phrase = false;    // these forms in this order; else any inflection
  bool in_title = false;     // in the title or question only
  bool is_excluded = false;  // must not hold
};

struct ParsedQuery {
  // Everything that is wanted, without marks: what is analysed and ranked. The
  // text as typed when there are no clauses.
  std::string words;
  std::vector<QueryClause> clauses;
};

// Whether a word is a function word ("en", "и") in some language.
using FunctionWordTest = std::function<bool(std::string_view)>;

// Never fails, whatever the bytes.
ParsedQuery ParseQuery(std::string_view typed,
                       const FunctionWordTest& is_function_word);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_QUERY_QUERY_SYNTAX_H_
