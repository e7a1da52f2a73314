#include "indexer/corpus_survey.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "analyzers/fingerprint_table.h"
#include "engine/index/index_document.h"

namespace kbsearch::indexer {
namespace {

constexpr size_t kSketchSize = 1 << 22;
constexpr size_t kShortestParagraph = 20;  // bytes
// A paragraph is repeated when it stands in that many articles and that share
// of all (of all languages together).
constexpr uint64_t kFewestRepeats = 20;
constexpr uint64_t kRepeatShare = 100;
constexpr size_t kFewestWords = 30;
constexpr int kNearBits = 3;
constexpr size_t kBands = 4;
constexpr size_t kShortestKnownText = 200;  // bytes, to be sure of a language
constexpr size_t kSampleBytes = 600;
constexpr double kSure = 0.95;
constexpr size_t kShownBytes = 80;

uint64_t Mix(uint64_t hash) {  // finalizer of SplitMix64
  hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9ull;
  hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBull;
  return hash ^ (hash >> 31);
}

uint64_t HashOf(std::string_view text) { return analyzers::HashBytes(text); }

// How many of the numbers given have a one at each of the 64 places: counters
// of one bit of each place beside the others, so that a number is added to all
// places at once.
class OnesCounter {
 public:
  void Add(uint64_t number) {
    for (size_t bit = 0; number != 0 && bit < planes_.size(); ++bit) {
      const uint64_t carry = planes_[bit] & number;
      planes_[bit] ^= number;
      number = carry;
    }
    ++numbers_;
  }

  // The places where more than half have a one.
  uint64_t Majority() const {
    uint64_t majority = 0;
    for (size_t place = 0; place < 64; ++place) {
      uint64_t ones = 0;
      for (size_t bit = 0; bit < planes_.size(); ++bit) {
        ones |= ((planes_[bit] >> place) & 1) << bit;
      }
      majority |= static_cast<uint64_t>(2 * ones > numbers_) << place;
    }
    return majority;
  }

 private:
  std::array<uint64_t, 32> planes_{};
  uint64_t numbers_ = 0;
};

bool MayRepeat(const engine::Block& block) {
  return block.kind != engine::BlockKind::kHeading &&
         block.kind != engine::BlockKind::kCode &&
         block.text.size() >= kShortestParagraph;
}

// Whole characters of the beginning.
std::string Shown(std::string_view text) {
  if (text.size() <= kShownBytes)
    return absl::StrCat("\"", std::string(text), "\"");
  size_t end = kShownBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
    --end;
  }
  return absl::StrCat("\"", std::string(text.substr(0, end)), "…\"");
}

bool HasScriptOfItsOwn(std::string_view language) {
  return language == "el" || language == "ru";
}

ReportItem Item(const Record& record, Severity severity, std::string reason,
                std::string detail, std::string remedy) {
  return {record.file,       record.line,       record.article.id, severity,
          std::move(reason), std::move(detail), std::move(remedy)};
}

}  // namespace

uint64_t SimHash(std::string_view text) {
  OnesCounter votes;
  uint64_t previous[2] = {0, 0};
  size_t words = 0;
  for (size_t i = 0; i < text.size();) {
    const auto is_letter = [&](size_t at) {
      const auto c = static_cast<unsigned char>(text[at]);
      return c >= 0x80 || absl::ascii_isalnum(c);
    };
    if (!is_letter(i)) {
      ++i;
      continue;
    }
    uint64_t word = 14695981039346656037ull;
    for (; i < text.size() && is_letter(i); ++i) {
      const auto c = static_cast<unsigned char>(absl::ascii_tolower(text[i]));
      word = (word ^ c) * 1099511628211ull;
    }
    if (++words >= 3) {
      votes.Add(Mix(word ^ (previous[0] * 3) ^ (previous[1] * 7)));
    }
    previous[1] = previous[0];
    previous[0] = word;
  }
  return words < kFewestWords ? 0 : votes.Majority();
}

CorpusSurvey::CorpusSurvey(Identify identify) : identify_(std::move(identify)) {
  for (std::vector<uint16_t>& row : counts_) row.resize(kSketchSize);
}

void CorpusSurvey::Count(const engine::Article& article, Look* look) {
  ++articles_;
  for (const uint64_t paragraph : std::exchange(look->paragraphs, {})) {
    uint16_t& first = counts_[0][paragraph % kSketchSize];
    uint16_t& second = counts_[1][(paragraph >> 32) % kSketchSize];
    // The lower one only, where they differ: fewer false counts.
    const uint16_t low = std::min(first, second);
    if (low == UINT16_MAX) continue;
    if (first == low) ++first;
    if (second == low) ++second;
  }
  if (!article.language.empty()) {
    languages_[article.id].push_back(article.language);
  }
}

uint32_t CorpusSurvey::CountOf(uint64_t paragraph) const {
  return std::min(counts_[0][paragraph % kSketchSize],
                  counts_[1][(paragraph >> 32) % kSketchSize]);
}

