// The Russian dictionary lists irregular forms as words of their own ("писем",
// "нажмите") and participles apart from their verbs. These rules say which
// dictionary word such a form belongs to; each answer is checked against the
// dictionary, so that a rule can be broad.
#ifndef KBSEARCH_ANALYZERS_TABLES_RUSSIAN_LINKS_H_
#define KBSEARCH_ANALYZERS_TABLES_RUSSIAN_LINKS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"

namespace kbsearch::analyzers {

class RussianLinks {
 public:
  // `headwords`: dictionary words that inflect, folded.
  explicit RussianLinks(absl::flat_hash_set<std::string> headwords)
      : headwords_(std::move(headwords)) {}

  // Dictionary words that an uninflected entry or an imperative is a form of:
  // "писем" → "письмо", "нажмите" → "нажать". Folded; empty when none is known.
  std::vector<std::string> LemmasOfLoneForm(std::string_view folded) const;

  // The verb of a participle of the past or a verbal noun: "оплаченный" →
  // "оплатить", "подключение" → "подключить".
  std::vector<std::string> VerbsBehind(std::string_view folded) const;

 private:
  void AddIfKnown(std::u32string candidate,
                  std::vector<std::string>* lemmas) const;
  void AddNouns(std::u32string_view form,
                std::vector<std::string>* lemmas) const;
  void AddVerbs(std::u32string_view form,
                std::vector<std::string>* lemmas) const;

  absl::flat_hash_set<std::string> headwords_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_TABLES_RUSSIAN_LINKS_H_
