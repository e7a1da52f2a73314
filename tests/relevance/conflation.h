// Conflation: how well the forms of one word meet, and how well words apart
// stay apart, whatever gives the words their terms.
//
// The lists are described in families/README.md.
#ifndef KBSEARCH_TESTS_RELEVANCE_CONFLATION_H_
#define KBSEARCH_TESTS_RELEVANCE_CONFLATION_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace kbsearch::relevance {

struct WordLists {
  std::vector<std::vector<std::string>> families;  // two forms or more each
  std::vector<std::pair<std::string, std::string>> strangers;
};

// Reads `folder`/<language>.txt and <language>-strangers.txt, the lines marked
// `part` ("dev", "test"). InvalidArgument names the file and line that is not
// as families/README.md says.
absl::StatusOr<WordLists> ReadWordLists(const std::string& folder,
                                        std::string_view language,
                                        std::string_view part);

// The terms a word is found by.
using TermsOf = std::function<std::vector<std::string>(const std::string&)>;

struct Conflation {
  size_t form_pairs = 0;  // pairs of forms within a family, over all families
  size_t apart = 0;       // of them, those that share no term
  size_t families = 0;
  size_t whole = 0;  // families all of whose forms meet, two by two
  size_t strangers = 0;
  size_t joined = 0;  // pairs of strangers that share a term

  // "form form" of each pair that should meet and does not, "form = form" of
  // strangers that meet; in the order of the lists.
  std::vector<std::string> failures;

  double UnderStemming() const;  // apart / form_pairs, 0 when there are none
  double WholeFamilies() const;
  double OverStemming() const;  // joined / strangers
};

//   families {"cat cats"}, strangers {"cat category"}, terms by prefix of three
//   → UnderStemming 0, WholeFamilies 1, OverStemming 1
Conflation MeasureConflation(const WordLists& lists, const TermsOf& terms_of);

}  // namespace kbsearch::relevance

#endif  // KBSEARCH_TESTS_RELEVANCE_CONFLATION_H_
