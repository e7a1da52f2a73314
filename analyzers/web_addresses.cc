#include "analyzers/web_addresses.h"

#include <algorithm>
#include <array>

#include "analyzers/characters.h"
#include "analyzers/fold.h"

namespace kbsearch::analyzers {
namespace {

// Domains that the texts of support sites name; a host under another one is
// still found with "www." or a scheme before it.
constexpr std::array<std::u32string_view, 44> kTopLevelDomains = {
    U"com", U"net", U"org",  U"info",     U"biz", U"edu", U"gov", U"int",
    U"io",  U"dev", U"app",  U"shop",     U"eu",  U"gr",  U"cy",  U"fr",
    U"be",  U"ch",  U"lu",   U"ca",       U"nl",  U"ru",  U"by",  U"kz",
    U"ua",  U"su",  U"uk",   U"ie",       U"us",  U"au",  U"nz",  U"de",
    U"at",  U"it",  U"es",   U"pt",       U"pl",  U"tv",  U"co",  U"me",
    U"ελ",  U"рф",  U"test", U"localhost"};

constexpr std::array<std::u32string_view, 46> kExtensions = {
    U"txt",  U"pdf", U"doc", U"docx", U"xls",  U"xlsx",  U"ppt", U"pptx",
    U"odt",  U"ods", U"odp", U"csv",  U"json", U"jsonl", U"xml", U"html",
    U"htm",  U"css", U"js",  U"ts",   U"yaml", U"yml",   U"md",  U"ini",
    U"conf", U"cfg", U"log", U"png",  U"jpg",  U"jpeg",  U"gif", U"svg",
    U"mp3",  U"mp4", U"zip", U"rar",  U"gz",   U"exe",   U"dll", U"msi",
    U"apk",  U"dmg", U"deb", U"iso",  U"bat",  U"sh"};

constexpr size_t kMaxHost = 253;  // characters
// Of an address; further ones are found with the whole only.
constexpr size_t kMaxParts = 100;

template <size_t kSize>
bool Among(const std::array<std::u32string_view, kSize>& list,
           std::u32string_view word) {
  if (word.size() > 9) return false;
  std::u32string lower(word);
  for (char32_t& c : lower) {
    if (c >= U'A' && c <= U'Z') c |= 0x20;
  }
  return std::ranges::find(list, std::u32string_view(lower)) != list.end();
}

bool IsAddressCharacter(char32_t c) {
  if (IsWordCharacter(c)) return true;
  static constexpr std::u32string_view kAllowed = U"-._~:/?#[]@!$&'()*+,;=%";
  return kAllowed.find(c) != std::u32string_view::npos && c != 0;
}

// Punctuation that closes the sentence rather than the address.
size_t TrimAddress(const CleanText& text, size_t begin, size_t end) {
  static constexpr std::u32string_view kClosing = U".,;:!?)]'*";
  while (end > begin && kClosing.find(text[end - 1]) != kClosing.npos) --end;
  return end;
}

size_t SkipAddress(const CleanText& text, size_t begin) {
  size_t end = begin;
  while (IsAddressCharacter(text[end])) ++end;
  return TrimAddress(text, begin, end);
}

void AddPart(const CleanText& text, WordRange range, bool is_word,
             ProtectedToken* token) {
  std::string exact = Fold(text.Slice(range.begin, range.end));
  const auto same = [&](const auto& part) { return part.exact == exact; };
  if (exact.empty() || exact == token->exact ||
      token->parts.size() >= kMaxParts ||
      std::ranges::any_of(token->parts, same)) {
    return;
  }
  token->parts.push_back(
      {range.begin, range.end, TokenRole::kPart, is_word, std::move(exact)});
}

void AddWords(const CleanText& text, WordRange range, bool are_words,
              ProtectedToken* token) {
  for (size_t i = range.begin; i < range.end;) {
    const size_t start = i;
    while (i < range.end && IsWordCharacter(text[i])) ++i;
    if (i - start > 1) AddPart(text, {start, i}, are_words, token);
    if (i < range.end) ++i;
  }
}

struct Host {
  std::vector<WordRange> labels;
  size_t end = 0;
};

// No labels: none begins here, or it is longer than a name may be (RFC 1035).
Host ScanHost(const CleanText& text, size_t begin) {
  Host host;
  size_t i = begin;
  while (IsWordCharacter(text[i])) {
    const size_t start = i;
    while (IsWordCharacter(text[i]) ||
           (text[i] == U'-' && IsWordCharacter(text[i + 1]))) {
      ++i;
    }
    if (i - begin > kMaxHost) return {};
    host.labels.push_back({start, i});
    host.end = i;
    if (text[i] != U'.' || !IsWordCharacter(text[i + 1])) break;
    ++i;
  }
  return host;
}

bool IsWww(const CleanText& text, WordRange label) {
  return label.end - label.begin == 3 && (text[label.begin] | 0x20) == U'w' &&
         (text[label.begin + 1] | 0x20) == U'w' &&
         (text[label.begin + 2] | 0x20) == U'w';
}

// The whole host, without www., and each of its labels but the last.
void AddHostParts(const CleanText& text, const Host& host,
                  ProtectedToken* token) {
  if (host.labels.size() < 2) return;
  const size_t first = IsWww(text, host.labels.front()) ? 1 : 0;
  AddPart(text, {host.labels[first].begin, host.end}, false, token);
  for (size_t i = first; i + 1 < host.labels.size(); ++i) {
    AddPart(text, host.labels[i], false, token);
  }
}

// An address whose host begins at `host_begin` and that ends at `end`.
bool MakeAddress(const CleanText& text, size_t host_begin, size_t end,
                 ProtectedToken* token) {
  Host host = ScanHost(text, host_begin);
  if (host.labels.empty() || end <= host_begin) return false;
  host.end = std::min(host.end, end);
  const size_t shown =
      IsWww(text, host.labels.front()) && host.labels.size() > 1
          ? host.labels[1].begin
          : host_begin;
  size_t address_end = end;
  const std::u32string_view address = text.Slice(shown, end);
  if (const size_t query = address.find_first_of(U"?#");
      query != address.npos) {
    address_end = shown + query;
  }
  const size_t path_begin = std::min(host.end, address_end);
  while (address_end > shown && text[address_end - 1] == U'/') --address_end;
  if (address_end <= shown) return false;
  token->end = end;
  token->exact = Fold(text.Slice(shown, address_end));
  if (token->exact.empty()) return false;
  AddHostParts(text, host, token);
  if (address_end > path_begin) {
    AddWords(text, {path_begin, address_end}, true, token);
  }
  return true;
}

}  // namespace

bool MatchUrl(const CleanText& text, size_t begin, ProtectedToken* token) {
  size_t i = begin;
  while (IsAsciiAlnum(text[i]) && i < begin + 12) ++i;
  if (i > begin + 1 && text[i] == U':' && text[i + 1] == U'/' &&
      text[i + 2] == U'/' && IsWordCharacter(text[i + 3])) {
    return MakeAddress(text, i + 3, SkipAddress(text, i + 3), token);
  }
  const bool www = i == begin + 3 && IsWww(text, {begin, i}) &&
                   text[i] == U'.' && IsWordCharacter(text[i + 1]);
  return www && MakeAddress(text, begin, SkipAddress(text, begin), token);
}

bool MatchEmail(const CleanText& text, size_t begin, ProtectedToken* token) {
  size_t at = begin;
  while (IsWordCharacter(text[at]) || text[at] == U'.' || text[at] == U'_' ||
         text[at] == U'+' || text[at] == U'-' || text[at] == U'%') {
    if (++at > begin + 64) return false;
  }
  if (at == begin || text[at] != U'@') return false;
  const Host host = ScanHost(text, at + 1);
  if (host.labels.size() < 2) return false;
  token->end = host.end;
  token->exact = Fold(text.Slice(begin, host.end));
  AddPart(text, {begin, at}, false, token);
  AddWords(text, {begin, at}, false, token);
  AddHostParts(text, host, token);
  return !token->exact.empty();
}

bool MatchHost(const CleanText& text, size_t begin, ProtectedToken* token) {
  const Host host = ScanHost(text, begin);
  if (host.labels.size() < 2) return false;
  const WordRange last = host.labels.back();
  if (!Among(kTopLevelDomains, text.Slice(last.begin, last.end))) return false;
  // "terminé.De plus": a sentence begins with a capital.
  if (IsUpper(text[last.begin]) && IsLower(text[last.begin + 1])) return false;
  size_t end = host.end;
  if (text[end] == U'/' && IsWordCharacter(text[end + 1])) {
    end = SkipAddress(text, end);
  }
  return MakeAddress(text, begin, end, token);
}

bool MatchFileName(const CleanText& text, size_t begin, ProtectedToken* token) {
  size_t end = begin;
  while (IsWordCharacter(text[end]) ||
         ((text[end] == U'_' || text[end] == U'-' || text[end] == U'.') &&
          IsWordCharacter(text[end + 1]))) {
    if (++end > begin + 120) return false;
  }
  const std::u32string_view name = text.Slice(begin, end);
  const size_t dot = name.rfind(U'.');
  if (dot == name.npos || dot == 0 ||
      !Among(kExtensions, name.substr(dot + 1))) {
    return false;
  }
  token->end = end;
  token->exact = Fold(name);
  AddWords(text, {begin, begin + dot}, true, token);
  AddPart(text, {begin + dot + 1, end}, false, token);
  return !token->exact.empty();
}

}  // namespace kbsearch::analyzers
