#include "engine/completion/title_matcher.h"

#include <algorithm>
#include <utility>

namespace kbsearch::engine {
namespace {

// Titles looked at for one input. A word that more titles hold than that says
// little; which of them are shown is chance anyway.
constexpr size_t kMaxCandidates = 2000;
// Of the titles that begin with the input: scanned, and taken.
constexpr size_t kMaxScanned = 20'000;
constexpr size_t kMaxBeginning = 64;
// Words followed for a begun word that very many words begin with.
constexpr size_t kMaxBegunWords = 32;
// Words that a phrase goes on, behind its first.
constexpr size_t kMaxPhraseTail = 3;

constexpr double kFormQuality = 0.95;
constexpr double kMendedQuality = 0.6;
constexpr double kAddedQuality = 0.9;  // a part of a compound, words joined

// What a title is worth beyond holding the words.
constexpr double kBegins = 1.0;  // with the input, word for word
constexpr double kBeginsWithWord = 0.25;
constexpr double kInOrder = 0.5;        // the words stand as typed
constexpr double kCoverageFloor = 0.6;  // however much longer the title is

bool Contains(const std::vector<uint32_t>& sorted, uint32_t id) {
  return std::binary_search(sorted.begin(), sorted.end(), id);
}

double QualityOf(const FinishedChoice& choice, uint32_t id) {
  if (Contains(choice.same, id)) return 1;
  if (Contains(choice.forms, id)) return kFormQuality;
  return Contains(choice.mended, id) ? kMendedQuality : 0;
}

double QualityOfLast(const InputWords& input, uint32_t id) {
  if (id >= input.last.first && id < input.last.last) return 1;
  return Holds(input.last_mended, id) ? kMendedQuality : 0;
}

}  // namespace

size_t TextWords(const TitleWords& words) {
  size_t count = words.size();
  while (count > 0 && (words.marks[count - 1] & TitleWords::kAdded) != 0) {
    --count;
  }
  return count;
}

TitleMatcher::TitleMatcher(const InputWords& input,
                           const CompletionShard& shard)
    : input_(input), vocabulary_(*shard.vocabulary), titles_(*shard.titles) {
  all_stop_ = std::all_of(input.finished.begin(), input.finished.end(),
                          [](const auto& word) { return word.is_stop; });
}

ShardMatches TitleMatcher::Match() {
  ShardMatches matches;
  for (const uint32_t title : Candidates()) {
    TitlePlacement placement;
    if (!Place(title, &placement)) continue;
    matches.titles.push_back({title, Score(title, placement)});
    CountPhrase(title, placement);
  }
  for (auto& [hash, phrase] : phrases_) matches.phrases.push_back(phrase);
  return matches;
}

std::vector<uint32_t> TitleMatcher::Candidates() const {
  std::vector<uint32_t> candidates;
  AddBeginning(&candidates);
  const bool any_content =
      std::any_of(input_.finished.begin(), input_.finished.end(),
                  [](const auto& word) { return !word.is_stop; });
  if (any_content || (!input_.has_last && !input_.finished.empty())) {
    AddWithRarestWord(&candidates);
  } else if (input_.has_last) {
    AddWithBegunWord(&candidates);
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()),
                   candidates.end());
  return candidates;
}

// Titles are sorted by their words, so that those which begin with the input
// stand together.
void TitleMatcher::AddBeginning(std::vector<uint32_t>* candidates) const {
  std::vector<size_t> words;
  for (const FinishedChoice& word : input_.finished) {
    if (word.same.empty()) return;
    words.push_back(word.same.front());
  }
  std::vector<size_t> behind = words;
  if (input_.has_last) {
    words.push_back(input_.last.first);
    behind.push_back(input_.last.last);
  } else if (!words.empty()) {
    ++behind.back();
  }
  const size_t first = FirstNotBefore(words);
  const size_t last = std::min(FirstNotBefore(behind), first + kMaxScanned);
  std::vector<std::pair<size_t, uint32_t>> found;  // shorter titles first
  for (size_t title = first; title < last; ++title) {
    const auto number = static_cast<uint32_t>(title);
    found.emplace_back(titles_.words(number).size(), number);
  }
  if (found.size() > kMaxBeginning) {
    std::nth_element(found.begin(), found.begin() + kMaxBeginning, found.end());
    found.resize(kMaxBeginning);
  }
  for (const auto& [size, title] : found) candidates->push_back(title);
}

