#include "engine/completion/completion_text.h"

#include <algorithm>
#include <utility>

#include "analyzers/fold.h"

namespace kbsearch::engine {
namespace {

// A word of a title as it stands inside a sentence: the first of a title is in
// upper case, which is the commonest spelling of names only.
std::string NaturalSpelling(size_t index, uint32_t title,
                            const CompletionShard& shard) {
  const TitleWords words = shard.titles->words(title);
  const std::string spelled(shard.titles->text(title).substr(
      words.begins[index], words.ends[index] - words.begins[index]));
  const VocabularyWord entry = shard.vocabulary->at(words.ids[index]);
  if (!entry.is_written) return spelled;
  const std::string lower = analyzers::Lower(std::string_view(spelled));
  if (lower == analyzers::Lower(entry.display)) {
    return std::string(entry.display);
  }
  return index == 0 ? lower : spelled;
}

// Adds `word`, of which `folded` was typed, if anything.
void AddBegun(std::string_view word, std::string_view folded, bool as_typed,
              SpanText* out) {
  const size_t typed = as_typed ? TypedBytes(word, folded) : 0;
  out->Add(word.substr(0, typed), false);
  out->Add(word.substr(typed), true);
}

// What was typed before the last word (all, without one), its wrong words put
// right.
void AddContext(const TypedText& typed, const TitlePlacement& placement,
                const InputWords& input, uint32_t title,
                const CompletionShard& shard, SpanText* out) {
  const std::string_view text = typed.text;
  size_t at = 0;
  for (size_t i = 0; i < typed.finished.size(); ++i) {
    const int place = placement.finished[i];
    if (place == TitlePlacement::kNowhere) continue;
    const uint32_t id =
        shard.titles->words(title).ids[static_cast<size_t>(place)];
    const auto& mended = input.finished[i].mended;
    if (!std::binary_search(mended.begin(), mended.end(), id)) continue;
    const TypedWord& word = typed.finished[i];
    out->Add(text.substr(at, word.begin - at), false);
    out->Add(NaturalSpelling(static_cast<size_t>(place), title, shard), true);
    at = word.end;
  }
  const size_t end = typed.last ? typed.last->begin : text.size();
  out->Add(text.substr(at, end - at), false);
}

}  // namespace

void SpanText::Add(std::string_view text, bool is_added) {
  if (text.empty()) return;
  if (spans_.empty() || spans_.back().highlighted != is_added) {
    spans_.push_back({std::string(text), is_added});
  } else {
    spans_.back().text += text;
  }
}

std::string SpanText::text() const {
  std::string whole;
  for (const Span& span : spans_) whole += span.text;
  return whole;
}

std::vector<Span> TitleSpans(const TypedText& typed,
                             const TitlePlacement& placement, uint32_t title,
                             const TitleIndex& titles) {
  // Of each word of the title, how many bytes were typed.
  const TitleWords words = titles.words(title);
  const std::string_view text = titles.text(title);
  std::vector<size_t> typed_bytes(words.size(), 0);
  for (size_t i = 0; i < typed.finished.size(); ++i) {
    const int place = placement.finished[i];
    if (place == TitlePlacement::kNowhere || !placement.IsAsTyped(i)) continue;
    const auto word = static_cast<size_t>(place);
    typed_bytes[word] = words.ends[word] - words.begins[word];
  }
  if (typed.last && placement.IsAsTyped(typed.finished.size())) {
    const auto word = static_cast<size_t>(placement.last);
    typed_bytes[word] = TypedBytes(
        text.substr(words.begins[word], words.ends[word] - words.begins[word]),
        typed.last->folded);
  }
  SpanText out;
  size_t at = 0;
  bool typed_before = true;
  const size_t count = TextWords(words);
  for (size_t i = 0; i < count; ++i) {
    if (words.begins[i] < at) continue;
    // What stands between two words that were typed was typed too.
    out.Add(text.substr(at, words.begins[i] - at),
            !typed_before || typed_bytes[i] == 0);
    const std::string_view word =
        text.substr(words.begins[i], words.ends[i] - words.begins[i]);
    out.Add(word.substr(0, typed_bytes[i]), false);
    out.Add(word.substr(typed_bytes[i]), true);
    typed_before = typed_bytes[i] == word.size();
    at = words.ends[i];
  }
  out.Add(text.substr(at), true);
  return out.Take();
}

std::vector<Span> PhraseSpans(const TypedText& typed,
                              const TitlePlacement& placement,
                              const PhraseMatch& phrase,
                              const InputWords& input,
                              const CompletionShard& shard) {
  SpanText out;
  AddContext(typed, placement, input, phrase.title, shard, &out);
  const TitleWords words = shard.titles->words(phrase.title);
  const std::string_view text = shard.titles->text(phrase.title);
  for (size_t i = phrase.first; i < phrase.last; ++i) {
    if (i > phrase.first && words.begins[i] >= words.ends[i - 1]) {
      out.Add(
          text.substr(words.ends[i - 1], words.begins[i] - words.ends[i - 1]),
          true);
    }
    const std::string word = NaturalSpelling(i, phrase.title, shard);
    const bool is_last_typed = i == phrase.first && typed.last.has_value();
    AddBegun(word, is_last_typed ? typed.last->folded : std::string_view(),
             is_last_typed && placement.IsAsTyped(typed.finished.size()), &out);
  }
  return out.Take();
}

std::vector<Span> WordSpans(const TypedText& typed, std::string_view word,
                            bool as_typed) {
  SpanText out;
  out.Add(std::string_view(typed.text).substr(0, typed.last->begin), false);
  AddBegun(word, typed.last->folded, as_typed, &out);
  return out.Take();
}

}  // namespace kbsearch::engine
