#include "engine/suggestion/ticket_letters.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "analyzers/fold.h"
#include "engine/rescue/language_plan.h"
#include "engine/rescue/language_words.h"
#include "engine/rescue/script_repair.h"

namespace kbsearch::engine {
namespace {

using analyzers::Script;

// Different words that are looked at: a bound on time.
constexpr size_t kMaxWords = 150;
// Shorter words sound like something in every language.
constexpr size_t kMinLetters = 3;
// A ticket of fewer strange words is not told by their sound.
constexpr size_t kMinStrange = 3;
// Of the words in Latin letters: those of no language in these.
constexpr double kMinStrangeShare = 0.4;
// Of the strange words: those that sound like words of the corpus.
constexpr double kMinReadShare = 0.6;

// Text without the signs around it, folded: "(prosvasi)," → "prosvasi".
std::string FoldedWordOf(std::string_view chunk) {
  const std::u32string letters = analyzers::ToUtf32(chunk);
  const auto is_inner = [](char32_t c) {
    return analyzers::IsWordCharacter(c);
  };
  const auto begin = std::find_if(letters.begin(), letters.end(), is_inner);
  const auto end =
      std::find_if(letters.rbegin(), letters.rend(), is_inner).base();
  return begin < end ? analyzers::Fold(std::u32string(begin, end))
                     : std::string();
}

// Words of Latin letters, perhaps with a digit that stands for one ("8elw"); no
// addresses, no codes.
bool IsLatinWord(std::string_view folded) {
  size_t letters = 0;
  size_t digits = 0;
  for (const char32_t c : analyzers::ToUtf32(folded)) {
    if (analyzers::IsDigit(c)) {
      ++digits;
    } else if (analyzers::ClassOf(c).script == Script::kLatin) {
      ++letters;
    } else if (c != U'\'') {
      return false;
    }
  }
  return letters > 2 * digits && letters + digits > 0;
}

// The different words of a ticket, with a chunk of it that holds each.
struct TicketWords {
  std::unordered_map<std::string, std::string> latin;  // folded → as written
  size_t others = 0;  // chunks in other letters
};

TicketWords CollectWords(const std::vector<TicketSentence>& sentences) {
  TicketWords words;
  for (const TicketSentence& sentence : sentences) {
    const std::string_view text = sentence.text;
    for (const Chunk& chunk : DivideAtBlanks(text)) {
      const std::string_view written =
          text.substr(chunk.begin, chunk.end - chunk.begin);
      std::string folded = FoldedWordOf(written);
      if (folded.empty()) continue;
      if (IsLatinWord(folded)) {
        if (words.latin.size() < kMaxWords) {
          words.latin.try_emplace(std::move(folded), written);
        }
      } else if (const Script script = ScriptOf(written);
                 script != Script::kLatin && script != Script::kNone) {
        ++words.others;
      }
    }
  }
  return words;
}

// Whether some language in Latin letters has the word, as its dictionary or the
// corpus knows it.
bool IsLatinLanguageWord(const std::string& folded,
                         std::vector<LanguageWords>& latin,
                         const analyzers::Registry& registry) {
  for (const analyzers::LanguageInfo& language : registry.languages()) {
    if (registry.IsWord(language.code, folded)) return true;
  }
  return std::any_of(latin.begin(), latin.end(), [&](LanguageWords& words) {
    return words.vocabulary().Find(folded).has_value();
  });
}

class LetterReader {
 public:
  LetterReader(const TicketWords& words, const SuggestQuery& query,
               SearchContext& context)
      : words_(words), query_(query), context_(context) {}

  // The corpus's language that most of the strange words sound like; null when
  // there is none.
  std::optional<LanguageWords> FindLanguage() {
    std::vector<LanguageWords> latin;
    std::vector<LanguageWords> targets;
    for (const std::string& code : context_.corpus.Languages(query_.audience)) {
      LanguageWords words(code, query_.audience, context_);
      if (words.spelling().script == Script::kLatin) {
        latin.push_back(std::move(words));
      } else if (IsAllowed(code)) {
        targets.push_back(std::move(words));
      }
    }
    if (targets.empty()) return std::nullopt;
    FindStrange(latin);
    if (strange_.size() < kMinStrange ||
        static_cast<double>(strange_.size()) <
            kMinStrangeShare * static_cast<double>(long_words_)) {
      return std::nullopt;
    }
    return BestOf(std::move(targets));
  }

