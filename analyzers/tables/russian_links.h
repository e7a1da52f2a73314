// The Russian dictionary lists irregular forms as words of their own ("писем",
// "нажмите") and participles apart from their verbs. These rules say which
// dictionary word such a form belongs to; each answer is checked against the
// dictionary, so that a rule can be broad.
#ifndef KBSEARCH_ANALYZERS_TABLES_RUSSIAN_LINKS_H_
#define KBSEARCH_ANALYZERS_TABLES_RUSSIAN_LINKS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

namespace kbsearch::analyzers {

class RussianLinks {
 public:
  // All words folded.
  using Words = absl::flat_hash_set<std::string>;
  using Owners = absl::flat_hash_map<std::string, std::vector<std::string>>;

  // `headwords`: dictionary words that inflect; `owners`: forms → the headwords
  // that they are of. Both must outlive it.
  RussianLinks(const Words& headwords, const Owners& owners)
      : headwords_(headwords), owners_(owners) {}

  // Dictionary words that an uninflected entry or an imperative is a form of:
  // "писем" → "письмо", "нажмите" → "нажать". Folded; empty when none is known.
  std::vector<std::string> LemmasOfLoneForm(std::string_view folded) const;

  // Of a masculine past tense that does not show its verb: "помог" → "помочь".
  std::vector<std::string> InfinitivesOfPast(std::string_view folded) const;

  // The verbs behind a word: of a participle or noun of action ("оплаченный" →
  // "оплатить", "действующий" → "действовать", "подключение" → "подключить",
  // "отправка" → "отправить", "регистрация" → "регистрировать"),
  // and of each verb the perfective, a foreign one's base ("скопировать" →
  // "копировать") and what it is without -ся
  // ("открываться" → "открывать", "открыть", "открыться").
  std::vector<std::string> VerbsBehind(std::string_view folded) const;

 private:
  void AddIfKnown(std::u32string candidate,
                  std::vector<std::string>* lemmas) const;
  void AddNouns(std::u32string_view form,
                std::vector<std::string>* lemmas) const;
  void AddVerbs(std::u32string_view form,
                std::vector<std::string>* lemmas) const;

  void AddRelatives(std::vector<std::string>* verbs) const;
  void AddPerfectives(std::u32string_view verb,
                      std::vector<std::string>* verbs) const;
  void AddForeignBase(std::u32string_view verb,
                      std::vector<std::string>* verbs) const;
  void AddOwners(std::u32string_view form,
                 std::vector<std::string>* verbs) const;

  const Words& headwords_;
  const Owners& owners_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_TABLES_RUSSIAN_LINKS_H_
