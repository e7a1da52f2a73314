#include "indexer/text/page_blocks.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_split.h"
#include "indexer/boilerplate/boilerplate_phrases.h"

namespace kbsearch::indexer {
namespace {

using engine::Block;
using engine::BlockKind;

// In bytes; letters outside ASCII count twice, which is no matter here.
constexpr size_t kLongestNotice = 600;
constexpr size_t kLongestLabel = 80;
constexpr size_t kShortestProse = 40;
constexpr size_t kLongestMenuItem = 120;
// Share of a menu's text that is in links.
constexpr double kMenuLinkShare = 0.75;
// Letters by which words of a phrase and of the title are one word.
constexpr size_t kSharedPrefix = 5;

enum class Mark : uint8_t { kText, kWeak, kLinks, kBoilerplate };

// The first `count` letters, or nothing when there are fewer.
std::string_view FirstLetters(std::string_view word, size_t count) {
  for (size_t i = 0; i < word.size(); ++i) {
    if ((static_cast<unsigned char>(word[i]) & 0xC0) == 0x80) continue;
    if (count-- == 0) return word.substr(0, i);
  }
  return count == 0 ? word : std::string_view();
}

class Cleaning {
 public:
  Cleaning(std::vector<PageBlock> blocks, std::string_view title)
      : blocks_(std::move(blocks)),
        title_(FoldedWords(title)),
        marks_(blocks_.size(), Mark::kText) {
    folded_.reserve(blocks_.size());
    for (const PageBlock& block : blocks_) {
      folded_.push_back(block.block.text.size() <= kLongestNotice &&
                                block.block.kind != BlockKind::kCode
                            ? FoldedWords(block.block.text)
                            : std::string());
    }
  }

  std::vector<Block> Run() {
    MarkNotices();
    MarkMenus();
    MarkTails();
    SettleMenus();
    SettleLabels();
    if (!HasText()) KeepLinks();
    DropEmptyHeadings();
    std::vector<Block> kept;
    for (size_t i = 0; i < blocks_.size(); ++i) {
      if (marks_[i] == Mark::kText) kept.push_back(std::move(blocks_[i].block));
    }
    return kept;
  }

 private:
  const Block& At(size_t i) const { return blocks_[i].block; }

  bool IsHeading(size_t i) const { return At(i).kind == BlockKind::kHeading; }

  double LinkShare(size_t i) const {
    return static_cast<double>(blocks_[i].link_bytes) /
           static_cast<double>(std::max<size_t>(At(i).text.size(), 1));
  }

  bool IsText(size_t i) const {
    return IsProse(At(i).text) && LinkShare(i) < 0.5;
  }

  // The title speaks of what the phrase speaks of.
  bool SharesWordWithTitle(std::string_view phrase) const {
    for (absl::string_view word :
         absl::StrSplit(absl::string_view(phrase.data(), phrase.size()), ' ')) {
      const std::string_view prefix =
          FirstLetters({word.data(), word.size()}, kSharedPrefix);
      if (prefix.empty()) continue;
      for (size_t at = title_.find(prefix); at != std::string::npos;
           at = title_.find(prefix, at + 1)) {
        if (at == 0 || title_[at - 1] == ' ') return true;
      }
    }
    return false;
  }

  void MarkNotices() {
    for (size_t i = 0; i < blocks_.size(); ++i) {
      if (folded_[i].empty()) continue;
      const std::string_view phrase = FindNoticePhrase(folded_[i]);
      if (!phrase.empty() && !SharesWordWithTitle(phrase)) {
        marks_[i] = Mark::kBoilerplate;
      } else if (At(i).text.size() <= kLongestLabel && !IsHeading(i) &&
                 folded_[i] != title_ && IsPageLabel(folded_[i])) {
        marks_[i] = Mark::kWeak;
      }
    }
  }

  // A paragraph that is a link and nothing else.
  bool IsLinkLine(size_t i) const {
    return At(i).kind == BlockKind::kParagraph && blocks_[i].list == 0 &&
           blocks_[i].links > 0 && LinkShare(i) >= kMenuLinkShare;
  }

  // Lists whose items are links, runs of paragraphs that are links, and lines
  // of several links (breadcrumbs).
  void MarkMenus() {
    for (size_t begin = 0; begin < blocks_.size();) {
      size_t end = begin + 1;
      if (blocks_[begin].list != 0) {
        while (end < blocks_.size() &&
               blocks_[end].list == blocks_[begin].list) {
          ++end;
        }
      } else if (IsLinkLine(begin)) {
        while (end < blocks_.size() && IsLinkLine(end)) ++end;
      }
      if (IsMenu(begin, end)) MarkRange(begin, end, Mark::kLinks);
      begin = end;
    }
  }

  bool IsMenu(size_t begin, size_t end) const {
    size_t bytes = 0;
    size_t link_bytes = 0;
    size_t links = 0;
    for (size_t i = begin; i < end; ++i) {
      if (At(i).kind == BlockKind::kCode || IsHeading(i) || IsText(i) ||
          At(i).text.size() > kLongestMenuItem * (blocks_[i].links + 1)) {
        return false;
      }
      bytes += At(i).text.size();
      link_bytes += blocks_[i].link_bytes;
      links += blocks_[i].links;
    }
    return links >= 2 && static_cast<double>(link_bytes) >=
                             kMenuLinkShare * static_cast<double>(bytes);
  }

  void MarkRange(size_t begin, size_t end, Mark mark) {
    for (size_t i = begin; i < end; ++i) {
      if (marks_[i] == Mark::kText || marks_[i] == Mark::kWeak) {
        marks_[i] = mark;
      }
    }
  }

