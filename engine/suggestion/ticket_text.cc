#include "engine/suggestion/ticket_text.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "analyzers/characters.h"
#include "engine/suggestion/mail_text.h"
#include "engine/suggestion/ticket_phrases.h"

namespace kbsearch::engine {
namespace {

using Words = std::span<const FoldedWord>;

// Words beside a courtesy in a sentence that says nothing else.
constexpr size_t kBesideCourtesy = 1;
constexpr size_t kBesideClosing = 2;
// Characters that end a sentence: ';' is the Greek question mark, and a fair
// place to part sentences in the other languages.
constexpr std::u32string_view kEnders = U".!?;…\u037E";
constexpr std::u32string_view kQuestionMarks = U"?\u037E";

bool IsSpace(char32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x3000;
}

// Calls `see` with each character and the place behind it.
template <typename See>
void ForEachCharacter(std::string_view text, See see) {
  for (size_t i = 0; i < text.size();) {
    const char32_t c = analyzers::DecodeUtf8(text, &i);
    see(c, i);
  }
}

// Divides a line behind '.', '?'… that a space follows.
std::vector<std::string_view> SplitSentences(std::string_view line) {
  std::vector<std::string_view> sentences;
  size_t begin = 0;
  bool ended = false;
  ForEachCharacter(line, [&](char32_t c, size_t end) {
    if (ended && IsSpace(c)) {
      sentences.push_back(line.substr(begin, end - begin));
      begin = end;
    }
    ended = kEnders.find(c) != std::u32string_view::npos;
  });
  if (begin < line.size()) sentences.push_back(line.substr(begin));
  return sentences;
}

// ';' asks in Greek only.
bool IsQuestion(std::string_view sentence) {
  bool is_greek = false;
  bool has_mark = false;
  char32_t last = 0;
  ForEachCharacter(sentence, [&](char32_t c, size_t) {
    is_greek =
        is_greek || analyzers::ClassOf(c).script == analyzers::Script::kGreek;
    has_mark = has_mark || kQuestionMarks.find(c) != std::u32string_view::npos;
    if (!IsSpace(c)) last = c;
  });
  return has_mark || (last == ';' && is_greek);
}

// "Thanks in advance, Ann.", "I hope you are well."
bool SaysNothing(Words words) {
  const size_t closing = PhraseLength(TicketPhrase::kClosing, words);
  if (closing > 0 && words.size() <= closing + kBesideClosing) return true;
  const size_t courtesy = FindPhrase(TicketPhrase::kCourtesy, words);
  return courtesy > 0 && words.size() <= courtesy + kBesideCourtesy;
}

void AddSentences(std::string_view line, bool in_subject,
                  std::vector<TicketSentence>* sentences) {
  for (const std::string_view sentence : SplitSentences(line)) {
    const std::vector<FoldedWord> words = FoldWords(sentence);
    if (words.empty() || (!in_subject && SaysNothing(words))) continue;
    sentences->push_back({std::string(sentence), in_subject,
                          IsQuestion(sentence),
                          FindPhrase(TicketPhrase::kProblem, words) > 0});
  }
}

// "Re: Fwd: Invoice" → "Invoice"
std::string_view WithoutReplyMarks(std::string_view subject) {
  constexpr int kMaxMarks = 10;
  constexpr size_t kMarkBytes = 64;
  for (int n = 0; n < kMaxMarks; ++n) {
    const std::vector<FoldedWord> words =
        FoldWords(subject.substr(0, kMarkBytes));
    const size_t length = PhraseLength(TicketPhrase::kReply, words);
    if (length == 0) break;
    const std::string_view rest = subject.substr(words[length - 1].end);
    const size_t mark = rest.find_first_not_of(" \xC2\xA0");
    if (mark == std::string_view::npos || rest[mark] != ':') break;
    subject = rest.substr(mark + 1);
  }
  return subject;
}

bool IsGreetingOnly(std::string_view subject) {
  const std::vector<FoldedWord> words = FoldWords(subject);
  return !words.empty() &&
         PhraseLength(TicketPhrase::kGreeting, words) == words.size();
}

size_t CountDigits(std::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return absl::ascii_isdigit(c); }));
}

// Stretches of a text without white space.
struct Chunk {
  size_t begin = 0;
  size_t end = 0;  // without punctuation at the end
};

std::vector<Chunk> SplitChunks(std::string_view text) {
  std::vector<Chunk> chunks;
  for (size_t begin = 0; begin < text.size();) {
    begin = text.find_first_not_of(" \t\r\n", begin);
    if (begin == std::string_view::npos) break;
    const size_t space =
        std::min(text.find_first_of(" \t\r\n", begin), text.size());
    size_t end = space;
    while (end > begin &&
           absl::StrContains(".,;:!?)]}\"'>",
                             absl::string_view(&text[end - 1], 1))) {
      --end;
    }
    if (end > begin) chunks.push_back({begin, end});
    begin = space;
  }
  return chunks;
}

bool IsEmailAddress(std::string_view chunk) {
  const size_t at = chunk.find('@');
  return at != std::string_view::npos && at > 0 &&
         chunk.find('.', at) != std::string_view::npos;
}

bool IsNumberPart(std::string_view chunk) {
  return chunk.find_first_not_of("0123456789+-/().") == std::string_view::npos;
}

