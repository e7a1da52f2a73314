#include "server/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "tests/integration/fake_library.h"

namespace kbsearch::server {
namespace {

using std::chrono::steady_clock;

constexpr auto kPatience = std::chrono::seconds(10);

WorkerTask Task(std::function<void()> run,
                std::function<void(absl::Status)> drop = nullptr) {
  WorkerTask task;
  task.cancelled = [] { return false; };
  task.run = [run](Worker&) { run(); };
  task.drop = drop != nullptr ? drop : [](const absl::Status& status) {
    ADD_FAILURE() << status;
  };
  return task;
}

// Keeps one worker busy until it is told to go on.
class Blocker {
 public:
  WorkerTask MakeTask() {
    return Task([this] {
      started_.set_value();
      go_on_.get_future().wait();
    });
  }
  void WaitUntilStarted() {
    ASSERT_EQ(started_.get_future().wait_for(kPatience),
              std::future_status::ready);
  }
  void GoOn() { go_on_.set_value(); }

 private:
  std::promise<void> started_;
  std::promise<void> go_on_;
};

class WorkerPoolTest : public ::testing::Test {
 protected:
  std::shared_ptr<testing::FakeLibrary> library_ =
      std::make_shared<testing::FakeLibrary>();
};

TEST_F(WorkerPoolTest, RunsEveryTaskOnceEachWorkerWithItsOwnSearcher) {
  constexpr int kTasks = 200;
  std::mutex mutex;
  std::set<engine::Searcher*> searchers;
  std::set<std::thread::id> threads;
  std::atomic<int> done{0};
  {
    WorkerPool pool(library_, {3, kTasks});
    for (int i = 0; i < kTasks; ++i) {
      WorkerTask task = Task([] {});
      task.run = [&](Worker& worker) {
        std::this_thread::sleep_for(std::chrono::microseconds(100));
        std::lock_guard<std::mutex> lock(mutex);
        searchers.insert(&worker.searcher());
        threads.insert(std::this_thread::get_id());
        ++done;
      };
      ASSERT_TRUE(pool.Submit(std::move(task)).ok());
    }
    const auto limit = steady_clock::now() + kPatience;
    while (done < kTasks && steady_clock::now() < limit) {
      std::this_thread::yield();
    }
  }
  EXPECT_EQ(done, kTasks);
  EXPECT_EQ(searchers.size(), threads.size());
  EXPECT_LE(threads.size(), 3u);
}

TEST_F(WorkerPoolTest, AFullQueueRefuses) {
  WorkerPool pool(library_, {1, 2});
  Blocker blocker;
  ASSERT_TRUE(pool.Submit(blocker.MakeTask()).ok());
  blocker.WaitUntilStarted();
  std::atomic<int> done{0};
  EXPECT_TRUE(pool.Submit(Task([&] { ++done; })).ok());
  EXPECT_TRUE(pool.Submit(Task([&] { ++done; })).ok());
  EXPECT_EQ(pool.queued(), 2u);
  EXPECT_TRUE(absl::IsResourceExhausted(
      pool.Submit(Task([] { ADD_FAILURE() << "a refused task ran"; }))));
  std::promise<void> last;
  blocker.GoOn();
  while (done < 2) std::this_thread::yield();
  EXPECT_TRUE(pool.Submit(Task([&] { last.set_value(); })).ok());
  EXPECT_EQ(last.get_future().wait_for(kPatience), std::future_status::ready);
}

TEST_F(WorkerPoolTest, LateAndAbandonedTasksAreDropped) {
  WorkerPool pool(library_, {1, 10});
  Blocker blocker;
  ASSERT_TRUE(pool.Submit(blocker.MakeTask()).ok());
  blocker.WaitUntilStarted();
  const auto must_not_run = [] { ADD_FAILURE() << "a dropped task ran"; };
  std::promise<absl::StatusCode> late;
  WorkerTask late_task = Task(must_not_run, [&](const absl::Status& status) {
    late.set_value(status.code());
  });
  late_task.deadline = steady_clock::now() + std::chrono::milliseconds(5);
  std::promise<absl::StatusCode> gone;
  WorkerTask gone_task = Task(must_not_run, [&](const absl::Status& status) {
    gone.set_value(status.code());
  });
  gone_task.cancelled = [] { return true; };
  ASSERT_TRUE(pool.Submit(std::move(late_task)).ok());
  ASSERT_TRUE(pool.Submit(std::move(gone_task)).ok());
  std::this_thread::sleep_for(std::chrono::milliseconds(10));
  blocker.GoOn();
  EXPECT_EQ(late.get_future().get(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(gone.get_future().get(), absl::StatusCode::kCancelled);
}

TEST_F(WorkerPoolTest, StopDropsWhatWaitsAndRefusesMore) {
  WorkerPool pool(library_, {1, 10});
  Blocker blocker;
  ASSERT_TRUE(pool.Submit(blocker.MakeTask()).ok());
  blocker.WaitUntilStarted();
  std::promise<absl::StatusCode> dropped;
  ASSERT_TRUE(pool.Submit(Task([] { ADD_FAILURE(); },
                               [&](const absl::Status& status) {
                                 dropped.set_value(status.code());
                               }))
                  .ok());
  std::thread stopper([&] { pool.Stop(); });
  EXPECT_EQ(dropped.get_future().get(), absl::StatusCode::kUnavailable);
  blocker.GoOn();
  stopper.join();
  EXPECT_TRUE(absl::IsUnavailable(pool.Submit(Task([] {}))));
}

TEST_F(WorkerPoolTest, AWorkerKeepsItsAnalyzers) {
  Worker worker(library_);
  EXPECT_EQ(worker.analyzer("el").language(), "el");
  EXPECT_EQ(&worker.analyzer("el"), &worker.analyzer("el"));
  EXPECT_EQ(worker.analyzer("ru").language(), "ru");
}

}  // namespace
}  // namespace kbsearch::server
