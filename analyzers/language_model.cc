#include "analyzers/language_model.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstring>
#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "analyzers/fingerprint_table.h"
#include "analyzers/fold.h"
#include "analyzers/language_features.h"
#include "analyzers/word_reader.h"

namespace kbsearch::analyzers {
namespace {

// Texts are judged by their beginning; more words change nothing.
constexpr size_t kMaxBytes = 16384;
// Log-odds. A Latin word inside Greek or Russian is usually a name or a loan
// word, so it says less against them than a Greek word against French.
constexpr double kForeignScript = 7;
constexpr double kLatinInOther = 1.5;
constexpr double kAbsentScript = 12;  // not a word in the language's script
constexpr double kFunctionWord = 1.2;
constexpr double kWordLimit = 5;  // no single word decides all
// English lends its words to the others: that one stands in a text says less
// against them than one of theirs says against English.
constexpr double kLoanLimit = 2.5;
constexpr std::string_view kLender = "en";
constexpr double kPrior = 2.2;  // the reader's own language: × 9
constexpr double kConfident = 0.8;
constexpr int kShortLineWords = 4;
// From this size on words of a text are remembered: a query repeats nothing.
constexpr size_t kRemembered = 200;

// What the words that a thread has met lately said of each language: running
// text repeats itself, and weighing a word takes ten times as long as finding
// it here. A word takes the place of another with the same low bits of hash,
// which tells words apart: of 64 bits, one in a thousand million texts would
// meet two that are alike. Numbers of single precision, so that a word with its
// languages fits a line or two of the processor's cache.
class WordMemory {
 public:
  // Of this thread, emptied when another identifier used it last.
  static WordMemory& Of(uint64_t identifier, size_t languages) {
    thread_local WordMemory memory;
    if (memory.identifier_ != identifier) {
      memory.identifier_ = identifier;
      memory.languages_ = languages;
      memory.hashes_.assign(kWords, 0);
      memory.log_odds_.assign(kWords * languages, 0);
    }
    return memory;
  }

  // True when the word was here already; `*log_odds` has a place for each
  // language, to be filled otherwise.
  bool Find(std::string_view word, std::span<float>* log_odds) {
    const uint64_t hash = HashBytes(word) | (uint64_t{1} << 63);  // not 0
    const size_t place = hash & (kWords - 1);
    *log_odds = {log_odds_.data() + place * languages_, languages_};
    return std::exchange(hashes_[place], hash) == hash;
  }

 private:
  static constexpr size_t kWords = size_t{1} << 14;

  uint64_t identifier_ = 0;  // 0: none
  size_t languages_ = 0;
  std::vector<uint64_t> hashes_;  // 0: no word
  std::vector<float> log_odds_;   // languages_ numbers a word
};

uint64_t NewIdentifierNumber() {
  static std::atomic<uint64_t> last{0};
  return ++last;
}

class ModelIdentifier : public LanguageIdentifier {
 public:
  ModelIdentifier(std::unique_ptr<MappedFile> file, size_t columns,
                  std::vector<LanguageProfile> profiles,
                  std::vector<int> column_of, StopWords names)
      : file_(std::move(file)),
        columns_(columns),
        profiles_(std::move(profiles)),
        column_of_(std::move(column_of)),
        names_(std::move(names)) {}

  std::vector<LanguageGuess> Identify(
      std::string_view text, std::string_view prior,
      std::span<const std::string> among) const override {
    const Candidates candidates = CandidatesOf(among);
    Evidence evidence;
    Weigh(text, candidates, MemoryFor(text, candidates), nullptr, &evidence);
    return Guess(evidence, candidates, prior);
  }
  std::vector<LanguageGuess> IdentifyTrusting(
      WordTrust trust, std::string_view text, std::string_view prior,
      std::span<const std::string> among) const override {
    const Candidates candidates = CandidatesOf(among);
    Evidence evidence;
    Weigh(text, candidates, MemoryFor(text, candidates), &trust, &evidence);
    return Guess(evidence, candidates, prior);
  }
  std::vector<LanguagePart> Split(
      std::string_view text, std::string_view expected,
      std::span<const std::string> among) const override;

 private:
  using Candidates = std::vector<const LanguageProfile*>;

