#include "engine/ranking/document_match.h"

#include <algorithm>
#include <limits>
#include <string>

namespace kbsearch::engine {
namespace {

constexpr size_t kMaxSlots = std::numeric_limits<uint16_t>::max();
constexpr uint32_t kMaxParts = 64;

// Two occurrences of a query word at one position are one, the better one.
void KeepBest(std::vector<Occurrence>* occurrences) {
  std::stable_sort(occurrences->begin(), occurrences->end(),
                   [](const Occurrence& a, const Occurrence& b) {
                     if (a.position != b.position)
                       return a.position < b.position;
                     if (a.word != b.word) return a.word < b.word;
                     return a.quality > b.quality;
                   });
  occurrences->erase(std::unique(occurrences->begin(), occurrences->end(),
                                 [](const Occurrence& a, const Occurrence& b) {
                                   return a.position == b.position &&
                                          a.word == b.word;
                                 }),
                     occurrences->end());
}

}  // namespace

QueryMatcher::QueryMatcher(const QueryWords& query, const ForwardIndex& index)
    : index_(index), slot_of_word_(index.word_count()), slots_(1) {
  for (uint32_t i = 0; i < query.words.size(); ++i) AddWord(i, query.words[i]);
  for (const JoinedWord& joined : query.joined) {
    for (uint32_t i = 0; i < query.words.size(); ++i) {
      const uint32_t position = query.words[i].position;
      if (position < joined.position ||
          position >= joined.position + joined.span) {
        continue;
      }
      for (const std::string& text : joined.exact) {
        AddExact(text, {i, 0, 1.0, 0});
      }
      for (const std::string& text : joined.lemmas) {
        AddLemma(text, {i, 0, kLemmaQuality, 0});
      }
    }
  }
}

void QueryMatcher::AddWord(uint32_t index, const QueryWord& word) {
  for (const std::string& text : word.exact) {
    AddExact(text, {index, 0, 1.0, 0});
    // A code has no lemmas and no relatives.
    const std::string_view root = RootOf(text);
    if (!root.empty() && !word.lemmas.empty()) {
      AddTerm(root, TermKind::kRoot, {index, 0, kRootQuality, 0});
    }
  }
  for (const std::string& text : word.lemmas) {
    AddLemma(text, {index, 0, kLemmaQuality, 0});
  }
  part_counts_.push_back(
      static_cast<uint32_t>(std::min<size_t>(word.parts.size(), kMaxParts)));
  for (uint32_t part = 0; part < part_counts_.back(); ++part) {
    for (const std::string& text : word.parts[part]) {
      const Slot slot{index, part + 1, kPartsQuality, 0};
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
    if (word >= slot_of_word_.size() || slots_.size() >= kMaxSlots) continue;
    slots_.push_back(slot);
    slots_.back().next = slot_of_word_[word];
    slot_of_word_[word] = static_cast<uint16_t>(slots_.size() - 1);
  }
}

void QueryMatcher::Match(ForwardRecord record, DocumentMatch* match) {
  match->blocks.clear();
  match->occurrences.clear();
  match->words = match->title_words = match->title_content_words = 0;
  match->body_start = 0;
  parts_seen_.assign(part_counts_.size(), 0);
  part_of_.clear();
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
  SettleParts(match);
  KeepBest(&match->occurrences);
}

void QueryMatcher::MatchBlock(ForwardRecord& record, uint32_t position,
                              DocumentMatch* match) {
  const uint32_t words = record.block_words();
  for (uint32_t i = 0; i < words; ++i) {
    const WordNumber word = record.WordAt(i);
    if (word < slot_of_word_.size() && slot_of_word_[word] != 0) {
      AddOccurrences(word, position + i, match);
    }
  }
  ForwardRecord::Joined joined;
  while (record.NextJoined(&joined)) {
    if (joined.number < slot_of_word_.size()) {
      AddOccurrences(joined.number, position + joined.index, match);
    }
  }
}

void QueryMatcher::AddOccurrences(WordNumber word, uint32_t position,
                                  DocumentMatch* match) {
  const auto block = static_cast<uint32_t>(match->blocks.size() - 1);
  for (uint32_t slot = slot_of_word_[word]; slot != 0;
       slot = slots_[slot].next) {
    const Slot& found = slots_[slot];
    match->occurrences.push_back({position, block, found.word, found.quality});
    part_of_.push_back(found.part);
    if (found.part != 0) {
      parts_seen_[found.word] |= uint64_t{1} << (found.part - 1);
    }
  }
}

void QueryMatcher::SettleParts(DocumentMatch* match) {
  size_t kept = 0;
  for (size_t i = 0; i < match->occurrences.size(); ++i) {
    const Occurrence& occurrence = match->occurrences[i];
    const uint32_t parts = part_counts_[occurrence.word];
    const bool all_parts = parts == kMaxParts || parts_seen_[occurrence.word] ==
                                                     (uint64_t{1} << parts) - 1;
    if (part_of_[i] != 0 && !all_parts) continue;
    match->occurrences[kept++] = occurrence;
  }
  match->occurrences.resize(kept);
}

}  // namespace kbsearch::engine
