// A phrase as the forms of its words, looked for in the forward index: Xapian
// keeps no positions (docs/adr/0002).
//
// Worked example: "κωδικός πρόσβασης" stands in "Ο ΚΩΔΙΚΟΣ ΠΡΟΣΒΑΣΗΣ λήγει" but
// not in "κωδικοί πρόσβασης" (another form) nor in "πρόσβασης κωδικός".
#ifndef KBSEARCH_ENGINE_QUERY_PHRASE_H_
#define KBSEARCH_ENGINE_QUERY_PHRASE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/analyzer.h"
#include "engine/ranking/forward_index.h"

namespace kbsearch::engine {

// Terms of a phrase, as the analyzer of a language reads it.
struct Phrase {
  // The words in order; of each, its exact terms (spelling variants).
  std::vector<std::vector<std::string>> words;
  std::vector<std::string> lemmas;  // of a phrase of one word
  // Exact terms and lemmas that stand for all the words at once: "wifi" for
  // "Wi-Fi".
  std::vector<std::string> joined;
  std::vector<std::string> joined_lemmas;
};

Phrase MakePhrase(std::string_view text, analyzers::Analyzer& analyzer);

// Finds a phrase in the documents of one forward index, which must outlive it.
class PhraseMatcher {
 public:
  // Phrases are compared by their first 64 words.
  PhraseMatcher(const Phrase& phrase, const ForwardIndex& index);

  // Whether the words follow each other inside a block of the document, which
  // must be its title if `in_title`.
  bool StandsIn(ForwardRecord record, bool in_title) const;

 private:
  // Of a word's number: bit i is set when the phrase's i-th word may be it.
  std::vector<uint64_t> places_of_;
  uint64_t last_ = 0;  // the bit of the last word
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_QUERY_PHRASE_H_