  // What follows the heading of a tail goes, up to the next text or heading.
  void MarkTails() {
    for (size_t i = 0; i < blocks_.size(); ++i) {
      if (folded_[i].empty() || At(i).text.size() > kLongestLabel ||
          SharesWordWithTitle(folded_[i]) || !IsTailHeading(folded_[i])) {
        continue;
      }
      size_t end = i + 1;
      while (end < blocks_.size() && !IsHeading(end) && !IsText(end)) ++end;
      const bool is_last = end == blocks_.size();
      if (!IsListOfLinks(i + 1, end) || (!is_last && end == i + 1)) continue;
      for (size_t j = i; j < end; ++j) marks_[j] = Mark::kBoilerplate;
    }
  }

  // Steps and values under a heading such as "Comments" are a text, too. Where
  // no link is known, in plain text, short lines below the middle are links.
  bool IsListOfLinks(size_t begin, size_t end) const {
    const bool is_plain_text =
        std::all_of(blocks_.begin(), blocks_.end(), [](const PageBlock& block) {
          return block.links == 0 && block.list == 0 &&
                 block.block.kind == BlockKind::kParagraph;
        });
    const bool by_place = is_plain_text && 2 * begin > blocks_.size();
    for (size_t i = begin; i < end; ++i) {
      const bool is_link = LinkShare(i) >= kMenuLinkShare ||
                           (by_place && At(i).text.size() <= kLongestMenuItem);
      if (marks_[i] == Mark::kText && !is_link) return false;
    }
    return true;
  }

  // Menus go before the first text of the page and after the last; between,
  // a list of links is part of the article.
  void SettleMenus() {
    size_t first = 0;
    while (first < blocks_.size() && !Stands(first)) ++first;
    size_t last = blocks_.size();
    while (last > first && !Stands(last - 1)) --last;
    for (size_t i = first; i < last; ++i) {
      if (marks_[i] == Mark::kLinks) marks_[i] = Mark::kText;
    }
  }

  bool Stands(size_t i) const {
    return marks_[i] == Mark::kText && (IsText(i) || !Wanders(i));
  }

  // Headings and short lines do not end the page's beginning.
  bool Wanders(size_t i) const {
    return IsHeading(i) || (At(i).kind == BlockKind::kParagraph &&
                            At(i).text.size() <= kLongestLabel);
  }

  // A label alone may be a word of the article: only a run of them, or one
  // beside other boilerplate or at the page's ends, goes.
  void SettleLabels() {
    for (size_t begin = 0; begin < blocks_.size();) {
      if (marks_[begin] != Mark::kWeak) {
        ++begin;
        continue;
      }
      size_t end = begin;
      while (end < blocks_.size() && marks_[end] == Mark::kWeak) ++end;
      const bool goes =
          end - begin > 1 || begin == 0 || end == blocks_.size() ||
          marks_[begin - 1] != Mark::kText || marks_[end] != Mark::kText;
      for (size_t i = begin; i < end; ++i) {
        marks_[i] = goes ? Mark::kBoilerplate : Mark::kText;
      }
      begin = end;
    }
  }

  bool HasText() const {
    for (size_t i = 0; i < blocks_.size(); ++i) {
      if (marks_[i] == Mark::kText && !IsHeading(i)) return true;
    }
    return false;
  }

  // An overview page is nothing but links.
  void KeepLinks() {
    std::replace(marks_.begin(), marks_.end(), Mark::kLinks, Mark::kText);
    if (HasText()) return;
    // Nothing but labels and notices: better those than nothing.
    std::fill(marks_.begin(), marks_.end(), Mark::kText);
  }

  // Headings all of whose text has gone.
  void DropEmptyHeadings() {
    for (size_t i = blocks_.size(); i > 0; --i) {
      const size_t heading = i - 1;
      if (!IsHeading(heading) || marks_[heading] != Mark::kText) continue;
      bool gone = false;
      bool left = false;
      for (size_t j = heading + 1; j < blocks_.size(); ++j) {
        if (IsHeading(j) && At(j).level <= At(heading).level) break;
        (marks_[j] == Mark::kText ? left : gone) = true;
      }
      if (gone && !left && At(heading).level > 1) {
        marks_[heading] = Mark::kBoilerplate;
      }
    }
  }

  std::vector<PageBlock> blocks_;
  const std::string title_;
  std::vector<std::string> folded_;
  std::vector<Mark> marks_;
};

// ". ", "; " at the end, "。"…: the marks that end sentences.
bool IsSentenceEnd(UChar32 c) {
  return c == '.' || c == '!' || c == '?' || c == ';' || c == ':' ||
         c == 0x2026 || c == 0x3002 || c == 0x037E || c == 0xFF01 ||
         c == 0xFF1F || c == 0x061F || c == 0x06D4 || c == 0x0964;
}

}  // namespace

bool IsProse(std::string_view text) {
  if (text.size() < kShortestProse) return false;
  const auto length = static_cast<int32_t>(text.size());
  bool mark = false;  // the character before ends a sentence
  for (int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, length, c);
    if (mark && c == ' ') return true;
    const bool closing = c == '"' || c == ')' || c == 0xBB || c == 0x201D;
    mark = IsSentenceEnd(c) || c == 0x3002 || (mark && closing);
  }
  return mark;
}

std::vector<Block> WithoutBoilerplate(std::vector<PageBlock> blocks,
                                      std::string_view title) {
  return Cleaning(std::move(blocks), title).Run();
}

}  // namespace kbsearch::indexer
