#include "tests/relevance/conflation.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/file.h"

namespace kbsearch::relevance {
namespace {

using Words = std::vector<std::string>;

// The words of the lines that begin with `part`, without it.
absl::StatusOr<std::vector<Words>> ReadLines(const std::string& path,
                                             std::string_view part,
                                             size_t min_words,
                                             size_t max_words) {
  const absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok()) return text.status();
  std::vector<Words> lines;
  size_t number = 0;
  for (const absl::string_view line : absl::StrSplit(*text, '\n')) {
    ++number;
    Words words = absl::StrSplit(line, ' ', absl::SkipEmpty());
    if (words.empty()) continue;
    const bool marked = words[0] == "dev" || words[0] == "test";
    if (!marked || words.size() <= min_words || words.size() > max_words + 1) {
      return absl::InvalidArgumentError(absl::StrCat(
          path, ":", number, ": write 'dev' or 'test', then ", min_words,
          max_words == min_words ? "" : " or more", " words"));
    }
    if (words[0] != part) continue;
    words.erase(words.begin());
    lines.push_back(std::move(words));
  }
  return lines;
}

Words SortedTerms(const TermsOf& terms_of, const std::string& word) {
  Words terms = terms_of(word);
  std::ranges::sort(terms);
  return terms;
}

bool Meet(const Words& a, const Words& b) {
  return std::ranges::any_of(a, [&b](const std::string& term) {
    return std::ranges::binary_search(b, term);
  });
}

double Share(size_t part, size_t whole) {
  return whole == 0 ? 0
                    : static_cast<double>(part) / static_cast<double>(whole);
}

void MeasureFamily(const Words& family, const TermsOf& terms_of,
                   Conflation* result) {
  std::vector<Words> terms;
  for (const std::string& form : family) {
    terms.push_back(SortedTerms(terms_of, form));
  }
  bool whole = true;
  for (size_t a = 0; a < family.size(); ++a) {
    for (size_t b = a + 1; b < family.size(); ++b) {
      ++result->form_pairs;
      if (Meet(terms[a], terms[b])) continue;
      ++result->apart;
      whole = false;
      result->failures.push_back(absl::StrCat(family[a], " ", family[b]));
    }
  }
  ++result->families;
  if (whole) ++result->whole;
}

}  // namespace

absl::StatusOr<WordLists> ReadWordLists(const std::string& folder,
                                        std::string_view language,
                                        std::string_view part) {
  const std::string stem = folder + "/" + std::string(language);
  auto families = ReadLines(stem + ".txt", part, 2, 100);
  if (!families.ok()) return families.status();
  auto strangers = ReadLines(stem + "-strangers.txt", part, 2, 2);
  if (!strangers.ok()) return strangers.status();
  WordLists lists;
  lists.families = *std::move(families);
  for (Words& pair : *strangers) {
    lists.strangers.emplace_back(std::move(pair[0]), std::move(pair[1]));
  }
  return lists;
}

double Conflation::UnderStemming() const { return Share(apart, form_pairs); }
double Conflation::WholeFamilies() const { return Share(whole, families); }
double Conflation::OverStemming() const { return Share(joined, strangers); }

Conflation MeasureConflation(const WordLists& lists, const TermsOf& terms_of) {
  Conflation result;
  for (const Words& family : lists.families) {
    MeasureFamily(family, terms_of, &result);
  }
  for (const auto& [a, b] : lists.strangers) {
    ++result.strangers;
    if (!Meet(SortedTerms(terms_of, a), SortedTerms(terms_of, b))) continue;
    ++result.joined;
    result.failures.push_back(absl::StrCat(a, " = ", b));
  }
  return result;
}

}  // namespace kbsearch::relevance
