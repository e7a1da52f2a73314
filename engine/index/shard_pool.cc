#include "engine/index/shard_pool.h"

#include <algorithm>
#include <atomic>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "engine/generations/generations.h"
#include "engine/index/index_document.h"
#include "engine/xapian_call.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;

// Articles waiting for one language; bounds the memory of a build.
constexpr size_t kQueueLimit = 128;

std::string Key(const Article& article) {
  return article.id + "\n" + article.language;
}

}  // namespace

ShardPool::ShardPool(Options options, const ArticleLedger& base,
                     const analyzers::Registry& registry)
    : options_(std::move(options)),
      base_(base),
      registry_(registry),
      fresh_(options_.base_folder.empty()
                 ? std::make_unique<FreshShards>(options_.folder, options_.jobs,
                                                 registry)
                 : nullptr) {
  if (fresh_ != nullptr) return;
  for (const auto& [key, entry] : base_) {
    const auto& [id, language] = key;
    LanguageOf(language).writer->AddKnown(id, entry);
  }
  // A language may be known by parts of other languages' articles only.
  for (const analyzers::LanguageInfo& language : registry_.languages()) {
    std::error_code ignored;
    if (fs::exists(fs::path(options_.base_folder) / language.code, ignored)) {
      LanguageOf(std::string(language.code));
    }
  }
  for (int i = 0; i < options_.jobs; ++i) {
    threads_.emplace_back([this] { Work(); });
  }
}

ShardPool::~ShardPool() { Stop(); }

absl::Status ShardPool::Push(Article article) {
  if (fresh_ != nullptr) return fresh_->Push(std::move(article));
  std::unique_lock lock(mutex_);
  deleted_.erase(Key(article));
  Language& language = LanguageOf(article.language);
  changed_.wait(lock, [&] {
    return language.queue.size() < kQueueLimit || !status_.ok();
  });
  return Enqueue(language, {std::move(article), false});
}

absl::Status ShardPool::Delete(const std::string& id,
                               const std::string& language) {
  if (fresh_ != nullptr) return fresh_->Delete(id, language);
  std::unique_lock lock(mutex_);
  Operation removal{{}, true};
  removal.article.id = id;
  removal.article.language = language;
  deleted_.insert(Key(removal.article));
  return Enqueue(LanguageOf(language), std::move(removal));
}

absl::Status ShardPool::Enqueue(Language& language, Operation operation) {
  if (!status_.ok()) return status_;
  language.queue.push_back(std::move(operation));
  changed_.notify_all();
  return absl::OkStatus();
}

// REQUIRES: mutex_ is held, or the threads have ended or not begun.
ShardPool::Language& ShardPool::LanguageOf(const std::string& name) {
  Language& language = languages_[name];
  if (language.writer != nullptr) return language;
  language.writer = std::make_unique<ShardWriter>(
      ShardWriter::Options{options_.folder, options_.base_folder, name},
      registry_);
  return language;
}

// The idle one with the most work. REQUIRES: mutex_ is held.
ShardPool::Language* ShardPool::NextLanguage() {
  Language* next = nullptr;
  for (auto& [name, language] : languages_) {
    if (!language.busy && !language.queue.empty() &&
        (next == nullptr || next->queue.size() < language.queue.size())) {
      next = &language;
    }
  }
  return next;
}

void ShardPool::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    Language* language = nullptr;
    changed_.wait(lock, [&] {
      language = NextLanguage();
      return language != nullptr || stopping_ || !status_.ok();
    });
    if (language == nullptr || !status_.ok()) return;
    language->busy = true;
    std::deque<Operation> batch = std::exchange(language->queue, {});
    changed_.notify_all();
    lock.unlock();
    PartsOfArticle parts;
    const absl::Status status = Write(batch, *language->writer, &parts);
    lock.lock();
    language->busy = false;
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
  return LanguageOf(language).writer->HasArticle(id);
}

// What the base's databases hold of parts that are no longer so.
void ShardPool::SettleParts(const Keys& rewritten, const Keys& reconsidered) {
  for (const auto& [id, own_language] : rewritten) {
    for (auto& [name, language] : languages_) {
      if (name == own_language) continue;
      language.writer->DeleteForeignPart(id, own_language);
    }
  }
  for (const auto& [id, language] : reconsidered) {
    const auto known = base_.find({id, language});
    if (known == base_.end()) continue;
    const absl::StatusOr<Article> article =
        LanguageOf(language).writer->ReadBaseArticle(id,
                                                     known->second.audience);
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
      LanguageOf(part.part_language).writer->AddForeignPart(part);
      ++added;
    }
  }
  return added;
}

absl::StatusOr<std::vector<LanguageStats>> ShardPool::Finish(
    const Keys& rewritten, const Keys& reconsidered, uint64_t* foreign_parts) {
  if (fresh_ != nullptr) return fresh_->Finish(foreign_parts);
  Stop();
  if (!status_.ok()) return status_;
  const absl::Status added = CallXapian("write the index", [&] {
    SettleParts(rewritten, reconsidered);
    *foreign_parts = AddParts();
  });
  if (!added.ok()) return added;
  // Languages are closed by as many threads as there are jobs.
  std::vector<LanguageStats> stats(languages_.size());
  std::vector<absl::Status> failures(languages_.size());
  std::vector<std::pair<const std::string, Language>*> work;
  for (auto& language : languages_) work.push_back(&language);
  std::atomic<size_t> next{0};
  const auto close = [&] {
    for (size_t i = next++; i < work.size(); i = next++) {
      failures[i] = CallXapian("commit the index", [&, i] {
        const absl::Status finished = work[i]->second.writer->Finish();
        stats[i] = work[i]->second.writer->stats();
        return finished;
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
  return stats;
}

}  // namespace kbsearch::engine
