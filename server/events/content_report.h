// What customers ask for and the articles do not answer, and articles that do
// not do their work: the events compared with the index.
#ifndef KBSEARCH_SERVER_EVENTS_CONTENT_REPORT_H_
#define KBSEARCH_SERVER_EVENTS_CONTENT_REPORT_H_

#include <kbsearch/v1/admin_service.pb.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "analyzers/analyzer.h"
#include "engine/search.h"
#include "server/events/insights.h"

namespace kbsearch::server::events {

// The share of runs of three words that two texts have in common (Jaccard):
// "a b c d" and "a b c e" → 1 of 3.
double TextSimilarity(std::string_view a, std::string_view b);

// The corpus as its index has it now.
struct IndexedCorpus {
  engine::Searcher& searcher;
  std::function<analyzers::Analyzer&(const std::string& language)> analyzer;
  std::vector<std::string> languages;
  std::string generation_folder;  // of the live one: holds the list of articles
  engine::Deadline deadline;
};

// For one call and one thread.
class ContentReport {
 public:
  // Everything must outlive the report.
  ContentReport(InsightReader& reader, const IndexedCorpus& index)
      : reader_(reader), window_(reader.window()), index_(index) {}

  // Fills in content_gaps and articles (at most window.max_rows of a problem).
  // Errors: those of the database; DeadlineExceeded.
  absl::Status Fill(v1::GetInsightsResponse* response);

 private:
  using ArticleRow = v1::GetInsightsResponse::ArticleRow;
  struct Found {
    engine::Article article;
    std::vector<std::string> languages;
  };

  absl::Status FillGaps(v1::GetInsightsResponse* response);
  absl::StatusOr<std::optional<UnansweredQuery::Lead>> FindElsewhere(
      const UnansweredQuery& query, bool* is_answered);
  bool IsAbout(const std::string& query, const engine::Hit& hit);

  absl::Status AddNeverFound(const std::vector<ArticleCounts>& counts,
                             v1::GetInsightsResponse* response);
  absl::Status AddStale(const std::vector<ArticleCounts>& counts,
                        v1::GetInsightsResponse* response);
  absl::Status AddNotHelpful(const std::vector<ArticleCounts>& counts,
                             v1::GetInsightsResponse* response);
  absl::Status AddNearDuplicates(const std::vector<ArticleCounts>& counts,
                                 v1::GetInsightsResponse* response);

  // The article in the language; nothing when it is not (or no longer) there.
  absl::StatusOr<std::optional<Found>> Find(const std::string& article_id,
                                            const std::string& language);
  bool IsLate() const {
    return std::chrono::steady_clock::now() > index_.deadline;
  }

  InsightReader& reader_;
  const InsightWindow& window_;
  const IndexedCorpus& index_;
};

}  // namespace kbsearch::server::events

#endif  // KBSEARCH_SERVER_EVENTS_CONTENT_REPORT_H_
