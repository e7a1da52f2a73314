#include "server/events/use_feed.h"

#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>

#include <utility>
#include <vector>

#include "server/events/article_use.h"
#include "server/events/event_recorder.h"
#include "server/log.h"

namespace kbsearch::server::events {
namespace {

constexpr int kNice = 10;
// Reading gives up then, so that a stopping server need not wait long.
constexpr std::chrono::seconds kReadTime{20};
constexpr TimeMs kDayMs = 24 * 3600 * 1000;
constexpr TimeMs kWindowMs = 90 * kDayMs;

}  // namespace

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
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void UseFeed::Loop() {
  // On Linux this concerns the thread alone.
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice);
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    const absl::Status status = Refresh();
    const std::string error(status.message());
    if (!status.ok() && error != last_error_) {
      spdlog::error("event=article_use_failed detail={}", LogValue(error));
    }
    last_error_ = error;
    lock.lock();
    wake_.wait_for(lock, interval_, [this] { return stopping_; });
  }
}

absl::Status UseFeed::Refresh() {
  if (database_ == nullptr) {
    absl::StatusOr<std::unique_ptr<SqlDatabase>> database =
        OpenDatabase(location_);
    if (!database.ok()) return database.status();
    database_ = *std::move(database);
  }
  absl::Status status =
      database_->SetDeadline(SqlDatabase::Deadline::clock::now() + kReadTime);
  if (!status.ok()) return status;
  const TimeMs now = now_();
  for (const engine::CorpusInfo& corpus : library_->ListCorpora()) {
    absl::StatusOr<std::vector<engine::ArticleUse>> uses =
        ReadArticleUse(*database_, corpus.name, now - kWindowMs, now);
    if (!uses.ok()) return uses.status();
    library_->priors()->Put(
        corpus.name,
        uses->empty() ? nullptr
                      : std::make_shared<const engine::ArticlePriors>(*uses));
  }
  return absl::OkStatus();
}

}  // namespace kbsearch::server::events
