#include "engine/completion/input_words.h"

#include <algorithm>
#include <string>
#include <utility>

#include "analyzers/characters.h"

namespace kbsearch::engine {
namespace {

using analyzers::Script;

// Digits that stand for letters are few in a word ("8elw"); many make a code.
constexpr size_t kMaxDigits = 2;
// Words that sound like a beginning, of each reading and of all.
constexpr size_t kMaxOfReading = 500;
constexpr size_t kMaxBySound = 2000;
constexpr size_t kMinSoundLetters = 2;
// Signs of a sound key that say something of a word in the letters it is filed
// in: a third of all words begin with the sound of "zz". Two letters that spell
// one sound of another alphabet ("th", "ou") do say something.
constexpr size_t kMinSounds = 2;
// Finished words in which a slip is looked for: with more it is no slip.
constexpr size_t kMaxSlipWords = 2;

Script ScriptOfWord(std::string_view word) {
  size_t at = 0;
  while (at < word.size()) {
    const Script script =
        analyzers::ClassOf(analyzers::DecodeUtf8(word, &at)).script;
    if (script != Script::kNone) return script;
  }
  return Script::kNone;
}

bool MaySound(const TypedWord& word) {
  if (analyzers::IsHeldKey(word.letters)) return false;
  const auto digits = static_cast<size_t>(std::count_if(
      word.letters.begin(), word.letters.end(), analyzers::IsDigit));
  const auto letters = static_cast<size_t>(std::count_if(
      word.letters.begin(), word.letters.end(), analyzers::IsLetter));
  return digits <= kMaxDigits && letters > digits &&
         letters + digits == word.letters.size() && letters >= kMinSoundLetters;
}

// Ids of the words that sound, or begin to sound, like the word.
std::vector<uint32_t> FindSounds(const TypedWord& word, bool whole,
                                 const CompletionShard& shard,
                                 const analyzers::SoundKeys& sounds) {
  std::vector<uint32_t> ids;
  if (shard.rescue == nullptr || !MaySound(word)) return ids;
  const bool other_script = ScriptOfWord(word.folded) != sounds.script();
  const std::vector<std::string> keys =
      other_script ? sounds.KeysOfLatin(word.folded)
                   : std::vector<std::string>{sounds.KeyOf(word.folded)};
  for (const std::string& key : keys) {
    if (key.empty() || ids.size() >= kMaxBySound) continue;
    if (!whole && !other_script && key.size() < kMinSounds) continue;
    if (whole) {
      shard.rescue->sounds->Find(key, &ids);
    } else {
      shard.rescue->sounds->FindBeginning(key, kMaxOfReading, &ids);
    }
  }
  // Latin words are filed by how they may be read: for other letters only.
  std::erase_if(ids, [&](uint32_t id) {
    return other_script &&
           ScriptOfWord(shard.vocabulary->word(id)) != sounds.script();
  });
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

bool InTitles(const std::vector<uint32_t>& ids, const TitleIndex& titles) {
  return std::any_of(ids.begin(), ids.end(), [&](uint32_t id) {
    return !titles.TitlesWith(id, id + 1).empty();
  });
}

FinishedChoice ReadFinished(const TypedWord& word,
                            const CompletionShard& shard) {
  FinishedChoice choice;
  choice.is_stop = word.is_stop;
  if (const auto id = shard.vocabulary->Find(word.folded)) {
    choice.same = {static_cast<uint32_t>(*id)};
  }
  for (const std::string& lemma : word.lemmas) {
    const auto ids = shard.titles->WordsOfLemma(lemma);
    choice.forms.insert(choice.forms.end(), ids.begin(), ids.end());
  }
  std::sort(choice.forms.begin(), choice.forms.end());
  choice.is_hopeless = !word.is_stop && choice.forms.empty() &&
                       !InTitles(choice.same, *shard.titles);
  return choice;
}

// Looks for what a word in no title may stand for: by its sound, and a slip
// away while `slips_left` lasts.
void Mend(const TypedWord& word, const CompletionShard& shard,
          const analyzers::SoundKeys& sounds, size_t* slips_left,
          FinishedChoice* choice) {
  std::vector<uint32_t>& mended = choice->mended;
  mended = FindSounds(word, true, shard, sounds);
  if (word.is_plain && *slips_left > 0) {
    --*slips_left;
    for (const WordRange& range :
         FindSlips(*shard.vocabulary, word.letters, SlipIn::kWholeWord)) {
      mended.push_back(static_cast<uint32_t>(range.first));
    }
    std::sort(mended.begin(), mended.end());
    mended.erase(std::unique(mended.begin(), mended.end()), mended.end());
  }
  std::erase_if(mended, [&](uint32_t id) {
    return shard.titles->TitlesWith(id, size_t{id} + 1).empty();
  });
  choice->is_hopeless = choice->mended.empty();
  if (choice->is_hopeless && word.is_plain &&
      word.letters.size() < kMinSlipLetters) {
    // A function word with a slip, or in other letters: it may be missing.
    choice->is_stop = true;
    choice->is_hopeless = false;
  }
}

// What begins like the word but for a slip, or sounds as it does.
WordRanges FindMendedBeginnings(const TypedWord& word,
                                const CompletionShard& shard,
                                const analyzers::SoundKeys& sounds) {
  WordRanges ranges;
  if (word.is_plain) {
    ranges = FindSlips(*shard.vocabulary, word.letters, SlipIn::kBeginning);
  }
  for (const uint32_t id : FindSounds(word, false, shard, sounds)) {
    ranges.push_back({id, size_t{id} + 1});
  }
  return Arrange(std::move(ranges));
}

}  // namespace

InputWords ReadInputWords(const TypedText& typed, Tolerance tolerance,
                          const CompletionShard& shard,
                          const analyzers::LanguageSpelling& spelling) {
  const analyzers::SoundKeys& sounds = *spelling.sounds;
  InputWords words;
  size_t slips_left = kMaxSlipWords;
  bool is_hopeless = false;
  for (const TypedWord& word : typed.finished) {
    if (shard.titles == nullptr) break;
    FinishedChoice& choice =
        words.finished.emplace_back(ReadFinished(word, shard));
    if (choice.is_hopeless && tolerance == Tolerance::kSlips && !is_hopeless) {
      Mend(word, shard, sounds, &slips_left, &choice);
    }
    is_hopeless = is_hopeless || choice.is_hopeless;
  }
  if (!typed.last) return words;
  words.has_last = true;
  const TypedWord& last = *typed.last;
  const auto [first, end] = shard.vocabulary->RangeOf(last.folded);
  words.last = {first, end};
  words.last_is_word =
      first < end && shard.vocabulary->word(first) == last.folded;
  if (tolerance == Tolerance::kNone || is_hopeless) return words;
  words.last_mended = FindMendedBeginnings(last, shard, sounds);
  return words;
}

}  // namespace kbsearch::engine