// The first title whose words are not before these.
size_t TitleMatcher::FirstNotBefore(const std::vector<size_t>& words) const {
  size_t low = 0;
  size_t high = titles_.size();
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    const TitleWords of_title = titles_.words(static_cast<uint32_t>(middle));
    const auto text = of_title.ids.first(TextWords(of_title));
    if (std::lexicographical_compare(text.begin(), text.end(), words.begin(),
                                     words.end())) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

void TitleMatcher::AddWithRarestWord(std::vector<uint32_t>* candidates) const {
  const auto each_of = [](const FinishedChoice& word, auto&& visit) {
    for (const auto* ids : {&word.same, &word.forms, &word.mended}) {
      for (const uint32_t id : *ids) visit(id);
    }
  };
  const FinishedChoice* rarest = nullptr;
  size_t fewest = 0;
  for (const FinishedChoice& word : input_.finished) {
    if (word.is_stop && !all_stop_) continue;
    size_t titles = 0;
    each_of(word, [&](uint32_t id) {
      titles += titles_.TitlesWith(id, id + 1).size();
    });
    if (rarest == nullptr || titles < fewest) {
      rarest = &word;
      fewest = titles;
    }
  }
  if (rarest == nullptr) return;
  const size_t most = candidates->size() + kMaxCandidates;
  each_of(*rarest, [&](uint32_t id) {
    const auto titles = titles_.TitlesWith(id, id + 1);
    const size_t room = most - std::min(most, candidates->size());
    const auto some = titles.first(std::min(titles.size(), room));
    candidates->insert(candidates->end(), some.begin(), some.end());
  });
}

void TitleMatcher::AddWithBegunWord(std::vector<uint32_t>* candidates) const {
  WordRanges ranges = {input_.last};
  ranges.insert(ranges.end(), input_.last_mended.begin(),
                input_.last_mended.end());
  for (const WordRange& range : ranges) {
    const auto all = titles_.TitlesWith(range.first, range.last);
    if (all.size() <= kMaxCandidates) {
      candidates->insert(candidates->end(), all.begin(), all.end());
    } else {
      // The most useful words, as far as there is room.
      std::vector<std::pair<uint64_t, size_t>> words;
      for (size_t id = range.first; id < range.last; ++id) {
        words.emplace_back(vocabulary_.usefulness(id), id);
      }
      const size_t count = std::min(words.size(), kMaxBegunWords);
      std::partial_sort(words.begin(),
                        words.begin() + static_cast<std::ptrdiff_t>(count),
                        words.end(), std::greater<>());
      words.resize(count);
      size_t taken = 0;
      for (const auto& [usefulness, id] : words) {
        const auto titles = titles_.TitlesWith(id, id + 1);
        const auto some =
            titles.first(std::min(titles.size(), kMaxCandidates - taken));
        candidates->insert(candidates->end(), some.begin(), some.end());
        taken += some.size();
      }
    }
    if (candidates->size() > 2 * kMaxCandidates) return;
  }
}

bool TitleMatcher::Place(uint32_t title, TitlePlacement* placement) const {
  const TitleWords words = titles_.words(title);
  const size_t text_words = TextWords(words);
  uint64_t used = 0;  // words of the title; there are 64 at most
  int previous = -1;
  placement->quality = 1;
  // The best place for a word: of equal ones the first behind the word before.
  const auto find = [&](auto&& quality_of, size_t number) {
    int best = TitlePlacement::kNowhere;
    double best_quality = 0;
    const auto count = static_cast<int>(words.size());
    for (int n = 0; n < count; ++n) {
      const int at = (previous + 1 + n) % count;
      const auto i = static_cast<size_t>(at);
      if ((used >> at & 1) != 0) continue;
      double quality = quality_of(words.ids[i]);
      if (i >= text_words) quality *= kAddedQuality;
      if (quality > best_quality) {
        best = at;
        best_quality = quality;
        if (quality == 1) break;
      }
    }
    if (best == TitlePlacement::kNowhere) return best;
    used |= uint64_t{1} << best;
    if (static_cast<size_t>(best) < text_words) previous = best;
    placement->quality *= best_quality;
    if (best_quality == 1) placement->as_typed |= 1U << number;
    return best;
  };
  for (size_t i = 0; i < input_.finished.size(); ++i) {
    const FinishedChoice& word = input_.finished[i];
    const int at = find([&](uint32_t id) { return QualityOf(word, id); }, i);
    if (at == TitlePlacement::kNowhere &&
        !(word.is_stop && (!all_stop_ || input_.has_last))) {
      return false;
    }
    placement->finished[i] = static_cast<int8_t>(at);
  }
  if (!input_.has_last) return !input_.finished.empty();
  const int at = find([&](uint32_t id) { return QualityOfLast(input_, id); },
                      input_.finished.size());
  placement->last = static_cast<int8_t>(at);
  return at != TitlePlacement::kNowhere;
}

double TitleMatcher::Score(uint32_t title,
                           const TitlePlacement& placement) const {
  const TitleWords words = titles_.words(title);
  std::array<int8_t, kMaxTypedWords + 1> places{};
  size_t count = input_.finished.size();
  std::copy_n(placement.finished.begin(), count, places.begin());
  if (input_.has_last) places[count++] = placement.last;
  size_t held = 0;
  size_t adjacent = 0;
  for (size_t i = 0; i < count; ++i) {
    if (places[i] == TitlePlacement::kNowhere) continue;
    ++held;
    if (i > 0 && places[i] == places[i - 1] + 1 &&
        places[i - 1] != TitlePlacement::kNowhere) {
      ++adjacent;
    }
  }
  const bool begins = places[0] == 0 && adjacent + 1 == count;
  double worth = 1;
  if (begins) worth += kBegins;
  if (places[0] == 0) worth += kBeginsWithWord;
  if (count > 1) {
    worth += kInOrder * static_cast<double>(adjacent) /
             static_cast<double>(count - 1);
  }
  const double coverage = static_cast<double>(held) /
                          static_cast<double>(std::max(held, TextWords(words)));
  return placement.quality * worth *
         (kCoverageFloor + (1 - kCoverageFloor) * coverage);
}

void TitleMatcher::CountPhrase(uint32_t title,
                               const TitlePlacement& placement) {
  const TitleWords words = titles_.words(title);
  const size_t text_words = TextWords(words);
  int first = placement.last;
  if (!input_.finished.empty()) {
    const int before = placement.finished[input_.finished.size() - 1];
    if (before == TitlePlacement::kNowhere) return;
    if (!input_.has_last) {
      first = before + 1;
    } else if (first != before + 1) {
      return;
    }
  }
  const auto begin = static_cast<size_t>(first);
  if (first < 0 || begin >= text_words) return;
  const auto is_stop = [&](size_t i) {
    return (words.marks[i] & TitleWords::kStop) != 0;
  };
  size_t end = begin;
  // A word that is there already goes on with the next.
  if (input_.last_is_word && words.ids[begin] == input_.last.first) ++end;
  while (end < text_words && is_stop(end) && end - begin < kMaxPhraseTail) {
    ++end;
  }
  if (end >= text_words || is_stop(end)) return;
  ++end;
  uint64_t hash = 14695981039346656037ULL;  // FNV-1a over the words
  for (size_t i = begin; i < end; ++i) {
    hash = (hash ^ words.ids[i]) * 1099511628211ULL;
  }
  PhraseMatch& phrase = phrases_[hash];
  if (phrase.titles++ == 0 || placement.quality > phrase.quality) {
    phrase.title = title;
    phrase.first = static_cast<uint8_t>(begin);
    phrase.last = static_cast<uint8_t>(end);
    phrase.quality = placement.quality;
  }
}

}  // namespace kbsearch::engine
