#include "engine/suggestion/mail_text.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "analyzers/characters.h"
#include "engine/suggestion/ticket_phrases.h"

namespace kbsearch::engine {
namespace {

using Lines = std::vector<MailLine>;
using Words = std::span<const FoldedWord>;

// A signature is no longer than this; what is longer is text.
constexpr size_t kMaxSignatureWords = 60;
constexpr size_t kMaxSignatureLines = 12;
constexpr size_t kMaxHeaderLines = 20;
// Words beside a short closing phrase ("Thanks, Ann Smith") and a long one ("je
// vous prie d'agréer, Madame, mes salutations distinguées").
constexpr size_t kBesideShortClosing = 2;
constexpr size_t kBesideLongClosing = 8;
constexpr size_t kLongClosing = 3;
constexpr size_t kMaxNameWords = 3;
constexpr size_t kMaxDeviceWords = 10;
constexpr size_t kMaxAttributionWords = 25;
// With fewer words of the writer's own the forwarded text is the matter.
constexpr size_t kOwnWords = 3;

MailLine MakeLine(std::string_view text) {
  return {std::string(text), FoldWords(text)};
}

Lines SplitLines(std::string_view body) {
  Lines lines;
  for (size_t begin = 0; begin <= body.size();) {
    const size_t end = std::min(body.find('\n', begin), body.size());
    std::string_view line = body.substr(begin, end - begin);
    while (!line.empty() && absl::ascii_isspace(line.back())) {
      line.remove_suffix(1);
    }
    lines.push_back(MakeLine(line));
    begin = end + 1;
  }
  return lines;
}

size_t CountWords(std::span<const MailLine> lines) {
  size_t words = 0;
  for (const MailLine& line : lines) words += line.words.size();
  return words;
}

std::string_view Trimmed(const MailLine& line) {
  const absl::string_view text = absl::StripAsciiWhitespace(line.text);
  return {text.data(), text.size()};
}

bool IsQuoted(const MailLine& line) {
  const std::string_view text = Trimmed(line);
  return !text.empty() && text.front() == '>';
}

MailLine Unquoted(const MailLine& line) {
  std::string_view text = Trimmed(line);
  while (!text.empty() && (text.front() == '>' || text.front() == ' ')) {
    text.remove_prefix(1);
  }
  return MakeLine(text);
}

size_t CountDigits(std::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return absl::ascii_isdigit(c); }));
}

// "On 3 May 2026 at 10:12 Ann <ann@example.org> wrote:"
bool IsAttribution(const MailLine& line) {
  const std::string_view text = Trimmed(line);
  return !text.empty() && text.back() == ':' &&
         line.words.size() <= kMaxAttributionWords &&
         (CountDigits(text) >= 2 || absl::StrContains(line.text, "@")) &&
         FindPhrase(TicketPhrase::kWrote, line.words) > 0;
}

// How many lines, from the first of `lines`, are one attribution.
size_t AttributionLines(std::span<const MailLine> lines) {
  if (IsAttribution(lines[0])) return 1;
  // Mail programs break long lines.
  if (lines.size() < 2 || lines[0].words.empty() ||
      !absl::StrContains(lines[1].text, ":")) {
    return 0;
  }
  return IsAttribution(MakeLine(lines[0].text + " " + lines[1].text)) ? 2 : 0;
}

// "From: Ann", "Van : Ann", "*От:* Анна"
bool IsHeaderField(const MailLine& line) {
  const size_t length = PhraseLength(TicketPhrase::kHeader, line.words);
  if (length == 0) return false;
  const std::string_view rest =
      std::string_view(line.text).substr(line.words[length - 1].end);
  const size_t mark = rest.find_first_not_of(" *\xC2\xA0");
  return mark != std::string_view::npos && rest[mark] == ':';
}

bool IsForwardMark(const MailLine& line) {
  const size_t length = FindPhrase(TicketPhrase::kForward, line.words);
  return length > 0 && line.words.size() <= length + 2;
}

bool IsRule(const MailLine& line) {
  const std::string_view text = Trimmed(line);
  return text.size() >= 5 && line.words.empty() &&
         text.find_first_not_of("-_=*") == std::string_view::npos;
}

