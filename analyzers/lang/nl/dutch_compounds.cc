#include "analyzers/lang/nl/dutch_compounds.h"

#include <algorithm>
#include <cmath>

namespace kbsearch::analyzers {
namespace {

constexpr size_t kMinPart = 4;
constexpr size_t kMinCompound = 7;
constexpr size_t kMaxCompound = 40;
constexpr double kMinWeight = 4;  // a part must join this many other words
// A long part is seldom there by chance, so once is enough.
constexpr size_t kLongPart = 7;

bool IsAsciiWord(const std::string& word) {
  return std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

// A plural less its n, or less its en behind -er: it weighs what its singular
// does.
double DutchCompoundSplitter::LinkedWeight(std::string_view head) const {
  std::string plural(head);
  if (head.ends_with("e")) {
    plural += "n";
  } else if (head.ends_with("er")) {
    plural += "en";
  } else {
    return 0;
  }
  if (!lemmatizer_.lexicon().Contains(plural)) return 0;
  std::vector<std::string> singulars;
  lemmatizer_.Lemmatize(plural, &singulars);
  uint32_t weight = 0;
  for (const std::string& singular : singulars) {
    if (singular.size() >= head.size()) continue;
    weight = std::max(weight, lemmatizer_.lexicon().Weight(singular));
  }
  return weight;
}

double DutchCompoundSplitter::PartWeight(const std::string& word, size_t begin,
                                         size_t end) const {
  const absl::string_view part(word.data() + begin, end - begin);
  // The lexicon first: most stretches of a word are no words.
  double weight = lemmatizer_.lexicon().Weight({part.data(), part.size()});
  if (weight == 0 && end < word.size()) {
    weight = LinkedWeight({part.data(), part.size()});
  }
  // What is one notion to the reader joins others as one: wachtwoordherstel.
  if (lists_.never_split.contains(part)) weight += kMinWeight;
  if (weight < (part.size() >= kLongPart ? 1 : kMinWeight)) return 0;
  if (part.size() < kMinPart && !lists_.short_parts.contains(part)) return 0;
  if (begin == 0 && lists_.not_first.contains(part)) return 0;
  if (begin > 0 && lists_.not_last.contains(part)) return 0;
  return weight;
}

// The best split of word[begin…] into two parts; into three only where two
// will not do, since "wachtwoordherstel" is of a wachtwoord. `score` is the
// mean of the logarithms of the weights, negative when there is no split.
std::vector<CompoundSplitter::Part> DutchCompoundSplitter::BestSplit(
    const std::string& word, size_t begin, int parts, double* score) const {
  std::vector<Part> best;
  *score = -1;
  for (size_t cut = begin + 3; cut + 3 <= word.size(); ++cut) {
    const double head = PartWeight(word, begin, cut);
    if (head == 0) continue;
    const Part first = {static_cast<uint32_t>(begin),
                        static_cast<uint32_t>(cut)};
    for (const size_t start : {cut, cut + 1}) {
      if (start > cut && word[cut] != 's') continue;
      if (start + 3 > word.size()) continue;
      std::vector<Part> rest;
      double rest_score = -1;
      if (parts > 2) {
        rest = BestSplit(word, start, parts - 1, &rest_score);
      } else if (const double tail = PartWeight(word, start, word.size());
                 tail > 0) {
        rest = {
            {static_cast<uint32_t>(start), static_cast<uint32_t>(word.size())}};
        rest_score = std::log(tail);
      }
      if (rest.empty()) continue;
      const double mean = (std::log(head) + (parts - 1) * rest_score) / parts;
      if (mean <= *score) continue;
      *score = mean;
      rest.insert(rest.begin(), first);
      best = std::move(rest);
    }
  }
  return best;
}

std::vector<CompoundSplitter::Part> DutchCompoundSplitter::Split(
    const Word& word, std::span<const std::string> lemmas) {
  const std::string folded(word.folded);
  if (folded.size() < kMinCompound || folded.size() > kMaxCompound ||
      !IsAsciiWord(folded) || lists_.never_split.contains(folded)) {
    return {};
  }
  if (!folded.ends_with("ing") && !folded.ends_with("ingen") &&
      std::ranges::any_of(lemmas, [&](const std::string& lemma) {
        return lemmatizer_.IsVerbStem(lemma);
      })) {
    return {};  // "vergeten" is no "verg" + "eten"
  }
  double score = -1;
  std::vector<Part> parts = BestSplit(folded, 0, 2, &score);
  if (parts.empty()) parts = BestSplit(folded, 0, 3, &score);
  if (parts.empty()) return {};
  const double whole = std::log(1.0 + lemmatizer_.lexicon().Weight(folded));
  return score > whole ? parts : std::vector<Part>();
}

}  // namespace kbsearch::analyzers
