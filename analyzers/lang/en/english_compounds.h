// "log in" and "login" meet: pairs of words that are as often written as one
// (en/closed_compounds.txt) get the token of the closed word beside their own.
#ifndef KBSEARCH_ANALYZERS_LANG_EN_ENGLISH_COMPOUNDS_H_
#define KBSEARCH_ANALYZERS_LANG_EN_ENGLISH_COMPOUNDS_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "analyzers/lang/en/english_lemmatizer.h"
#include "analyzers/language.h"

namespace kbsearch::analyzers {

//   "they logged in"  →  they, logged, logged in: kJoined "login", in
// Not thread-safe.
class ClosedCompoundRule : public TokenRule {
 public:
  // `pairs`: first word in its base form, second word.
  ClosedCompoundRule(
      const std::vector<std::pair<std::string, std::string>>& pairs,
      EnglishLemmatizer* lemmatizer);

  void Apply(std::string_view text, size_t first,
             std::vector<Token>* tokens) override;

 private:
  struct Closed {
    std::string word;
    std::vector<std::string> lemmas;
  };
  // The closed word of two tokens, or null.
  const Closed* Find(const Token& first, const Token& second) const;

  // Lemma of the first word → second word → the closed word.
  absl::flat_hash_map<std::string, absl::flat_hash_map<std::string, Closed>>
      closed_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LANG_EN_ENGLISH_COMPOUNDS_H_
