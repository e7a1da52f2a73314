// A corpus is held as a whole while its log is trimmed.
#include "engine/generations/held_corpus.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <random>
#include <thread>

#include "base/file.h"
#include "engine/live/change_log.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;

// Each of many pieces of the log goes at some moment of a call, often between
// its listing and its opening; at most one a call, which is tried again.
TEST(HeldCorpusTest, APieceOfTheLogThatIsTrimmedMeanwhileIsNotMissed) {
  constexpr int kPieces = 200;
  const TemporaryFolder data;
  Build(data.path(), {MakeArticle("a", "ru", "Возврат", "Возврат денег")});
  const std::string log = ChangesFolder(data.path(), "kb");
  fs::create_directories(log);
  const auto piece = [&](int i) {
    return log + "/" + std::to_string(1000 + i) + ".log";
  };
  for (int i = 0; i < kPieces; ++i) {
    ASSERT_TRUE(WriteFileAtomically(piece(i), "").ok());
  }
  std::atomic<int> calls{0};
  std::thread trimmer([&] {
    std::minstd_rand random(7);
    for (int i = 0; i < kPieces; ++i) {
      const int before = calls;
      while (calls == before) std::this_thread::yield();
      std::this_thread::sleep_for(std::chrono::microseconds(random() % 3000));
      fs::remove(piece(i));
    }
  });
  while (fs::exists(piece(kPieces - 1))) {
    const auto held = HoldCorpus(data.path(), "kb");
    EXPECT_TRUE(held.ok()) << held.status();
    ++calls;
  }
  trimmer.join();
}

TEST(HeldCorpusTest, ACorpusWithoutItsFilesIsNamed) {
  const TemporaryFolder data;
  Build(data.path(), {MakeArticle("a", "fr", "Retour", "Retour")});
  fs::remove_all(data.path() + "/corpora/kb/generations/1");
  const absl::Status damaged = HoldCorpus(data.path(), "kb").status();
  EXPECT_TRUE(absl::IsDataLoss(damaged)) << damaged;
  fs::remove_all(data.path() + "/corpora/kb");
  const absl::Status gone = HoldCorpus(data.path(), "kb").status();
  EXPECT_TRUE(absl::IsNotFound(gone)) << gone;
}

}  // namespace
}  // namespace kbsearch::engine