// An account number: GR16 0110 1250 0000 0001 2300 695, in one piece or four
// characters each.
bool BeginsIban(std::string_view chunk) {
  return chunk.size() >= 4 && absl::ascii_isupper(chunk[0]) &&
         absl::ascii_isupper(chunk[1]) && absl::ascii_isdigit(chunk[2]) &&
         absl::ascii_isdigit(chunk[3]) &&
         (chunk.size() == 4 || CountDigits(chunk) >= 12);
}

// Marks what is to go among the chunks of a text.
class PersonalData {
 public:
  explicit PersonalData(std::string_view text)
      : text_(text), chunks_(SplitChunks(text)), gone_(chunks_.size()) {}

  std::string Remove() {
    for (size_t i = 0; i < chunks_.size(); ++i) {
      if (IsEmailAddress(At(i)) || IsTicketMark(At(i))) gone_[i] = true;
    }
    MarkAccountNumbers();
    MarkLongNumbers();
    MarkNamedNumbers();
    std::string kept;
    size_t copied = 0;
    for (size_t i = 0; i < chunks_.size(); ++i) {
      if (!gone_[i]) continue;
      kept += text_.substr(copied, chunks_[i].begin - copied);
      copied = chunks_[i].end;
    }
    return kept.append(text_.substr(copied));
  }

 private:
  std::string_view At(size_t i) const {
    return text_.substr(chunks_[i].begin, chunks_[i].end - chunks_[i].begin);
  }

  // "[#48213", "#48213"
  static bool IsTicketMark(std::string_view chunk) {
    const size_t mark = chunk.find('#');
    return mark != std::string_view::npos && mark <= 8 &&
           CountDigits(chunk.substr(mark)) >= 3;
  }

  void MarkAccountNumbers() {
    for (size_t i = 0; i < chunks_.size(); ++i) {
      if (!BeginsIban(At(i))) continue;
      size_t digits = CountDigits(At(i));
      size_t end = i + 1;
      while (end < chunks_.size() && At(end).size() <= 4 &&
             CountDigits(At(end)) > 0) {
        digits += CountDigits(At(end++));
      }
      if (digits < 12) continue;
      std::fill(gone_.begin() + static_cast<std::ptrdiff_t>(i),
                gone_.begin() + static_cast<std::ptrdiff_t>(end), true);
      i = end - 1;
    }
  }

  // Telephone and card numbers, in one piece or several.
  void MarkLongNumbers() {
    constexpr size_t kOnePiece = 9;
    constexpr size_t kSeveralPieces = 7;
    for (size_t i = 0; i < chunks_.size(); ++i) {
      if (!IsNumberPart(At(i))) continue;
      size_t digits = 0;
      size_t end = i;
      while (end < chunks_.size() && IsNumberPart(At(end))) {
        digits += CountDigits(At(end++));
      }
      const bool one_piece = end == i + 1 && IsAllDigits(At(i));
      if (digits >= (one_piece ? kOnePiece : kSeveralPieces)) {
        std::fill(gone_.begin() + static_cast<std::ptrdiff_t>(i),
                  gone_.begin() + static_cast<std::ptrdiff_t>(end), true);
      }
      i = end - 1;
    }
  }

  static bool IsAllDigits(std::string_view chunk) {
    return CountDigits(chunk) == chunk.size();
  }

  // A number that its name precedes: "order no. ND-2026-104533". A code of
  // letters and few digits stays, as that of an error may come there too.
  void MarkNamedNumbers() {
    constexpr size_t kReach = 3;  // chunks behind the name
    constexpr size_t kDigits = 4;
    constexpr size_t kDigitsOfCode = 5;
    const std::vector<FoldedWord> words = FoldWords(text_);
    for (size_t i = 0; i < words.size(); ++i) {
      const size_t length =
          PhraseLength(TicketPhrase::kNumber, Words(words).subspan(i));
      if (length == 0) continue;
      const size_t end = words[i + length - 1].end;
      const auto first = std::lower_bound(
          chunks_.begin(), chunks_.end(), end,
          [](const Chunk& chunk, size_t place) { return chunk.end <= place; });
      const auto begin = static_cast<size_t>(first - chunks_.begin());
      const size_t reach = std::min(chunks_.size(), begin + kReach);
      for (size_t k = begin; k < reach; ++k) {
        const std::string_view chunk = At(k);
        if (CountDigits(chunk) >=
            (IsAllDigits(chunk) ? kDigits : kDigitsOfCode)) {
          gone_[k] = true;
          break;
        }
      }
    }
  }

  const std::string_view text_;
  const std::vector<Chunk> chunks_;
  std::vector<bool> gone_;
};

}  // namespace

std::string WithoutPersonalData(std::string_view text) {
  return PersonalData(text).Remove();
}

std::vector<TicketSentence> ReadTicket(std::string_view subject,
                                       std::string_view body) {
  std::vector<TicketSentence> sentences;
  const std::string_view matter = WithoutReplyMarks(subject);
  if (!IsGreetingOnly(matter)) {
    AddSentences(WithoutPersonalData(matter), true, &sentences);
  }
  for (const MailLine& line : WrittenLines(body)) {
    AddSentences(WithoutPersonalData(line.text), false, &sentences);
  }
  if (!sentences.empty()) return sentences;
  AddSentences(subject, true, &sentences);
  for (size_t begin = 0; begin < body.size();) {
    const size_t end = std::min(body.find('\n', begin), body.size());
    const std::string line(body.substr(begin, end - begin));
    if (const auto words = FoldWords(line); !words.empty()) {
      sentences.push_back({line, false, IsQuestion(line), false});
    }
    begin = end + 1;
  }
  return sentences;
}

}  // namespace kbsearch::engine
