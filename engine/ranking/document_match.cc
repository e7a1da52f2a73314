#include "engine/ranking/document_match.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <string>

namespace kbsearch::engine {
namespace {

constexpr size_t kMaxSlots = std::numeric_limits<uint16_t>::max();
constexpr uint32_t kMaxGroup = 64;

bool ComesBefore(const Occurrence& a, const Occurrence& b) {
  if (a.position != b.position) return a.position < b.position;
  if (a.word != b.word) return a.word < b.word;
  return a.quality > b.quality;
}

// Two occurrences of a query word at one position are one, the better one.
void KeepBest(std::vector<Occurrence>* occurrences) {
  // Joined words come behind the words of their block; without any the order is
  // right already.
  if (!std::is_sorted(occurrences->begin(), occurrences->end(), ComesBefore)) {
    std::stable_sort(occurrences->begin(), occurrences->end(), ComesBefore);
  }
  occurrences->erase(std::unique(occurrences->begin(), occurrences->end(),
                                 [](const Occurrence& a, const Occurrence& b) {
                                   return a.position == b.position &&
                                          a.word == b.word;
                                 }),
                     occurrences->end());
}

}  // namespace

uint16_t WordSlots::Lookup(WordNumber word) const {
  const auto found = slots_.find(word);
  return found == slots_.end() ? uint16_t{0} : found->second;
}

QueryMatcher::QueryMatcher(const QueryWords& query, const ForwardIndex& index)
    : index_(index), slots_(1), groups_(1) {
  for (uint32_t i = 0; i < query.words.size(); ++i) AddWord(i, query.words[i]);
  for (const JoinedWord& joined : query.joined) {
    for (uint32_t i = 0; i < query.words.size(); ++i) {
      const uint32_t position = query.words[i].position;
      if (position < joined.position ||
          position >= joined.position + joined.span) {
        continue;
      }
      for (const std::string& text : joined.exact) {
        AddExact(text, {i, 0, 0, 1.0, 0});
      }
      for (const std::string& text : joined.lemmas) {
        AddLemma(text, {i, 0, 0, kLemmaQuality, 0});
      }
    }
  }
  for (const AlternativeWords& alternative : query.alternatives) {
    AddAlternative(alternative, query);
  }
}

uint32_t QueryMatcher::AddGroup(size_t size) {
  groups_.push_back(
      {static_cast<uint32_t>(std::min<size_t>(size, kMaxGroup)), 0});
  return static_cast<uint32_t>(groups_.size() - 1);
}

// The words of the stretch and of the alternative are paired in turn, so that
// each word typed is found, and counts as often as it would: "code secret" for
// "mot de passe" has "code" for "mot" and "secret" for "passe".
void QueryMatcher::AddAlternative(const AlternativeWords& alternative,
                                  const QueryWords& query) {
  std::vector<uint32_t> typed;
  for (uint32_t i = 0; i < query.words.size(); ++i) {
    if (alternative.StandsFor(query.words[i])) typed.push_back(i);
  }
  const size_t size = std::min<size_t>(alternative.words.size(), kMaxGroup);
  if (typed.empty()) return;
  const uint32_t group = size > 1 ? AddGroup(size) : 0;
  const auto add = [&](uint32_t part, uint32_t word, double quality) {
    const Slot slot{word, group, part, quality, 0};
    for (const std::string& text : alternative.words[part].exact) {
      AddExact(text, slot);
    }
    for (const std::string& text : alternative.words[part].lemmas) {
      AddLemma(text, slot);
    }
  };
  for (uint32_t part = 0; part < size; ++part) {
    for (size_t i = part; i < typed.size(); i += size) {
      add(part, typed[i], alternative.weight * kLemmaQuality);
    }
    if (part >= typed.size()) add(part, typed.front(), 0);
  }
}

void QueryMatcher::AddWord(uint32_t index, const QueryWord& word) {
  for (const std::string& text : word.exact) {
    AddExact(text, {index, 0, 0, 1.0, 0});
    // A code has no lemmas and no relatives.
    const std::string_view root = RootOf(text);
    if (!root.empty() && !word.lemmas.empty()) {
      AddTerm(root, TermKind::kRoot, {index, 0, 0, kRootQuality, 0});
    }
  }
  for (const std::string& text : word.lemmas) {
    AddLemma(text, {index, 0, 0, kLemmaQuality, 0});
  }
  if (word.parts.empty()) return;
  const uint32_t group = AddGroup(word.parts.size());
  for (uint32_t part = 0; part < groups_[group].size; ++part) {
    for (const std::string& text : word.parts[part]) {
      const Slot slot{index, group, part, kPartsQuality, 0};
      AddTerm(text, TermKind::kExact, slot);
      AddTerm(text, TermKind::kLemma, slot);
      AddTerm(text, TermKind::kPart, slot);
    }
  }
}

void QueryMatcher::AddExact(std::string_view text, Slot slot) {
  AddTerm(text, TermKind::kExact, slot);
  slot.quality *= kPartQuality;
  AddTerm(text, TermKind::kPart, slot);
}

void QueryMatcher::AddLemma(std::string_view text, Slot slot) {
  AddTerm(text, TermKind::kLemma, slot);
  slot.quality *= kPartQuality;
  AddTerm(text, TermKind::kPart, slot);
}

void QueryMatcher::AddTerm(std::string_view text, TermKind kind,
                           const Slot& slot) {
  for (const WordNumber word : index_.WordsOf(MakeTermKey(text, kind))) {
    AddSlot(word, slot);
  }
}

void QueryMatcher::AddSlot(WordNumber word, const Slot& slot) {
  // The place in the word's list, by query word and falling quality.
  const uint32_t first = slot_of_word_.Find(word);
  uint32_t before = 0;
  uint32_t after = first;
  while (after != 0 && (slots_[after].word != slot.word
                            ? slots_[after].word < slot.word
                            : slots_[after].quality >= slot.quality)) {
    // The word stands for the query's as well or better by another term.
    if (slots_[after].word == slot.word && slots_[after].group == 0 &&
        slot.group == 0) {
      return;
    }
    before = after;
    after = slots_[after].next;
  }
  if (slots_.size() >= kMaxSlots) return;
  slots_.push_back(slot);
  slots_.back().next = after;
  const auto added = static_cast<uint16_t>(slots_.size() - 1);
  if (before == 0) {
    slot_of_word_.Set(word, added);
  } else {
    slots_[before].next = added;
  }
}

void QueryMatcher::Match(ForwardRecord record, DocumentMatch* match) {
  match->blocks.clear();
  match->occurrences.clear();
  match->words = match->title_words = match->title_content_words = 0;
  match->body_start = 0;
  for (Group& group : groups_) group.seen = 0;
  group_of_.clear();
  uint32_t position = 0;
  while (record.NextBlock()) {
    match->blocks.push_back(
        {record.field(), record.block_words(), record.block_content_words()});
    MatchBlock(record, position, match);
    position += record.block_words() + DocumentMatch::kBlockGap;
    if (record.field() == BlockField::kTitle) {
      match->title_words += record.block_words();
      match->title_content_words += record.block_content_words();
      match->body_start = position;
    }
    if (record.field() != BlockField::kTag)
      match->words += record.block_words();
  }
  SettleGroups(match);
  KeepBest(&match->occurrences);
}

void QueryMatcher::MatchBlock(ForwardRecord& record, uint32_t position,
                              DocumentMatch* match) {
  const uint32_t words = record.block_words();
  for (uint32_t i = 0; i < words; ++i) {
    const WordNumber word = record.WordAt(i);
    const uint32_t slot = slot_of_word_.Find(word);
    if (slot != 0) AddOccurrences(slot, position + i, match);
  }
  ForwardRecord::Joined joined;
  while (record.NextJoined(&joined)) {
    const uint32_t slot = slot_of_word_.Find(joined.number);
    AddOccurrences(slot, position + joined.index, match);
  }
}

void QueryMatcher::AddOccurrences(uint32_t slot, uint32_t position,
                                  DocumentMatch* match) {
  const auto block = static_cast<uint32_t>(match->blocks.size() - 1);
  for (; slot != 0; slot = slots_[slot].next) {
    const Slot& found = slots_[slot];
    match->occurrences.push_back({position, block, found.word, found.quality});
    group_of_.push_back(found.group);
    groups_[found.group].seen |= uint64_t{1} << found.part;
  }
}

void QueryMatcher::SettleGroups(DocumentMatch* match) {
  if (groups_.size() == 1) return;
  size_t kept = 0;
  for (size_t i = 0; i < match->occurrences.size(); ++i) {
    const Group& group = groups_[group_of_[i]];
    const bool is_whole = group_of_[i] == 0 || std::popcount(group.seen) ==
                                                   static_cast<int>(group.size);
    if (!is_whole || match->occurrences[i].quality == 0) continue;
    match->occurrences[kept++] = match->occurrences[i];
  }
  match->occurrences.resize(kept);
}

}  // namespace kbsearch::engine
