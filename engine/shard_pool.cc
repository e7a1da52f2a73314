#include "engine/shard_pool.h"

#include <algorithm>
#include <atomic>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "engine/generations.h"
#include "engine/index_document.h"
#include "engine/xapian_call.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;

// Articles waiting for one part; bounds the memory of a build.
constexpr size_t kQueueLimit = 128;
// Articles that go to a part in turn. Not fewer, so that small corpora have one
// part.
constexpr uint64_t kLot = 64;
constexpr int kMostLanes = 8;

std::string Key(const Article& article) {
  return article.id + "\n" + article.language;
}

}  // namespace

ShardPool::ShardPool(Options options, const ArticleLedger& base,
                     const analyzers::Registry& registry)
    : options_(std::move(options)),
      base_(base),
      registry_(registry),
      lanes_(options_.base_folder.empty()
                 ? static_cast<size_t>(std::clamp(options_.jobs, 1, kMostLanes))
                 : 1) {
  if (!options_.base_folder.empty()) {
    for (const auto& [key, entry] : base_) {
      const auto& [id, language] = key;
      LanguageOf(language).lanes[0].writer->AddKnown(id, entry);
    }
    // A language may be known by parts of other languages' articles only.
    for (const analyzers::LanguageInfo& language : registry_.languages()) {
      std::error_code ignored;
      if (fs::exists(fs::path(options_.base_folder) / language.code, ignored)) {
        LanguageOf(std::string(language.code));
      }
    }
  }
  for (int i = 0; i < options_.jobs; ++i) {
    threads_.emplace_back([this] { Work(); });
  }
}

ShardPool::~ShardPool() { Stop(); }

absl::Status ShardPool::Push(Article article) {
  std::unique_lock lock(mutex_);
  deleted_.erase(Key(article));
  Language& language = LanguageOf(article.language);
  const size_t lane = language.dealt++ / kLot % lanes_;
  if (lanes_ > 1) {
    const auto [known, added] = language.lane_of.emplace(article.id, lane);
    if (!added && known->second != lane) {
      Operation removal{{}, true};
      removal.article.id = article.id;
      removal.article.language = article.language;
      language.lanes[known->second].queue.push_back(std::move(removal));
      known->second = lane;
    }
  }
  Lane& target = language.lanes[lane];
  changed_.wait(
      lock, [&] { return target.queue.size() < kQueueLimit || !status_.ok(); });
  return Enqueue(target, {std::move(article), false});
}

absl::Status ShardPool::Delete(const std::string& id,
                               const std::string& language) {
  std::unique_lock lock(mutex_);
  Operation removal{{}, true};
  removal.article.id = id;
  removal.article.language = language;
  deleted_.insert(Key(removal.article));
  Language& place = LanguageOf(language);
  const auto known = place.lane_of.find(id);
  const size_t lane = known == place.lane_of.end() ? 0 : known->second;
  return Enqueue(place.lanes[lane], std::move(removal));
}

absl::Status ShardPool::Enqueue(Lane& lane, Operation operation) {
  if (!status_.ok()) return status_;
  lane.queue.push_back(std::move(operation));
  changed_.notify_all();
  return absl::OkStatus();
}

// REQUIRES: mutex_ is held, or the threads have ended or not begun.
ShardPool::Language& ShardPool::LanguageOf(const std::string& name) {
  Language& language = languages_[name];
  if (!language.lanes.empty()) return language;
  language.lanes = std::vector<Lane>(lanes_);
  for (size_t i = 0; i < lanes_; ++i) {
    Lane& lane = language.lanes[i];
    lane.folder = lanes_ == 1 ? options_.folder
                              : absl::StrCat(options_.folder, "/parts/", i);
    lane.writer = std::make_unique<ShardWriter>(
        ShardWriter::Options{lane.folder, options_.base_folder, name},
        registry_);
  }
  return language;
}

// The idle lane with the most work. REQUIRES: mutex_ is held.
ShardPool::Lane* ShardPool::NextLane() {
  Lane* next = nullptr;
  for (auto& [name, language] : languages_) {
    for (Lane& lane : language.lanes) {
      if (!lane.busy && !lane.queue.empty() &&
          (next == nullptr || next->queue.size() < lane.queue.size())) {
        next = &lane;
      }
    }
  }
  return next;
}

void ShardPool::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    Lane* lane = nullptr;
    changed_.wait(lock, [&] {
      lane = NextLane();
      return lane != nullptr || stopping_ || !status_.ok();
    });
    if (lane == nullptr || !status_.ok()) return;
    lane->busy = true;
    std::deque<Operation> batch = std::exchange(lane->queue, {});
    changed_.notify_all();
    lock.unlock();
    PartsOfArticle parts;
    const absl::Status status = Write(batch, *lane->writer, &parts);
    lock.lock();
    lane->busy = false;
    // A later version of an article takes the place of the earlier.
    for (auto& [article, found] : parts) {
      if (found.empty()) {
        parts_.erase(article);
      } else {
        parts_[article] = std::move(found);
      }
    }
    if (!status.ok() && status_.ok()) status_ = status;
    changed_.notify_all();
  }
}

