#include "server/library_refresher.h"

#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>

#include <utility>

#include "server/log.h"

namespace kbsearch::server {
namespace {

constexpr std::chrono::milliseconds kGatheringTime{50};
constexpr int kNice = 5;

std::map<std::string, uint64_t> Generations(const engine::Library& library) {
  std::map<std::string, uint64_t> generations;
  for (const engine::CorpusInfo& corpus : library.ListCorpora()) {
    generations[corpus.name] = corpus.generation;
  }
  return generations;
}

}  // namespace

LibraryRefresher::LibraryRefresher(std::shared_ptr<engine::Library> library,
                                   std::chrono::milliseconds interval)
    : library_(std::move(library)),
      interval_(interval),
      generations_(Generations(*library_)) {
  library_->SetChangeListener([this] { Wake(); });
  thread_ = std::thread([this] { Loop(); });
}

LibraryRefresher::~LibraryRefresher() {
  library_->SetChangeListener(nullptr);
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void LibraryRefresher::Wake() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    woken_ = true;
  }
  wake_.notify_all();
}

void LibraryRefresher::Loop() {
  // Articles are analysed here, and searches come first. On Linux this concerns
  // the thread alone, and those that it starts.
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice);
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    wake_.wait_for(lock, interval_, [this] { return stopping_ || woken_; });
    // What comes at the same time is applied together.
    if (wake_.wait_for(lock, kGatheringTime, [this] { return stopping_; })) {
      return;
    }
    woken_ = false;
    lock.unlock();
    Refresh();
    lock.lock();
  }
}

void LibraryRefresher::Refresh() {
  const absl::Status status = library_->Refresh();
  const std::string error(status.message());
  if (error != last_error_ && !status.ok()) {
    spdlog::error("event=refresh_failed detail={}", LogValue(error));
  }
  last_error_ = error;
  std::map<std::string, uint64_t> now = Generations(*library_);
  for (const auto& [corpus, generation] : now) {
    const auto before = generations_.find(corpus);
    if (before == generations_.end() || before->second != generation) {
      spdlog::info("event=corpus_opened corpus={} generation={}",
                   LogValue(corpus), generation);
    }
  }
  for (const auto& [corpus, generation] : generations_) {
    if (now.count(corpus) == 0) {
      spdlog::info("event=corpus_gone corpus={}", LogValue(corpus));
    }
  }
  generations_ = std::move(now);
}

}  // namespace kbsearch::server
