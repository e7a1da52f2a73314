#include "engine/search/page_token.h"

#include <gtest/gtest.h>

namespace kbsearch::engine {
namespace {

SearchQuery Query() {
  SearchQuery query;
  query.corpus = "kb";
  query.text = "κωδικός";
  return query;
}

TEST(PageTokenTest, ComesBackForTheSameQuery) {
  SearchQuery query = Query();
  query.page_token = EncodePageToken({7, 20}, query);
  const auto token = DecodePageToken(query);
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ(token->generation, 7u);
  EXPECT_EQ(token->offset, 20u);
}

TEST(PageTokenTest, NoTokenIsTheFirstPage) {
  const auto token = DecodePageToken(Query());
  ASSERT_TRUE(token.ok());
  EXPECT_EQ(token->offset, 0u);
}

TEST(PageTokenTest, AnotherQueryOrAudienceIsRefused) {
  SearchQuery query = Query();
  const std::string token = EncodePageToken({7, 20}, query);
  SearchQuery other = Query();
  other.text = "άλλο";
  other.page_token = token;
  EXPECT_TRUE(absl::IsInvalidArgument(DecodePageToken(other).status()));
  other = Query();
  other.audience = Audience::kAgent;
  other.page_token = token;
  EXPECT_TRUE(absl::IsInvalidArgument(DecodePageToken(other).status()));
  other = Query();
  other.filter.tags = {"t"};
  other.page_token = token;
  EXPECT_TRUE(absl::IsInvalidArgument(DecodePageToken(other).status()));
}

TEST(PageTokenTest, EveryChangedCharacterIsNoticed) {
  SearchQuery query = Query();
  const std::string token = EncodePageToken({7, 20}, query);
  for (size_t i = 0; i + 1 < token.size(); ++i) {
    query.page_token = token;
    query.page_token[i] = token[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(DecodePageToken(query).ok()) << i;
  }
  for (const char* broken : {"x", "!!!", "AAAA", "7.20.abc"}) {
    query.page_token = broken;
    EXPECT_FALSE(DecodePageToken(query).ok()) << broken;
  }
}

}  // namespace
}  // namespace kbsearch::engine