// The lines of the mark and header of a mail below; 0 when there are none.
size_t ForwardHeaderLines(std::span<const MailLine> lines) {
  lines = lines.first(std::min(lines.size(), kMaxHeaderLines));
  size_t count = 0;
  bool is_mark = false;
  while (count < lines.size() &&
         (IsForwardMark(lines[count]) || IsRule(lines[count]))) {
    is_mark = is_mark || IsForwardMark(lines[count]);
    ++count;
  }
  size_t fields = 0;
  for (size_t i = count; i < lines.size(); ++i) {
    if (IsHeaderField(lines[i])) {
      count = i + 1;
      ++fields;
    } else if (!lines[i].words.empty() || (fields > 0 && !is_mark)) {
      break;
    }
  }
  return is_mark || fields >= 2 ? count : 0;
}

// Whether the next line with text is quoted by '>'.
bool QuoteFollows(std::span<const MailLine> lines) {
  const auto next =
      std::find_if(lines.begin(), lines.end(),
                   [](const MailLine& line) { return !line.words.empty(); });
  return next != lines.end() && IsQuoted(*next);
}

// The writer's own lines, and in `quoted` those of the mail that is quoted or
// forwarded; of mails below that one nothing.
Lines WithoutQuotes(const Lines& lines, Lines* quoted) {
  Lines own;
  bool is_below = false;  // a header: all is quoted
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::span<const MailLine> rest = std::span(lines).subspan(i);
    if (IsQuoted(lines[i])) {
      quoted->push_back(Unquoted(lines[i]));
      continue;
    }
    size_t header = ForwardHeaderLines(rest);
    const bool is_forward = header > 0;
    if (!is_forward) header = AttributionLines(rest);
    if (header == 0) {
      (is_below ? *quoted : own).push_back(lines[i]);
      continue;
    }
    if (is_below) break;
    is_below = is_forward || !QuoteFollows(rest.subspan(header));
    i += header - 1;
  }
  return own;
}

bool IsDeviceLine(const MailLine& line) {
  return line.words.size() <= kMaxDeviceWords &&
         PhraseLength(TicketPhrase::kDevice, line.words) > 0;
}

// A notice goes from its first phrase's line to the end of the paragraph.
Lines WithoutNotices(const Lines& lines) {
  Lines kept;
  bool in_notice = false;
  for (const MailLine& line : lines) {
    if (line.words.empty()) {
      in_notice = false;
    } else if (FindPhrase(TicketPhrase::kDisclaimer, line.words) > 0) {
      in_notice = true;
    }
    if (!in_notice && !IsDeviceLine(line)) kept.push_back(line);
  }
  return kept;
}

bool IsSignatureMark(const MailLine& line) {
  const std::string_view text = Trimmed(line);
  return text == "--" || text == "—" || text == "---";
}

bool IsClosing(const MailLine& line) {
  const size_t length = PhraseLength(TicketPhrase::kClosing, line.words);
  if (length == 0 || absl::StrContains(line.text, "?") ||
      CountDigits(line.text) > 0) {
    return false;
  }
  return line.words.size() <= length + (length >= kLongClosing
                                            ? kBesideLongClosing
                                            : kBesideShortClosing);
}

bool IsOneCharacter(const FoldedWord& word) {
  size_t end = 0;
  analyzers::DecodeUtf8(word.text, &end);
  return end == word.text.size();
}

// "Κ.Π.", "M. W.", "J.": letters that stand for a name.
bool IsInitials(const MailLine& line) {
  return !line.words.empty() && line.words.size() <= 4 &&
         CountDigits(line.text) == 0 &&
         std::all_of(line.words.begin(), line.words.end(), &IsOneCharacter);
}

// The first line of what the writer adds behind his signature; the end of
// `lines` when there is none soon.
std::span<const MailLine>::iterator FindPostscript(
    std::span<const MailLine> lines) {
  const auto soon = lines.first(std::min(lines.size(), kMaxSignatureLines));
  const auto found =
      std::find_if(soon.begin(), soon.end(), [](const MailLine& line) {
        return PhraseLength(TicketPhrase::kPostscript, line.words) > 0;
      });
  return found == soon.end() ? lines.end()
                             : lines.begin() + (found - soon.begin());
}

