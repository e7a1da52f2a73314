// Collects forms with their lemmas and writes the file that LemmaTable maps.
#ifndef KBSEARCH_ANALYZERS_TABLES_LEMMA_TABLE_BUILDER_H_
#define KBSEARCH_ANALYZERS_TABLES_LEMMA_TABLE_BUILDER_H_

#include <map>
#include <set>
#include <string>

#include "absl/status/status.h"

namespace kbsearch::analyzers {

class LemmaTableBuilder {
 public:
  // Adds a form by its folded spelling, and by its accented one where that
  // says more: "marché" is never "marche", but "marche" may stand for it.
  // The lemma is named as `lemma` is given, in lower case.
  void Add(const std::string& form, const std::string& lemma);

  // The form has exactly these lemmas from now on (reviewed corrections).
  void Override(const std::string& form, const std::set<std::string>& lemmas);

  absl::Status Write(const std::string& path) const;

 private:
  using Lemmas = std::map<std::string, std::set<std::string>>;
  // Accented forms are left out where the folded one has the same lemmas.
  Lemmas Effective() const;

  Lemmas folded_;
  Lemmas accented_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_TABLES_LEMMA_TABLE_BUILDER_H_