  // Of one text; what belongs to a candidate stands at the candidate's place.
  struct Evidence {
    std::vector<double> log_odds;
    int words = 0;  // of two letters and more, outside of names
    std::array<int, 5> words_of_script{};
    // What the words are weighed in.
    std::vector<float> said;
    std::vector<uint32_t> features;
    std::vector<int32_t> sums;  // by column of the model
    std::vector<double> scores;
  };

  Candidates CandidatesOf(std::span<const std::string> among) const;
  // The words of this thread's texts, where this one is long enough to gain by
  // it; else null.
  WordMemory* MemoryFor(std::string_view text,
                        const Candidates& candidates) const;
  // `memory` and `trust` may be null.
  void Weigh(std::string_view text, const Candidates& candidates,
             WordMemory* memory, const WordTrust* trust,
             Evidence* evidence) const;
  // Writes what the word says of each candidate to `log_odds`.
  void WeighWord(std::u32string_view word, Script script,
                 const Candidates& candidates, Evidence* evidence,
                 std::span<float> log_odds) const;
  // The candidates' own scores of a word in their script; how much it may say
  // against each.
  double ScoreRivals(std::u32string_view word, std::string_view folded,
                     const Candidates& candidates, Evidence* evidence) const;
  // Empty when no word is in a candidate's script.
  static std::vector<LanguageGuess> Guess(const Evidence& evidence,
                                          const Candidates& candidates,
                                          std::string_view prior);
  // Whether a line that looks like `language` may be one, in a text in
  // `expected`.
  bool MayChangeTo(std::string_view language, std::string_view expected,
                   std::string_view line) const;
  static std::vector<LanguageGuess> Rank(const Evidence& evidence,
                                         const Candidates& candidates,
                                         std::string_view prior);
  // The first of what Rank would give: its place among the candidates, and its
  // probability.
  static std::pair<size_t, double> Likeliest(const Evidence& evidence,
                                             const Candidates& candidates,
                                             std::string_view prior);

  const int8_t* Row(uint32_t bucket) const {
    return reinterpret_cast<const int8_t*>(file_->bytes().data()) +
           sizeof(LanguageModelHeader) + 8 * columns_ + bucket * columns_;
  }
  int ColumnOf(const LanguageProfile* profile) const {
    return column_of_[static_cast<size_t>(profile - profiles_.data())];
  }