// A sentence, which names and addresses are not.
bool IsSentence(const MailLine& line) {
  constexpr size_t kSentenceWords = 5;
  const std::string_view text = Trimmed(line);
  return line.words.size() >= kSentenceWords &&
         absl::StrContains(".?!;", absl::string_view(&text.back(), 1));
}

Lines WithoutSignature(const Lines& lines) {
  Lines kept;
  bool has_text = false;
  const auto last_sentence =
      std::find_if(lines.rbegin(), lines.rend(), &IsSentence);
  // Lines up to the last sentence; no signature begins before it.
  const auto body = static_cast<size_t>(lines.rend() - last_sentence);
  size_t words_after = CountWords(lines);
  for (size_t i = 0; i < lines.size(); ++i) {
    words_after -= lines[i].words.size();
    if (has_text && (IsClosing(lines[i]) || IsSignatureMark(lines[i]))) {
      const std::span<const MailLine> rest = std::span(lines).subspan(i + 1);
      const auto postscript = FindPostscript(rest);
      kept.insert(kept.end(), postscript, rest.end());
      if (postscript != rest.end() ||
          (i + 1 >= body && words_after <= kMaxSignatureWords)) {
        break;
      }
      continue;
    }
    has_text = has_text || !lines[i].words.empty();
    kept.push_back(lines[i]);
  }
  while (!kept.empty() && (kept.back().words.empty() ||
                           (IsInitials(kept.back()) && kept.size() > 1))) {
    kept.pop_back();
  }
  return kept;
}

// REQUIRES: `text` is not empty.
bool BeginsWithCapital(std::string_view text) {
  size_t end = 0;
  return analyzers::IsUpper(analyzers::DecodeUtf8(text, &end));
}

// Bytes of the greeting that the line begins with; 0 when there is none. A name
// goes with it: "Dear Ann Smith,", but not the matter: "Hello printer broken".
size_t GreetingBytes(const MailLine& line) {
  const size_t length = PhraseLength(TicketPhrase::kGreeting, line.words);
  if (length == 0) return 0;
  const std::string_view text = line.text;
  bool capitals = true;
  for (size_t i = length; i <= line.words.size(); ++i) {
    const size_t end = line.words[i - 1].end;
    const size_t next =
        i < line.words.size() ? line.words[i].begin : text.size();
    const std::string_view between = text.substr(end, next - end);
    const bool at_name = i > length;
    const bool ends = next == text.size() ||
                      between.find_first_of(",!;:") != std::string_view::npos ||
                      (!at_name && between.find('.') != std::string_view::npos);
    if (ends && (!at_name || capitals)) return next;
    if (ends || i - length == kMaxNameWords) break;
    if (i < line.words.size()) {
      capitals = capitals && BeginsWithCapital(text.substr(next));
    }
  }
  return line.words[length - 1].end;
}

void RemoveGreetings(Lines* lines) {
  constexpr int kMaxGreetings = 2;
  auto line = lines->begin();
  for (int n = 0; n < kMaxGreetings; ++n) {
    while (line != lines->end() && line->words.empty()) ++line;
    if (line == lines->end()) return;
    const size_t bytes = GreetingBytes(*line);
    if (bytes == 0) return;
    *line = MakeLine(std::string_view(line->text).substr(bytes));
  }
}

}  // namespace

std::vector<MailLine> WrittenLines(std::string_view body) {
  Lines quoted;
  Lines lines = WithoutQuotes(SplitLines(body), &quoted);
  const auto clean = [](const Lines& raw) {
    Lines cleaned = WithoutNotices(raw);
    RemoveGreetings(&cleaned);
    return WithoutSignature(cleaned);
  };
  Lines written = clean(lines);
  if (CountWords(written) < kOwnWords && CountWords(quoted) > 0) {
    const Lines forwarded = clean(quoted);
    written.insert(written.end(), forwarded.begin(), forwarded.end());
  }
  return written;
}

}  // namespace kbsearch::engine