absl::Status ShardPool::Write(std::deque<Operation>& batch, ShardWriter& writer,
                              PartsOfArticle* parts) {
  return CallXapian("write the index", [&] {
    for (const Operation& operation : batch) {
      if (operation.remove) {
        writer.Delete(operation.article.id);
        continue;
      }
      writer.AddArticle(operation.article);
      (*parts)[Key(operation.article)] =
          FindForeignParts(operation.article, registry_.identifier());
    }
  });
}

// Lets the threads finish the queues.
void ShardPool::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

bool ShardPool::HasArticle(const std::string& language, const std::string& id) {
  const std::vector<Lane>& lanes = LanguageOf(language).lanes;
  return std::any_of(lanes.begin(), lanes.end(), [&id](const Lane& lane) {
    return lane.writer->HasArticle(id);
  });
}

// What the base's databases hold of parts that are no longer so.
void ShardPool::SettleParts(const Keys& rewritten, const Keys& reconsidered) {
  for (const auto& [id, own_language] : rewritten) {
    for (auto& [name, language] : languages_) {
      if (name == own_language) continue;
      language.lanes[0].writer->DeleteForeignPart(id, own_language);
    }
  }
  for (const auto& [id, language] : reconsidered) {
    const auto known = base_.find({id, language});
    if (known == base_.end()) continue;
    const absl::StatusOr<Article> article =
        LanguageOf(language).lanes[0].writer->ReadBaseArticle(
            id, known->second.audience);
    if (!article.ok()) continue;
    for (ForeignPart& part :
         FindForeignParts(*article, registry_.identifier())) {
      parts_[Key(*article)].push_back(std::move(part));
    }
  }
}

uint64_t ShardPool::AddParts() {
  uint64_t added = 0;
  for (const auto& [article, parts] : parts_) {
    if (deleted_.contains(article)) continue;
    for (const ForeignPart& part : parts) {
      if (HasArticle(part.part_language, part.article.id)) continue;
      LanguageOf(part.part_language).lanes[0].writer->AddForeignPart(part);
      ++added;
    }
  }
  return added;
}

// Closes the language's writers and merges its parts.
absl::Status ShardPool::Close(const std::string& name, Language& language,
                              LanguageStats* stats) {
  stats->language = name;
  std::array<SpellingCounts, 2> spellings;
  for (Lane& lane : language.lanes) {
    std::array<SpellingCounts, 2> found;
    const absl::Status status =
        lanes_ == 1 ? lane.writer->Finish() : lane.writer->FinishPart(&found);
    if (!status.ok()) return status;
    stats->articles += lane.writer->stats().articles;
    stats->public_articles += lane.writer->stats().public_articles;
    stats->entries += lane.writer->stats().entries;
    for (size_t i = 0; i < found.size(); ++i) {
      for (auto& [exact, counts] : found[i]) {
        for (const auto& [spelling, count] : counts) {
          spellings[i][exact][spelling] += count;
        }
      }
    }
  }
  if (lanes_ == 1) return absl::OkStatus();
  for (const Audience audience : {Audience::kPublic, Audience::kAgent}) {
    std::vector<std::string> parts;
    for (const Lane& lane : language.lanes) {
      std::string folder = ShardFolder(lane.folder, name, audience);
      if (fs::exists(folder)) parts.push_back(std::move(folder));
    }
    if (parts.empty()) continue;
    const std::string folder = ShardFolder(options_.folder, name, audience);
    fs::create_directories(fs::path(folder).parent_path());
    const absl::Status merged = MergeShards(
        parts, folder, spellings.at(static_cast<size_t>(audience)),
        registry_.spelling().Of(name), *registry_.NewAnalyzer(name));
    if (!merged.ok()) return merged;
    for (const std::string& part : parts) fs::remove_all(part);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<LanguageStats>> ShardPool::Finish(
    const Keys& rewritten, const Keys& reconsidered, uint64_t* foreign_parts) {
  Stop();
  if (!status_.ok()) return status_;
  const absl::Status added = CallXapian("write the index", [&] {
    SettleParts(rewritten, reconsidered);
    *foreign_parts = AddParts();
  });
  if (!added.ok()) return added;
  // Languages are merged by as many threads as there are jobs.
  std::vector<LanguageStats> stats(languages_.size());
  std::vector<absl::Status> failures(languages_.size());
  std::vector<std::pair<const std::string, Language>*> work;
  for (auto& language : languages_) work.push_back(&language);
  std::atomic<size_t> next{0};
  const auto close = [&] {
    for (size_t i = next++; i < work.size(); i = next++) {
      failures[i] = CallXapian("commit the index", [&, i] {
        return Close(work[i]->first, work[i]->second, &stats[i]);
      });
    }
  };
  std::vector<std::thread> threads;
  for (int i = 1; i < options_.jobs; ++i) threads.emplace_back(close);
  close();
  for (std::thread& thread : threads) thread.join();
  for (const absl::Status& failure : failures) {
    if (!failure.ok()) return failure;
  }
  std::error_code ignored;
  fs::remove_all(options_.folder + "/parts", ignored);
  return stats;
}

}  // namespace kbsearch::engine