  std::unique_ptr<MappedFile> file_;
  size_t columns_;
  std::vector<LanguageProfile> profiles_;
  std::vector<int> column_of_;  // of each profile; -1: not in the model
  StopWords names_;             // words of all languages alike
  const uint64_t number_ = NewIdentifierNumber();
};

ModelIdentifier::Candidates ModelIdentifier::CandidatesOf(
    std::span<const std::string> among) const {
  Candidates candidates;
  for (const LanguageProfile& profile : profiles_) {
    if (among.empty() ||
        std::ranges::find(among, profile.code) != among.end()) {
      candidates.push_back(&profile);
    }
  }
  return candidates;
}

double ModelIdentifier::ScoreRivals(std::u32string_view word,
                                    std::string_view folded,
                                    const Candidates& candidates,
                                    Evidence* evidence) const {
  LanguageFeatures(ToUtf32(Lower(word)), &evidence->features);
  evidence->sums.assign(columns_, 0);
  for (const uint32_t feature : evidence->features) {
    const int8_t* const row = Row(feature);
    for (size_t k = 0; k < columns_; ++k) evidence->sums[k] += row[k];
  }
  const Script script = ClassOf(word.front()).script;
  bool loan = false;  // the likeliest is the lender, and it is no function word
  double most = -1e9;
  for (size_t i = 0; i < candidates.size(); ++i) {
    if (candidates[i]->script != script) continue;
    const int column = ColumnOf(candidates[i]);
    double score =
        column < 0 ? 0
                   : evidence->sums[static_cast<size_t>(column)] / kWeightScale;
    const bool function_word = candidates[i]->stop_words->Contains(folded);
    if (function_word) score += kFunctionWord;
    evidence->scores[i] = score;
    if (score <= most) continue;
    most = score;
    loan = candidates[i]->code == kLender && !function_word;
  }
  return loan ? kLoanLimit : kWordLimit;
}

void ModelIdentifier::WeighWord(std::u32string_view word, Script script,
                                const Candidates& candidates,
                                Evidence* evidence,
                                std::span<float> log_odds) const {
  const std::string folded = Fold(word);
  if (names_.Contains(folded)) {
    std::ranges::fill(log_odds, 0);
    return;
  }
  const auto is_rival = [&](size_t i) {
    return candidates[i]->script == script;
  };
  std::vector<double>& scores = evidence->scores;
  scores.assign(candidates.size(),
                script == Script::kLatin ? -kLatinInOther : -kForeignScript);
  const double limit = ScoreRivals(word, folded, candidates, evidence);
  // Log-probabilities among the languages of this script.
  double most = -1e9;
  for (size_t i = 0; i < candidates.size(); ++i) {
    if (is_rival(i)) most = std::max(most, scores[i]);
  }
  double total = 0;
  for (size_t i = 0; i < candidates.size(); ++i) {
    if (is_rival(i)) total += std::exp(scores[i] - most);
  }
  for (size_t i = 0; i < candidates.size(); ++i) {
    log_odds[i] = static_cast<float>(
        is_rival(i) ? std::max(scores[i] - most - std::log(total), -limit)
                    : std::max(scores[i], -kWordLimit));
  }
}

WordMemory* ModelIdentifier::MemoryFor(std::string_view text,
                                       const Candidates& candidates) const {
  const size_t all = profiles_.size();
  if (text.size() < kRemembered || candidates.size() != all) return nullptr;
  return &WordMemory::Of(number_, all);
}

void ModelIdentifier::Weigh(std::string_view text, const Candidates& candidates,
                            WordMemory* memory, const WordTrust* trust,
                            Evidence* evidence) const {
  evidence->log_odds.assign(candidates.size(), 0);
  evidence->words = 0;
  evidence->words_of_script.fill(0);
  evidence->said.resize(candidates.size());
  std::span<float> said = evidence->said;
  WordReader reader(text.substr(0, kMaxBytes));
  while (reader.Next()) {
    ++evidence->words_of_script[static_cast<size_t>(reader.script())];
    if (reader.in_name()) continue;
    if (reader.letters().size() > 1) ++evidence->words;
    if (memory == nullptr || !memory->Find(reader.bytes(), &said)) {
      WeighWord(reader.letters(), reader.script(), candidates, evidence, said);
    }
    const double share = trust == nullptr ? 1 : (*trust)(reader.bytes());
    for (size_t i = 0; i < said.size(); ++i) {
      evidence->log_odds[i] += share * said[i];
    }
  }
  for (size_t i = 0; i < candidates.size(); ++i) {
    const auto script_index = static_cast<size_t>(candidates[i]->script);
    if (evidence->words_of_script[script_index] == 0) {
      evidence->log_odds[i] -= kAbsentScript;
    }
  }
}

std::pair<size_t, double> ModelIdentifier::Likeliest(
    const Evidence& evidence, const Candidates& candidates,
    std::string_view prior) {
  const auto score = [&](size_t i) {
    return evidence.log_odds[i] + (candidates[i]->code == prior ? kPrior : 0);
  };
  size_t best = 0;
  for (size_t i = 1; i < candidates.size(); ++i) {
    if (score(i) > score(best)) best = i;
  }
  double total = 0;
  for (size_t i = 0; i < candidates.size(); ++i) {
    total += std::exp(score(i) - score(best));
  }
  return {best, 1 / total};
}

std::vector<LanguageGuess> ModelIdentifier::Rank(const Evidence& evidence,
                                                 const Candidates& candidates,
                                                 std::string_view prior) {
  std::vector<double> scores = evidence.log_odds;
  for (size_t i = 0; i < candidates.size(); ++i) {
    if (candidates[i]->code == prior) scores[i] += kPrior;
  }
  const double most = *std::ranges::max_element(scores);
  double total = 0;
  for (double& score : scores) total += score = std::exp(score - most);
  std::vector<LanguageGuess> guesses;
  for (size_t i = 0; i < candidates.size(); ++i) {
    guesses.push_back({candidates[i]->code, scores[i] / total});
  }
  std::ranges::stable_sort(guesses, std::greater<>(),
                           &LanguageGuess::probability);
  return guesses;
}

std::vector<LanguageGuess> ModelIdentifier::Guess(const Evidence& evidence,
                                                  const Candidates& candidates,
                                                  std::string_view prior) {
  const bool readable = std::ranges::any_of(candidates, [&](const auto* c) {
    return evidence.words_of_script[static_cast<size_t>(c->script)] > 0;
  });
  if (!readable) return {};
  return Rank(evidence, candidates, prior);
}

// Code and lists of names look like anything: "svc.Files(foldername: str)".
// A line that is written in a language has a function word of it; only those
// in the lender's words may do without.
bool ModelIdentifier::MayChangeTo(std::string_view language,
                                  std::string_view expected,
                                  std::string_view line) const {
  if (language == expected || language == kLender) return true;
  const auto profile =
      std::ranges::find(profiles_, language, &LanguageProfile::code);
  WordReader reader(line);
  while (reader.Next()) {
    if (reader.letters().size() > 1 && !reader.in_name() &&
        profile->stop_words->Contains(Fold(reader.letters()))) {
      return true;
    }
  }
  return false;
}

std::vector<LanguagePart> ModelIdentifier::Split(
    std::string_view text, std::string_view expected,
    std::span<const std::string> among) const {
  const Candidates candidates = CandidatesOf(among);
  WordMemory* const memory = MemoryFor(text, candidates);
  std::vector<LanguagePart> parts;
  Evidence evidence;
  for (size_t begin = 0; begin < text.size();) {
    const size_t line_end = std::min(text.find('\n', begin), text.size());
    const size_t end = std::min(line_end + 1, text.size());
    const std::string_view line = text.substr(begin, end - begin);
    Weigh(line, candidates, memory, nullptr, &evidence);
    // A line that says little goes with the one before it.
    std::string language =
        parts.empty() ? std::string(expected) : parts.back().language;
    if (evidence.words >= kShortLineWords && !candidates.empty()) {
      const auto [best, probability] =
          Likeliest(evidence, candidates, expected);
      if (probability >= kConfident &&
          MayChangeTo(candidates[best]->code, expected, line)) {
        language = candidates[best]->code;
      }
    }
    if (!parts.empty() && parts.back().language == language) {
      parts.back().end = static_cast<uint32_t>(end);
    } else {
      parts.push_back({std::move(language), static_cast<uint32_t>(begin),
                       static_cast<uint32_t>(end)});
    }
    begin = end;
  }
  return parts;
}

}  // namespace

absl::StatusOr<std::unique_ptr<LanguageIdentifier>> LoadLanguageIdentifier(
    const ResourceFolder& folder, std::vector<LanguageProfile> profiles) {
  absl::StatusOr<std::unique_ptr<MappedFile>> file =
      folder.Map("languages.bin");
  if (!file.ok()) return file.status();
  const std::string_view bytes = (*file)->bytes();
  LanguageModelHeader header;
  if (bytes.size() >= sizeof(header)) {
    std::memcpy(&header, bytes.data(), sizeof(header));
  }
  if (std::memcmp(header.magic, LanguageModelHeader().magic, 8) != 0 ||
      header.languages == 0 || header.languages > 256 ||
      bytes.size() != sizeof(header) + 8 * header.languages +
                          kLanguageBuckets * header.languages) {
    return absl::DataLossError(
        absl::StrCat("language model ", folder.PathOf("languages.bin"),
                     ": damaged or of another version; build the target "
                     "kbsearch_resources again"));
  }
  std::vector<int> column_of(profiles.size(), -1);
  for (size_t k = 0; k < header.languages; ++k) {
    const char* const code = bytes.data() + sizeof(header) + 8 * k;
    for (size_t i = 0; i < profiles.size(); ++i) {
      if (profiles[i].code == std::string_view(code, strnlen(code, 8))) {
        column_of[i] = static_cast<int>(k);
      }
    }
  }
  const auto names = folder.ReadTable("names.txt");
  if (!names.ok()) return names.status();
  std::vector<std::string> words;
  for (const std::vector<std::string>& line : *names) {
    words.insert(words.end(), line.begin(), line.end());
  }
  return std::make_unique<ModelIdentifier>(
      *std::move(file), header.languages, std::move(profiles),
      std::move(column_of), StopWords(words));
}

}  // namespace kbsearch::analyzers
