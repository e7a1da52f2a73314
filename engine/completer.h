// What somebody is typing → words and whole titles (or FAQ questions) that
// complete it.
#ifndef KBSEARCH_ENGINE_COMPLETER_H_
#define KBSEARCH_ENGINE_COMPLETER_H_

#include <xapian.h>

#include <vector>

#include "analyzers/analyzer.h"
#include "engine/query_languages.h"
#include "engine/search.h"

namespace kbsearch::engine {

// A language to take completions from. Not owned; none is null.
struct CompletionSource {
  QueryLanguage language;
  analyzers::Analyzer* analyzer;
  Xapian::Database* database;  // what the audience may see, and no more
};

// Best first; at most query.max_completions. The last word is completed unless
// the input ends in a space; accents and case do not matter. Throws Xapian
// errors.
std::vector<Completion> Complete(const AutocompleteQuery& query,
                                 const std::vector<CompletionSource>& sources);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_COMPLETER_H_
