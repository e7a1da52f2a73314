#include "engine/index/article_check.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/index/index_document.h"
#include "engine/index/stored_document.h"

namespace kbsearch::engine {
namespace {

constexpr size_t kMaxIdBytes = 200;

}  // namespace

absl::Status CheckArticleId(const std::string& id) {
  const bool control = std::any_of(id.begin(), id.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
  if (!id.empty() && id.size() <= kMaxIdBytes && !control && PageId(id) == id &&
      id.front() != ' ' && id.back() != ' ') {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "article id \"", id.substr(0, kMaxIdBytes),
      "\": use 1 to 200 bytes without control characters, not ending in "
      "'#' and a number"));
}

absl::StatusOr<bool> CheckArticle(const analyzers::Registry& registry,
                                  Article* article) {
  absl::Status status = CheckArticleId(article->id);
  if (!status.ok()) return status;
  const std::string text = PlainText(*article);
  if (text.find_first_not_of(" \t\n\r") == std::string::npos) {
    return absl::InvalidArgumentError(
        absl::StrCat("article \"", article->id, "\": no text; give it a body"));
  }
  if (!article->language.empty()) {
    const std::string code = registry.Normalize(article->language);
    if (code.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("article \"", article->id, "\": unknown language \"",
                       article->language, "\"; leave it out to detect it"));
    }
    article->language = code;
    return false;
  }
  const std::vector<analyzers::LanguageGuess> guesses =
      registry.identifier().Identify(article->title + "\n" + text);
  if (guesses.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("article \"", article->id,
                     "\": its language cannot be told; name it in the "
                     "article or with --language"));
  }
  article->language = guesses.front().language;
  return true;
}

}  // namespace kbsearch::engine
