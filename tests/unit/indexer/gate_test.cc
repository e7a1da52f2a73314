#include "indexer/gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "engine/generations/generations.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::indexer {
namespace {

using engine::Build;
using engine::MakeArticle;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(GateTest, Ndcg) {
  const double best = 1 + 1 / std::log2(3);
  EXPECT_DOUBLE_EQ(NdcgAt10({"a", "b"}, {"b", "a"}), 1);
  EXPECT_DOUBLE_EQ(NdcgAt10({"x", "a", "b"}, {"a", "b"}),
                   (1 / std::log2(3) + 0.5) / best);
  EXPECT_DOUBLE_EQ(NdcgAt10({"a", "a"}, {"a", "b"}), 1 / best);
  EXPECT_DOUBLE_EQ(NdcgAt10({}, {"a"}), 0);
}

class GateRunTest : public testing::Test {
 protected:
  void Judge(const std::string& lines) {
    ASSERT_TRUE(WriteFileAtomically(engine::CorpusFolder(data_.path(), "kb") +
                                        "/judgements.jsonl",
                                    lines)
                    .ok());
  }
  engine::TemporaryFolder data_;
};

TEST_F(GateRunTest, ComparesTwoGenerationsInEachLanguage) {
  Build(data_.path(), {MakeArticle("a", "el", "Επιστροφή", "Επιστροφή"),
                       MakeArticle("a", "fr", "Remboursement", "Délais")});
  Build(data_.path(), {MakeArticle("a", "el", "Επιστροφή", "Επιστροφή"),
                       MakeArticle("a", "fr", "Livraison", "Délais")});
  EXPECT_FALSE(RunGate(data_.path(), "kb", 1, 2, {}, engine::TestRegistry())
                   ->has_value());
  Judge(
      "{\"id\":\"1\",\"lang\":\"el\",\"text\":\"επιστροφές\",\"relevant\":"
      "[\"el:a\"]}\n\n"
      "{\"id\":\"2\",\"lang\":\"fr\",\"text\":\"remboursements\",\"relevant\":"
      "[\"a\"]}\n");
  GateLimits limits;
  const auto report =
      RunGate(data_.path(), "kb", 1, 2, limits, engine::TestRegistry());
  ASSERT_TRUE(report.ok()) << report.status();
  ASSERT_TRUE(report->has_value());
  ASSERT_EQ((*report)->measures.size(), 2u);
  EXPECT_EQ((*report)->measures[0].after, 1);
  EXPECT_EQ((*report)->measures[1].before, 1);
  EXPECT_EQ((*report)->measures[1].after, 0);
  EXPECT_THAT((*report)->reasons,
              ElementsAre(HasSubstr("fr: mean nDCG@10 of 1 judged queries "
                                    "falls from 1.000 to 0.000")));
  ASSERT_EQ((*report)->changes.size(), 1u);
  EXPECT_EQ((*report)->changes[0].text, "remboursements");
  // Two queries: of two times, the slower would be any.
  EXPECT_EQ((*report)->searches_timed, 200);
  EXPECT_GT((*report)->p95_before, 0);
  EXPECT_EQ(ToJson(**report)["searches_timed"], 200);
  limits.ndcg_fall = 1;
  EXPECT_THAT(
      (*RunGate(data_.path(), "kb", 1, 2, limits, engine::TestRegistry()))
          ->reasons,
      IsEmpty());
}

TEST_F(GateRunTest, ABadLineIsNamed) {
  Build(data_.path(), {MakeArticle("a", "en", "Printer", "Printer")});
  Judge("{\"id\":\"1\"}\n");
  const auto report =
      RunGate(data_.path(), "kb", 1, 1, {}, engine::TestRegistry());
  EXPECT_TRUE(absl::IsInvalidArgument(report.status()));
  EXPECT_THAT(std::string(report.status().message()),
              HasSubstr("judgements.jsonl:1:"));
}

}  // namespace
}  // namespace kbsearch::indexer
