#include "engine/operators/synonyms.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace kbsearch::engine {
namespace {

// Whether the words of `pattern` stand in `reading` from `begin` on.
bool StandsAt(const WordPattern& pattern, const WordPattern& reading,
              size_t begin) {
  if (begin + pattern.size() > reading.size()) return false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (!Meet(pattern[i], reading[begin + i])) return false;
  }
  return true;
}

void CheckShape(const Synonym& synonym, const std::string& field,
                std::vector<RuleProblem>* problems) {
  if (synonym.one_way) {
    if (synonym.from.empty() || synonym.to.empty()) {
      problems->push_back(
          {field, absl::StrCat("one-way, has nothing in \"",
                               synonym.from.empty() ? "from" : "to",
                               "\"; write at least one word on each side")});
    }
  } else if (!synonym.to.empty()) {
    problems->push_back(
        {field,
         "has \"to\" without \"one_way\"; set one_way, or move all words of "
         "one meaning to \"from\""});
  } else if (synonym.from.size() < 2) {
    problems->push_back(
        {field,
         "two-way, needs at least two words of one meaning in \"from\""});
  }
  for (const auto* side : {&synonym.from, &synonym.to}) {
    if (side->size() <= kMaxSynonymPhrases) continue;
    problems->push_back(
        {field, absl::StrCat("has ", side->size(),
                             " words on one side; at most ", kMaxSynonymPhrases,
                             " are accepted: make several entries")});
  }
}

}  // namespace

SynonymTable::SynonymTable(const std::vector<Synonym>& synonyms,
                           analyzers::Analyzer& analyzer,
                           std::vector<RuleProblem>* problems) {
  if (synonyms.size() > kMaxSynonyms) {
    problems->push_back(
        {"synonyms", absl::StrCat("are ", synonyms.size(), "; at most ",
                                  kMaxSynonyms, " a language")});
    return;
  }
  for (size_t i = 0; i < synonyms.size(); ++i) {
    AddEntry(synonyms[i], absl::StrCat("synonyms[", i, "]"), analyzer,
             problems);
  }
}

void SynonymTable::AddEntry(const Synonym& synonym, const std::string& field,
                            analyzers::Analyzer& analyzer,
                            std::vector<RuleProblem>* problems) {
  const size_t problems_before = problems->size();
  CheckShape(synonym, field, problems);
  if (problems->size() > problems_before) return;
  const auto analyze = [&](const std::vector<std::string>& phrases,
                           const char* side) {
    std::vector<QueryWords> words;
    for (size_t i = 0; i < phrases.size(); ++i) {
      words.push_back(AnalyzePhrase(phrases[i], kMaxSynonymBytes,
                                    absl::StrCat(field, ".", side, "[", i, "]"),
                                    analyzer, problems));
    }
    return words;
  };
  const std::vector<QueryWords> from = analyze(synonym.from, "from");
  const std::vector<QueryWords> to =
      synonym.one_way ? analyze(synonym.to, "to") : from;
  if (problems->size() > problems_before) return;

  const auto first_target = static_cast<uint32_t>(targets_.size());
  const std::vector<std::string>& texts =
      synonym.one_way ? synonym.to : synonym.from;
  for (size_t i = 0; i < to.size(); ++i) {
    targets_.push_back({texts[i], to[i].words});
  }
  for (size_t i = 0; i < from.size(); ++i) {
    std::vector<uint32_t> targets;
    for (uint32_t t = 0; t < to.size(); ++t) {
      const bool itself = !synonym.one_way && t == i;
      if (!itself) targets.push_back(first_target + t);
    }
    AddPhrase(from[i], std::move(targets));
  }
}

void SynonymTable::AddPhrase(const QueryWords& words,
                             std::vector<uint32_t> targets) {
  for (WordPattern& reading : Readings(words)) {
    const auto index = static_cast<uint32_t>(phrases_.size());
    for (const std::string& key : reading.front().keys) {
      by_first_word_[key].push_back(index);
    }
    phrases_.push_back({std::move(reading), targets});
  }
}

SynonymTable::Match SynonymTable::LongestMatch(const WordPattern& reading,
                                               size_t begin) const {
  Match best;
  for (const std::string& key : reading[begin].keys) {
    const auto found = by_first_word_.find(key);
    if (found == by_first_word_.end()) continue;
    for (const uint32_t index : found->second) {
      const Phrase& phrase = phrases_[index];
      if (phrase.words.size() < best.words ||
          !StandsAt(phrase.words, reading, begin)) {
        continue;
      }
      if (phrase.words.size() > best.words) best = {phrase.words.size(), {}};
      for (const uint32_t target : phrase.targets) {
        if (std::find(best.targets.begin(), best.targets.end(), target) ==
            best.targets.end()) {
          best.targets.push_back(target);
        }
      }
    }
  }
  return best;
}

void SynonymTable::Expand(QueryWords* query) const {
  if (empty()) return;
  for (const WordPattern& reading : Readings(*query)) {
    for (size_t i = 0; i < reading.size();) {
      const Match match = LongestMatch(reading, i);
      const size_t end = i + std::max<size_t>(match.words, 1);
      const PatternWord& last = reading[end - 1];
      const uint32_t position = reading[i].position;
      for (const uint32_t target : match.targets) {
        if (query->alternatives.size() >= kMaxAlternatives) return;
        const std::string& text = targets_[target].text;
        const bool known = std::any_of(
            query->alternatives.begin(), query->alternatives.end(),
            [&](const AlternativeWords& other) {
              return other.position == position && other.text == text;
            });
        if (known) continue;
        query->alternatives.push_back(
            {position, last.position + last.span - position,
             targets_[target].words, kSynonymWeight, text});
      }
      i = end;
    }
  }
}

}  // namespace kbsearch::engine
