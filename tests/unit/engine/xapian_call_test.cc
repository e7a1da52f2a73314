#include "engine/xapian_call.h"

#include <gtest/gtest.h>
#include <xapian.h>

#include <new>
#include <stdexcept>

namespace kbsearch::engine {
namespace {

template <typename Error>
absl::StatusCode CodeOf(const Error& error) {
  return CallXapian("test", [&]() -> int { throw error; }).status().code();
}

TEST(XapianCallTest, EveryKindOfErrorHasItsCode) {
  EXPECT_EQ(CodeOf(Xapian::DatabaseLockError("x")),
            absl::StatusCode::kUnavailable);
  EXPECT_EQ(CodeOf(Xapian::DatabaseModifiedError("x")),
            absl::StatusCode::kAborted);
  EXPECT_EQ(CodeOf(Xapian::DatabaseNotFoundError("x")),
            absl::StatusCode::kDataLoss);
  EXPECT_EQ(CodeOf(Xapian::DatabaseCorruptError("x")),
            absl::StatusCode::kDataLoss);
  EXPECT_EQ(CodeOf(Xapian::DatabaseError("x")), absl::StatusCode::kDataLoss);
  EXPECT_EQ(CodeOf(Xapian::InvalidArgumentError("x")),
            absl::StatusCode::kInternal);
  EXPECT_EQ(CodeOf(std::bad_alloc()), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(CodeOf(std::runtime_error("x")), absl::StatusCode::kInternal);
}

TEST(XapianCallTest, ValuesAndStatusesPass) {
  EXPECT_EQ(*CallXapian("test", [] { return 4; }), 4);
  EXPECT_TRUE(CallXapian("test", [] {}).ok());
  EXPECT_TRUE(absl::IsNotFound(
      CallXapian("test", [] { return absl::NotFoundError("x"); })));
}

}  // namespace
}  // namespace kbsearch::engine
