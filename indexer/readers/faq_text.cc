#include "indexer/readers/faq_text.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "indexer/boilerplate/boilerplate_phrases.h"

namespace kbsearch::indexer {
namespace {

using engine::Block;
using engine::BlockKind;
using engine::FaqEntry;

constexpr size_t kLongestQuestion = 400;  // bytes
constexpr size_t kFewestQuestions = 3;
constexpr double kMostHeadings = 0.6;

// Letters and digits in lower case: what two renderings of one text share.
std::string Essence(std::string_view text) {
  std::string essence;
  essence.reserve(text.size());
  const auto length = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, length, c);
    if (c < 0 || !u_isalnum(c)) continue;
    char buffer[U8_MAX_LENGTH];
    int32_t used = 0;
    U8_APPEND_UNSAFE(buffer, used, u_foldCase(c, U_FOLD_CASE_DEFAULT));
    essence.append(buffer, static_cast<size_t>(used));
  }
  return essence;
}

// "5.1. Is it…?", "12) Is it…?" → "Is it…?"
std::string WithoutNumber(const std::string& question) {
  size_t i = 0;
  while (i < question.size() &&
         (absl::ascii_isdigit(question[i]) || question[i] == '.')) {
    ++i;
  }
  if (i > 0 && i < question.size() && question[i] == ')') ++i;
  const bool numbered = i > 1 && i < question.size() && question[i] == ' ' &&
                        !absl::ascii_isdigit(question[i - 1]);
  return numbered ? question.substr(i + 1) : question;
}

// Finds the questions of one article.
class QuestionFinder {
 public:
  explicit QuestionFinder(const engine::Article& article)
      : blocks_(article.blocks),
        is_faq_page_(NamesFaqPage(FoldedWords(article.title))) {}

  // Where each question stands, or nothing when the article is not a list of
  // them.
  std::vector<size_t> Find() const {
    std::vector<size_t> questions;
    size_t headings = 0;
    for (size_t i = 0; i < blocks_.size(); ++i) {
      const bool is_heading = blocks_[i].kind == BlockKind::kHeading;
      if (is_heading && HasText(i)) ++headings;
      if (IsQuestionBlock(i) && HasText(i)) questions.push_back(i);
    }
    const auto count = static_cast<double>(questions.size());
    const bool mostly = questions.size() >= kFewestQuestions &&
                        count >= kMostHeadings * static_cast<double>(headings);
    if (!mostly && !(is_faq_page_ && questions.size() >= 2)) return {};
    return questions;
  }

  // One past the last block of the answer to the question at `i`.
  size_t EndOfAnswer(size_t i) const {
    const bool is_heading = blocks_[i].kind == BlockKind::kHeading;
    size_t end = i + 1;
    for (; end < blocks_.size(); ++end) {
      if (IsQuestionBlock(end)) break;
      if (blocks_[end].kind != BlockKind::kHeading) continue;
      if (!is_heading || blocks_[end].level <= blocks_[i].level) break;
    }
    return end;
  }

 private:
  // Lines that are no headings count on pages that call themselves FAQ.
  bool IsQuestionBlock(size_t i) const {
    const Block& block = blocks_[i];
    if (block.text.size() > kLongestQuestion || !IsQuestion(block.text)) {
      return false;
    }
    if (block.kind == BlockKind::kHeading) return true;
    return is_faq_page_ && (block.kind == BlockKind::kParagraph ||
                            block.kind == BlockKind::kListItem);
  }

  bool HasText(size_t i) const {
    return i + 1 < blocks_.size() && EndOfAnswer(i) > i + 1;
  }

  const std::vector<Block>& blocks_;
  const bool is_faq_page_;
};

}  // namespace

bool IsQuestion(std::string_view text) {
  auto end = static_cast<int32_t>(text.size());
  UChar32 last = 0;
  while (end > 0) {
    U8_PREV(text.data(), 0, end, last);
    if (!u_isspace(last) && last != 0xBB && last != 0x201D && last != '"' &&
        last != ')') {
      break;
    }
  }
  if (last == '?' || last == 0xFF1F || last == 0x061F) return true;
  if (last != ';' && last != 0x037E) return false;
  // In Greek ';' asks; the letters before it tell.
  while (end > 0) {
    UChar32 c = 0;
    U8_PREV(text.data(), 0, end, c);
    if (c < 0 || !u_isalpha(c)) continue;
    UErrorCode error = U_ZERO_ERROR;
    if (uscript_getScript(c, &error) == USCRIPT_GREEK) return true;
  }
  return false;
}

bool TakeQuestionsFromBlocks(engine::Article* article) {
  if (!article->entries.empty()) return false;
  const QuestionFinder finder(*article);
  const std::vector<size_t> questions = finder.Find();
  if (questions.empty()) return false;
  std::vector<Block>& blocks = article->blocks;
  std::vector<bool> taken(blocks.size());
  for (const size_t question : questions) {
    FaqEntry entry;
    entry.question = WithoutNumber(blocks[question].text);
    entry.anchor = blocks[question].anchor;
    taken[question] = true;
    const size_t end = finder.EndOfAnswer(question);
    for (size_t i = question + 1; i < end; ++i) {
      taken[i] = true;
      if (!entry.answer.empty()) entry.answer += '\n';
      entry.answer += blocks[i].text;
    }
    article->entries.push_back(std::move(entry));
  }
  std::vector<Block> kept;
  for (size_t i = 0; i < blocks.size(); ++i) {
    if (!taken[i]) kept.push_back(std::move(blocks[i]));
  }
  blocks = std::move(kept);
  // A list of the questions at the beginning says them a second time.
  RemoveEntriesFromBlocks(article);
  return true;
}

void RemoveEntriesFromBlocks(engine::Article* article) {
  if (article->entries.empty()) return;
  std::unordered_map<std::string, size_t> questions;
  std::vector<std::string> answers;
  for (size_t i = 0; i < article->entries.size(); ++i) {
    questions.emplace(Essence(article->entries[i].question), i);
    answers.push_back(Essence(article->entries[i].answer));
  }
  std::vector<Block> kept;
  const std::string* answer = nullptr;  // of the question last passed
  for (Block& block : article->blocks) {
    const std::string essence = Essence(block.text);
    if (const auto found = questions.find(essence); found != questions.end()) {
      FaqEntry& entry = article->entries[found->second];
      // A heading's anchor is better than that of a link in a list of contents.
      if (!block.anchor.empty() &&
          (entry.anchor.empty() || block.kind == BlockKind::kHeading)) {
        entry.anchor = block.anchor;
      }
      answer = &answers[found->second];
      continue;
    }
    const bool repeated =
        answer != nullptr && answer->find(essence) != std::string::npos;
    if (repeated) continue;
    if (block.kind == BlockKind::kHeading) answer = nullptr;
    kept.push_back(std::move(block));
  }
  article->blocks = std::move(kept);
}

}  // namespace kbsearch::indexer
