#include "indexer/readers/article_fields.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "indexer/text/timestamp.h"

namespace kbsearch::indexer {
namespace {

constexpr size_t kMaxIdBytes = 200;
constexpr size_t kShownBytes = 60;

// What a report shows of a bad value: whole characters, not a megabyte.
std::string Printable(const std::string& value) {
  if (value.size() <= kShownBytes) return value;
  size_t end = kShownBytes;
  while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) {
    --end;
  }
  return absl::StrCat(value.substr(0, end), "…");
}

std::string Shown(const std::string& value) {
  return absl::StrCat("\"", Printable(value), "\"");
}

// "<id>#<digits>" names an FAQ entry of the article <id>.
bool LooksLikeEntry(const std::string& id) {
  const size_t hash = id.rfind('#');
  return hash != std::string::npos && hash + 1 < id.size() &&
         id.find_first_not_of("0123456789", hash + 1) == std::string::npos;
}

bool HasControlCharacter(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
}

ReportItem Rejected(std::string reason, std::string detail,
                    std::string remedy) {
  ReportItem item;
  item.severity = Severity::kRejected;
  item.reason = std::move(reason);
  item.detail = std::move(detail);
  item.remedy = std::move(remedy);
  return item;
}

bool CheckId(const std::string& id, std::vector<ReportItem>* problems) {
  if (id.empty()) {
    problems->push_back(
        Rejected("no id", "", "give every article a field \"id\""));
  } else if (id.size() > kMaxIdBytes) {
    problems->push_back(Rejected(
        "id too long", absl::StrCat(id.size(), " bytes"),
        absl::StrCat("shorten it to ", kMaxIdBytes, " bytes at most")));
  } else if (HasControlCharacter(id)) {
    problems->push_back(Rejected("control character in the id", "",
                                 "remove line breaks and tabs from the id"));
  } else if (LooksLikeEntry(id)) {
    problems->push_back(
        Rejected("id ends like that of an FAQ entry", Shown(id),
                 "end the id otherwise than with # and a number"));
  } else {
    return true;
  }
  return false;
}

bool ApplyLanguage(const std::string& language, const ReaderOptions& options,
                   engine::Article* article,
                   std::vector<ReportItem>* problems) {
  if (language.empty()) {
    article->language = options.default_language;
    return true;
  }
  article->language = options.normalize_language(language);
  if (!article->language.empty()) return true;
  problems->push_back(
      Rejected("unknown language", Shown(language),
               absl::StrCat("use one of ", options.known_languages,
                            ", or leave it out to have it detected")));
  return false;
}

bool ApplyFields(ArticleFields fields, const ReaderOptions& options,
                 engine::Article* article, std::vector<ReportItem>* problems) {
  if (!CheckId(fields.id, problems) ||
      !ApplyLanguage(fields.language, options, article, problems)) {
    return false;
  }
  if (!fields.kind.empty() && !ParseKind(fields.kind, &article->kind)) {
    problems->push_back(Rejected("unknown kind", Shown(fields.kind),
                                 "use article, faq, procedure, "
                                 "canned_response or forum_thread"));
    return false;
  }
  // Never guessed: a slip here would show internal text to customers.
  if (!fields.audience.empty() &&
      !ParseAudience(fields.audience, &article->audience)) {
    problems->push_back(Rejected("unknown audience", Shown(fields.audience),
                                 "use public or agent"));
    return false;
  }
  if (!fields.updated_at.empty()) {
    const std::optional<int64_t> time = ParseTimestamp(fields.updated_at);
    if (!time.has_value()) {
      ReportItem item = Rejected("not a date", Shown(fields.updated_at),
                                 "write updated_at like 2026-01-31T12:00:00Z; "
                                 "the article is indexed without it");
      item.severity = Severity::kRepaired;
      problems->push_back(std::move(item));
    }
    article->updated_at = time.value_or(0);
  }
  article->id = std::move(fields.id);
  article->title = std::move(fields.title);
  article->url = std::move(fields.url);
  article->category = std::move(fields.category);
  article->tags = std::move(fields.tags);
  return true;
}

}  // namespace

std::optional<engine::Article> MakeArticle(ArticleFields fields,
                                           const SourceFile& file,
                                           uint64_t line,
                                           const ReaderOptions& options,
                                           RecordSink& sink) {
  engine::Article article;
  std::vector<ReportItem> problems;
  const std::string id = Printable(fields.id);
  const bool good =
      ApplyFields(std::move(fields), options, &article, &problems);
  for (ReportItem& problem : problems) {
    problem.file = file.path;
    problem.line = line;
    problem.article_id = id;
    sink.Report(std::move(problem));
  }
  if (!good) return std::nullopt;
  return article;
}

}  // namespace kbsearch::indexer