 private:
  bool IsAllowed(const std::string& language) const {
    return query_.languages.empty() ||
           std::find(query_.languages.begin(), query_.languages.end(),
                     language) != query_.languages.end();
  }

  void FindStrange(std::vector<LanguageWords>& latin) {
    for (const auto& [folded, written] : words_.latin) {
      if (folded.size() < kMinLetters) continue;
      ++long_words_;
      if (!IsLatinLanguageWord(folded, latin, context_.registry())) {
        strange_.push_back(written);
      }
    }
  }

  std::optional<LanguageWords> BestOf(std::vector<LanguageWords> targets) {
    std::optional<LanguageWords> best;
    size_t most = kMinStrange - 1;
    for (LanguageWords& target : targets) {
      const auto read = static_cast<size_t>(std::count_if(
          strange_.begin(), strange_.end(), [&](const std::string& written) {
            return RepairScript(written, target).has_value();
          }));
      if (read <= most ||
          static_cast<double>(read) <
              kMinReadShare * static_cast<double>(strange_.size())) {
        continue;
      }
      most = read;
      best.emplace(std::move(target));
    }
    return best;
  }

  const TicketWords& words_;
  const SuggestQuery& query_;
  SearchContext& context_;
  std::vector<std::string> strange_;
  size_t long_words_ = 0;
};

uint32_t DocumentsWith(std::string_view folded, const LanguageWords& words) {
  const auto found = words.vocabulary().Find(folded);
  return found ? found->documents : 0;
}

// Writes the words of a ticket in the letters of its language.
class WordReplacer {
 public:
  explicit WordReplacer(LanguageWords& words) : words_(words) {}

  // The text with each word in Latin letters replaced by the word of the corpus
  // that it sounds like, unless the language's own articles hold it more often
  // as it stands ("email"; not "kai", as a thread may be written so, too).
  std::string Replace(std::string_view text) {
    std::string replaced;
    uint32_t copied = 0;
    for (const Chunk& chunk : DivideAtBlanks(text)) {
      const std::string& other =
          InLetters(text.substr(chunk.begin, chunk.end - chunk.begin));
      if (other.empty()) continue;
      replaced += text.substr(copied, chunk.begin - copied);
      replaced += other;
      copied = chunk.end;
    }
    return replaced.append(text.substr(copied));
  }

 private:
  // Empty: stays as it is, as do the words behind the first kMaxWords.
  const std::string& InLetters(std::string_view written) {
    const auto known = read_.find(std::string(written));
    if (known != read_.end()) return known->second;
    static const std::string kNone;
    const std::string folded = FoldedWordOf(written);
    if (!IsLatinWord(folded) || read_.size() >= kMaxWords) return kNone;
    std::string& other = read_[std::string(written)];
    std::optional<Repair> repair = RepairScript(written, words_);
    if (repair && DocumentsWith(FoldedWordOf(repair->text), words_) >=
                      DocumentsWith(folded, words_)) {
      other = std::move(repair->text);
    }
    return other;
  }

  LanguageWords& words_;
  std::unordered_map<std::string, std::string>
      read_;  // by the chunk as written
};

}  // namespace

std::vector<TicketSentence> ReadLetters(std::vector<TicketSentence> sentences,
                                        const SuggestQuery& query,
                                        SearchContext& context) {
  const TicketWords words = CollectWords(sentences);
  if (words.latin.size() < kMinStrange || words.others > words.latin.size()) {
    return sentences;
  }
  std::optional<LanguageWords> language =
      LetterReader(words, query, context).FindLanguage();
  if (!language) return sentences;
  WordReplacer replacer(*language);
  for (TicketSentence& sentence : sentences) {
    sentence.text = replacer.Replace(sentence.text);
  }
  return sentences;
}

}  // namespace kbsearch::engine