CorpusSurvey::Look CorpusSurvey::LookAt(const Record& record) const {
  const engine::Article& article = record.article;
  const std::string text = engine::PlainText(article);
  Look look;
  for (const engine::Block& block : article.blocks) {
    if (MayRepeat(block)) look.paragraphs.push_back(HashOf(block.text));
  }
  std::sort(look.paragraphs.begin(), look.paragraphs.end());
  look.paragraphs.erase(
      std::unique(look.paragraphs.begin(), look.paragraphs.end()),
      look.paragraphs.end());
  if (!article.language.empty()) look.language = LanguageOf(text);
  look.hash = SimHash(text);
  return look;
}

std::vector<size_t> CorpusSurvey::RepeatedBlocks(
    const engine::Article& article) const {
  const uint64_t repeated = std::max(kFewestRepeats, articles_ / kRepeatShare);
  std::vector<size_t> found;
  for (size_t i = 0; i < article.blocks.size(); ++i) {
    const engine::Block& block = article.blocks[i];
    if (MayRepeat(block) && CountOf(HashOf(block.text)) >= repeated) {
      found.push_back(i);
    }
  }
  // An article of nothing else would not be found at all.
  if (found.size() == article.blocks.size()) found.clear();
  return found;
}

std::string CorpusSurvey::LanguageOf(std::string_view text) const {
  if (identify_ == nullptr || text.size() < kShortestKnownText) return "";
  // From the middle: beginnings are names and commands.
  size_t begin =
      text.size() > 2 * kSampleBytes ? text.size() / 2 - kSampleBytes / 2 : 0;
  while (begin > 0 &&
         (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) {
    --begin;
  }
  auto [language, probability] = identify_(text.substr(begin, kSampleBytes));
  return probability < kSure ? "" : std::move(language);
}

void CorpusSurvey::Judge(Record* record, const Look& look, RecordSink& sink) {
  WeighParagraphs(RepeatedBlocks(record->article), record, sink);
  CheckLanguage(look.language, record, sink);
  FindNearDuplicate(look.hash, *record, sink);
}

void CorpusSurvey::WeighParagraphs(const std::vector<size_t>& repeated,
                                   Record* record, RecordSink& sink) {
  std::vector<engine::Block>& blocks = record->article.blocks;
  for (const size_t i : repeated) {
    blocks[i].weight = 0;
    const uint64_t paragraph = HashOf(blocks[i].text);
    if (!reported_.insert(paragraph).second) continue;
    sink.Report(Item(*record, Severity::kNotice,
                     "paragraph repeated across the corpus",
                     absl::StrCat(Shown(blocks[i].text), " in ",
                                  CountOf(paragraph), " articles"),
                     "it is found but counts nothing; leave it out of the "
                     "articles if it says nothing of them"));
  }
}

void CorpusSurvey::CheckLanguage(const std::string& language, Record* record,
                                 RecordSink& sink) {
  engine::Article& article = record->article;
  if (language.empty() || language == article.language) return;
  const std::string detail =
      absl::StrCat("says ", article.language, ", is ", language);
  const std::vector<std::string>& versions = languages_[article.id];
  const bool has_original =
      std::find(versions.begin(), versions.end(), language) != versions.end();
  if (has_original) {
    sink.Report(Item(*record, Severity::kNotice,
                     "untranslated page in a translated set", detail,
                     "translate it, or remove it: the article is found in its "
                     "own language"));
  } else if (HasScriptOfItsOwn(language) ||
             HasScriptOfItsOwn(article.language)) {
    article.language = language;
    sink.Report(Item(*record, Severity::kRepaired,
                     "text in another language than the page says", detail,
                     "correct the page's lang"));
  } else {
    sink.Report(Item(*record, Severity::kNotice,
                     "text seems to be in another language than the page says",
                     detail, "correct the page's lang, or its text"));
  }
}

void CorpusSurvey::FindNearDuplicate(uint64_t hash, const Record& record,
                                     RecordSink& sink) {
  const engine::Article& article = record.article;
  if (hash == 0) return;
  bool found = false;
  std::array<uint64_t, kBands> keys;
  const uint64_t language = HashOf(article.language);
  for (size_t band = 0; band < kBands; ++band) {
    const auto bits = static_cast<uint16_t>(hash >> (16 * band));
    keys[band] = language + (band << 16 | bits);
    const auto [begin, end] = bands_.equal_range(keys[band]);
    for (auto it = begin; it != end && !found; ++it) {
      const Seen& other = seen_[it->second];
      if (std::popcount(other.hash ^ hash) > kNearBits ||
          other.id == article.id) {
        continue;
      }
      found = true;
      sink.Report(Item(record, Severity::kNotice,
                       "nearly the same text as another article",
                       absl::StrCat("as ", other.id, ", ", article.language),
                       "keep one of them, or say in each what is different"));
    }
  }
  if (found) return;  // the first of a kind stands for all
  for (const uint64_t key : keys) {
    bands_.emplace(key, static_cast<uint32_t>(seen_.size()));
  }
  seen_.push_back({hash, article.id});
}

}  // namespace kbsearch::indexer
