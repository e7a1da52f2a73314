#include "server/events/use_feed.h"

#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "server/events/article_use.h"
#include "server/events/event_recorder.h"
#include "server/log.h"

namespace kbsearch::server::events {
namespace {

constexpr int kNice = 10;
// A corpus that takes longer keeps its last counts.
constexpr std::chrono::seconds kReadTime{20};
constexpr int kRest = 20;  // times what counting took
constexpr std::chrono::milliseconds kInterruptPause{50};
constexpr TimeMs kDayMs = 24 * 3600 * 1000;
constexpr TimeMs kWindowMs = 90 * kDayMs;

}  // namespace

std::chrono::steady_clock::duration RestAfter(
    std::chrono::steady_clock::duration taken,
    std::chrono::steady_clock::duration interval) {
  return std::max(interval, kRest * taken);
}

UseFeed::UseFeed(std::string location, std::shared_ptr<engine::Library> library,
                 std::chrono::milliseconds interval,
                 std::function<TimeMs()> now)
    : location_(std::move(location)),
      library_(std::move(library)),
      interval_(interval),
      now_(now ? std::move(now) : SystemTimeMs) {
  thread_ = std::thread([this] { Loop(); });
}

UseFeed::~UseFeed() {
  std::unique_lock lock(mutex_);
  stopping_ = true;
  wake_.notify_all();
  // An interrupt between two statements ends neither.
  while (!ended_) {
    if (database_ != nullptr) database_->Interrupt();
    wake_.wait_for(lock, kInterruptPause, [this] { return ended_; });
  }
  lock.unlock();
  thread_.join();
}

void UseFeed::Loop() {
  // On Linux this concerns the thread alone.
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice);
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    const auto began = std::chrono::steady_clock::now();
    Refresh();
    const auto taken = std::chrono::steady_clock::now() - began;
    lock.lock();
    wake_.wait_for(lock, RestAfter(taken, interval_),
                   [this] { return stopping_; });
  }
  ended_ = true;
  wake_.notify_all();
}

void UseFeed::Refresh() {
  if (!Note("", Open())) return;
  const TimeMs now = now_();
  for (const engine::CorpusInfo& corpus : library_->ListCorpora()) {
    absl::Status status = Refresh(corpus.name, now);
    if (IsStopping()) return;  // which ends statements
    Note(corpus.name, status);
  }
}

absl::Status UseFeed::Open() {
  if (database_ != nullptr) return absl::OkStatus();
  absl::StatusOr<std::unique_ptr<SqlDatabase>> database =
      OpenDatabase(location_);
  if (!database.ok()) return database.status();
  const std::lock_guard lock(mutex_);
  database_ = *std::move(database);
  return absl::OkStatus();
}

absl::Status UseFeed::Refresh(const std::string& corpus, TimeMs now) {
  absl::Status status =
      database_->SetDeadline(SqlDatabase::Deadline::clock::now() + kReadTime);
  if (!status.ok()) return status;
  absl::StatusOr<std::vector<engine::ArticleUse>> uses =
      ReadArticleUse(*database_, corpus, now - kWindowMs, now);
  if (!uses.ok()) return uses.status();
  library_->priors()->Put(
      corpus, uses->empty()
                  ? nullptr
                  : std::make_shared<const engine::ArticlePriors>(*uses));
  return absl::OkStatus();
}

bool UseFeed::Note(const std::string& corpus, const absl::Status& status) {
  const std::string error(status.message());
  if (!status.ok() && error != last_errors_[corpus]) {
    spdlog::error("event=article_use_failed corpus={} detail={}",
                  LogValue(corpus), LogValue(error));
  }
  last_errors_[corpus] = error;
  return status.ok();
}

bool UseFeed::IsStopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

}  // namespace kbsearch::server::events
