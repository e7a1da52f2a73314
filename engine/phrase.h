// A phrase as the forms of its words, to be looked for in analysed text. The
// index keeps no positions (docs/adr/0002).
//
// Worked example: "κωδικός πρόσβασης" stands in "Ο ΚΩΔΙΚΟΣ ΠΡΟΣΒΑΣΗΣ λήγει" but
// not in "κωδικοί πρόσβασης" (another form) nor in "πρόσβασης κωδικός".
#ifndef KBSEARCH_ENGINE_PHRASE_H_
#define KBSEARCH_ENGINE_PHRASE_H_

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/analyzer.h"

namespace kbsearch::engine {

// Immutable.
class Phrase {
 public:
  Phrase(std::string_view text, analyzers::Analyzer& analyzer);

  // The words in order; of each, its exact terms (spelling variants).
  const std::vector<std::vector<std::string>>& words() const { return words_; }
  // Exact terms and lemmas that stand for all the words at once: "wifi" for
  // "Wi-Fi".
  const std::vector<std::string>& joined() const { return joined_; }
  const std::vector<std::string>& joined_lemmas() const {
    return joined_lemmas_;
  }
  // Of a phrase of one word.
  const std::vector<std::string>& lemmas() const { return lemmas_; }

  // Whether the words follow each other in `text`, which `analyzer` (of the
  // phrase's language) analyses.
  bool StandsIn(std::string_view text, analyzers::Analyzer& analyzer) const;

 private:
  std::vector<std::vector<std::string>> words_;
  std::vector<std::string> lemmas_;
  std::vector<std::string> joined_;
  std::vector<std::string> joined_lemmas_;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_PHRASE_H_
