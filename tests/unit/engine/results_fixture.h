// Searches over a real index of a few articles.
#ifndef KBSEARCH_TESTS_UNIT_ENGINE_RESULTS_FIXTURE_H_
#define KBSEARCH_TESTS_UNIT_ENGINE_RESULTS_FIXTURE_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/search.h"
#include "engine/search/facets.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {

class ResultsTest : public ::testing::Test {
 protected:
  void Index(const std::vector<Article>& articles) {
    Build(data_.path(), articles);
    if (library_ != nullptr) {
      ASSERT_TRUE(library_->Refresh().ok());
      return;
    }
    auto library = Library::Open(data_.path(), TestRegistry());
    ASSERT_TRUE(library.ok()) << library.status();
    library_ = *library;
    searcher_ = library_->NewSearcher();
  }

  static SearchQuery Query(const std::string& text,
                           const std::string& language = "") {
    SearchQuery query;
    query.corpus = "kb";
    query.text = text;
    query.language = language;
    return query;
  }

  SearchResult Search(const SearchQuery& query) {
    auto result = searcher_->Search(query);
    EXPECT_TRUE(result.ok()) << result.status() << " " << query.text;
    return result.ok() ? *std::move(result) : SearchResult();
  }

  std::vector<std::string> Ids(const SearchQuery& query) {
    std::vector<std::string> ids;
    for (const Hit& hit : Search(query).hits) ids.push_back(hit.article_id);
    return ids;
  }

  // "kind article:3 faq:1"
  std::string Facets(const SearchQuery& query) {
    std::string shown;
    for (const Facet& facet : Search(query).facets) {
      if (!shown.empty()) shown += "; ";
      shown += FacetFieldName(facet.field);
      for (const FacetValue& value : facet.values) {
        shown += " " + value.value + ":" + std::to_string(value.count);
      }
    }
    return shown;
  }

  TemporaryFolder data_;
  std::shared_ptr<Library> library_;
  std::unique_ptr<Searcher> searcher_;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_TESTS_UNIT_ENGINE_RESULTS_FIXTURE_H_
