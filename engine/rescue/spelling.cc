#include "engine/rescue/spelling.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "analyzers/characters.h"

namespace kbsearch::engine {
namespace {

using analyzers::Token;

constexpr size_t kMinLetters = 3;
constexpr size_t kMaxCorrections = 5;
// How much less likely (log10) a slip of cost 1 makes a word.
constexpr double kCostWeight = 2.2;
constexpr double kFrequencyWeight = 0.5;
constexpr double kTogetherWeight = 0.6;
// Candidates whose company is asked for, and how near the best they must be.
constexpr size_t kCompared = 4;
constexpr double kComparedWithin = 2.0;
// Being another form of the word than the corpus has.
constexpr double kOtherForm = 0.35;
// A word of the dictionary that the corpus lacks is hardly a slip.
constexpr double kDictionaryWordCost = 0.35;

// The dearest slip that is believed: long words stay themselves longer.
double MaxCost(size_t letters) {
  if (letters <= 3) return 0.5;
  if (letters == 4) return 1.05;
  if (letters == 5) return 1.35;
  if (letters <= 7) return 1.7;
  return 2.1;
}

class Candidates {
 public:
  Candidates(std::u32string typed, LanguageWords& words)
      : typed_(std::move(typed)),
        stem_(words.spelling().endings.Strip(typed_)),
        words_(words),
        max_cost_(MaxCost(typed_.size())) {}

  void Add(const ShardVocabulary& vocabulary, uint32_t id) {
    const std::string word(vocabulary.word(id));
    if (costs_.count(word) != 0) return;
    const double cost = CostOf(analyzers::ToUtf32(word));
    if (cost < max_cost_) costs_[word] = cost;
  }

  std::vector<Correction> Rank() const {
    std::vector<Correction> ranked;
    for (const auto& [word, cost] : costs_) {
      const auto entry = words_.vocabulary().Find(word);
      Correction correction{word, std::string(entry->display), cost, 0, false};
      correction.score =
          -kCostWeight * cost +
          kFrequencyWeight *
              std::log10(static_cast<double>(Usefulness(*entry)) /
                         std::max<uint32_t>(1, words_.documents()));
      ranked.push_back(std::move(correction));
    }
    std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
      return a.score != b.score ? a.score > b.score : a.word < b.word;
    });
    return ranked;
  }

 private:
  double CostOf(const std::u32string& word) const {
    const size_t longer = std::max(word.size(), typed_.size());
    const size_t shorter = std::min(word.size(), typed_.size());
    const analyzers::EditCosts& costs = words_.spelling().costs;
    double cost = max_cost_;
    if (longer - shorter <= 3) cost = costs.Cost(typed_, word, max_cost_);
    if (cost <= kOtherForm) return cost;
    // As forms of one word; one of them may be without ending.
    const std::u32string_view stem = words_.spelling().endings.Strip(word);
    const std::u32string_view own = typed_;
    for (const auto& [typed, meant] :
         {std::pair(stem_, stem), std::pair(stem_, std::u32string_view(word)),
          std::pair(own, stem)}) {
      if (typed == own && meant == word) continue;
      const double limit = std::min(cost, MaxCost(typed.size())) - kOtherForm;
      const double without = costs.Cost(typed, meant, limit);
      if (without < limit) cost = kOtherForm + without;
    }
    return cost;
  }

  const std::u32string typed_;
  const std::u32string_view stem_;  // of typed_
  LanguageWords& words_;
  const double max_cost_;
  std::map<std::string, double> costs_;
};

bool IsPlainWord(std::u32string_view word) {
  return word.size() >= kMinLetters &&
         std::all_of(word.begin(), word.end(), analyzers::IsLetter);
}

// Prefers words that stand with the others of the query.
void WeighCompany(const std::vector<Token>& others, LanguageWords& words,
                  std::vector<Correction>* ranked) {
  if (others.empty() || ranked->size() < 2) return;
  size_t compared = 0;
  const double best = ranked->front().score;
  for (Correction& correction : *ranked) {
    if (compared++ >= kCompared || correction.score < best - kComparedWithin) {
      // As if never seen together.
      continue;
    }
    const std::vector<QueryPiece> pieces = words.Read(correction.word);
    if (pieces.size() != 1) continue;
    const uint32_t together = words.Together(pieces.front().token, others);
    correction.score += kTogetherWeight * std::log10(1.0 + together);
  }
  std::stable_sort(
      ranked->begin(), ranked->end(),
      [](const auto& a, const auto& b) { return a.score > b.score; });
}

}  // namespace

std::vector<Correction> FindCorrections(const Token& typed,
                                        LanguageWords& words,
                                        const std::vector<Token>& others) {
  const std::u32string letters = analyzers::ToUtf32(typed.exact);
  if (typed.is_protected || !IsPlainWord(letters)) return {};
  Candidates candidates(letters, words);
  const analyzers::SoundKeys& sounds = *words.spelling().sounds;
  const std::string key = sounds.KeyOf(typed.exact);
  for (const auto& shard : words.shards()) {
    std::vector<uint32_t> ids = shard->deletes->Find(letters);
    shard->sounds->Find(key, &ids);
    shard->sounds->FindForms(key, sounds, &ids);
    for (const uint32_t id : ids) candidates.Add(*shard->vocabulary, id);
  }
  std::vector<Correction> ranked = candidates.Rank();
  WeighCompany(others, words, &ranked);
  if (ranked.size() > kMaxCorrections) ranked.resize(kMaxCorrections);
  const bool is_word = words.IsDictionaryWord(typed.exact);
  for (Correction& correction : ranked) {
    correction.is_sure = !is_word || correction.cost < kDictionaryWordCost;
  }
  return ranked;
}

}  // namespace kbsearch::engine
