#include "engine/index/fresh_shards.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "engine/generations/generations.h"
#include "engine/index/schema.h"
#include "engine/index/shard_writer.h"
#include "engine/xapian_call.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;

// Bytes of text, about 200 articles.
constexpr size_t kLotBytes = 500'000;
// Each part that is being merged has two files open, on each of up to 17
// threads, and a process may have a thousand.
constexpr size_t kMergedAtOnce = 24;
constexpr int kMostThreads = 16;
constexpr std::array kAudiences = {Audience::kPublic, Audience::kAgent};

size_t TextBytes(const Article& article) {
  size_t bytes = article.title.size();
  for (const Block& block : article.blocks) bytes += block.text.size();
  for (const FaqEntry& entry : article.entries) {
    bytes += entry.question.size() + entry.answer.size();
  }
  return bytes;
}

int ThreadsFor(int jobs) { return std::clamp(jobs, 1, kMostThreads); }

absl::StatusOr<bool> Exists(const std::string& path) {
  std::error_code error;
  const bool exists = fs::exists(path, error);
  if (!error) return exists;
  return ErrnoToStatus(error.value(), absl::StrCat("look for ", path));
}

}  // namespace

class FreshShards::Worker {
 public:
  explicit Worker(const analyzers::Registry& registry) : registry_(registry) {}

  analyzers::Analyzer& AnalyzerOf(const std::string& language) {
    std::unique_ptr<analyzers::Analyzer>& analyzer = analyzers_[language];
    if (analyzer == nullptr) analyzer = registry_.NewAnalyzer(language);
    return *analyzer;
  }

 private:
  const analyzers::Registry& registry_;
  std::map<std::string, std::unique_ptr<analyzers::Analyzer>> analyzers_;
};

FreshShards::FreshShards(std::string folder, int jobs,
                         const analyzers::Registry& registry)
    : folder_(std::move(folder)),
      queue_limit_(static_cast<size_t>(ThreadsFor(jobs)) + 1),
      registry_(registry) {
  for (int i = 0; i < ThreadsFor(jobs); ++i) {
    threads_.emplace_back([this] { Work(); });
  }
}

FreshShards::~FreshShards() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    queue_.clear();
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

absl::Status FreshShards::Push(Article article) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock,
                [&] { return queue_.size() < queue_limit_ || !status_.ok(); });
  if (!status_.ok()) return status_;
  Language& language = LanguageOf(article.language);
  Remove(language, article.id);
  language.articles[article.id] = {language.parts, article.audience,
                                   article.entries.size()};
  language.open.bytes += TextBytes(article);
  language.open.articles.push_back(std::move(article));
  if (language.open.bytes >= kLotBytes) CloseLot(language);
  return absl::OkStatus();
}

absl::Status FreshShards::Delete(const std::string& id,
                                 const std::string& language) {
  std::lock_guard lock(mutex_);
  Remove(LanguageOf(language), id);
  return status_;
}

// REQUIRES: mutex_ is held.
FreshShards::Language& FreshShards::LanguageOf(const std::string& name) {
  // The threads read the name of one that is there.
  const auto [place, is_new] = languages_.try_emplace(name);
  if (is_new) place->second.name = name;
  return place->second;
}

// REQUIRES: mutex_ is held.
void FreshShards::Remove(Language& language, const std::string& id) {
  const auto known = language.articles.find(id);
  if (known == language.articles.end()) return;
  if (known->second.part == language.parts) {
    std::erase_if(language.open.articles,
                  [&id](const Article& article) { return article.id == id; });
  } else {
    language.removed[known->second.part].push_back(id);
  }
  language.articles.erase(known);
}

// REQUIRES: mutex_ is held.
void FreshShards::CloseLot(Language& language) {
  if (language.open.articles.empty() && language.open.foreign.empty()) return;
  // A job must be copyable.
  auto lot = std::make_shared<Lot>(std::exchange(language.open, {}));
  Enqueue([this, &language, part = language.parts++, lot](Worker& worker) {
    return WriteLot(language, part, *lot, worker);
  });
}

// REQUIRES: mutex_ is held.
void FreshShards::Enqueue(Job job) {
  queue_.push_back(std::move(job));
  changed_.notify_all();
}

void FreshShards::Work() {
  Worker worker(registry_);
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return !queue_.empty() || stopping_; });
    if (queue_.empty()) return;
    std::optional<Job> job = std::move(queue_.front());
    queue_.pop_front();
    ++running_;
    changed_.notify_all();
    lock.unlock();
    absl::Status status =
        CallXapian("write the index", [&] { return (*job)(worker); });
    job.reset();  // its lot's memory
    lock.lock();
    --running_;
    status_.Update(status);
    if (!status_.ok()) queue_.clear();
    changed_.notify_all();
  }
}

// Waits until nothing is left to do.
absl::Status FreshShards::Drain() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return queue_.empty() && running_ == 0; });
  return status_;
}

std::string FreshShards::PartName(const Language& language, size_t part) const {
  return absl::StrCat(folder_, "/parts/", language.name, "-", part);
}

absl::Status FreshShards::WriteLot(Language& language, size_t part,
                                   const Lot& lot, Worker& worker) {
  ShardWriter writer({PartName(language, part), "", language.name, true},
                     registry_, worker.AnalyzerOf(language.name));
  FoundParts found;
  for (const Article& article : lot.articles) {
    writer.AddArticle(article);
    std::vector<ForeignPart> parts =
        FindForeignParts(article, registry_.identifier());
    if (parts.empty()) continue;
    found[{{article.id, article.language}, part}] = std::move(parts);
  }
  for (const ForeignPart& foreign : lot.foreign) writer.AddForeignPart(foreign);
  std::array<SpellingCounts, 2> spellings;
  const absl::Status status = writer.FinishPart(&spellings);
  if (!status.ok()) return status;
  std::lock_guard lock(mutex_);
  foreign_.merge(found);
  for (size_t i = 0; i < spellings.size(); ++i) {
    language.spellings.at(i).AddAll(spellings.at(i));
  }
  return absl::OkStatus();
}

// Those of articles that are still what they were found in.
uint64_t FreshShards::AddForeignParts() {
  std::lock_guard lock(mutex_);
  uint64_t added = 0;
  for (auto& [place, parts] : foreign_) {
    const auto& [id, own_language] = place.first;
    const auto& articles = languages_.at(own_language).articles;
    const auto holder = articles.find(id);
    if (holder == articles.end() || holder->second.part != place.second) {
      continue;
    }
    for (ForeignPart& part : parts) {
      Language& language = LanguageOf(part.part_language);
      if (language.articles.contains(id)) continue;
      language.open.bytes += TextBytes(part.article);
      language.open.foreign.push_back(std::move(part));
      if (language.open.bytes >= kLotBytes) CloseLot(language);
      ++added;
    }
  }
  foreign_.clear();
  for (auto& [name, language] : languages_) CloseLot(language);
  return added;
}

// Takes articles that have been replaced or deleted out of their parts.
absl::Status FreshShards::DeleteRemoved() {
  {
    std::lock_guard lock(mutex_);
    for (auto& [name, language] : languages_) {
      for (auto& [part, ids] : language.removed) {
        Enqueue([this, &language, part, &ids](Worker&) -> absl::Status {
          for (const Audience audience : kAudiences) {
            const std::string shard =
                PartFolder(PartName(language, part), audience);
            const absl::StatusOr<bool> exists = Exists(shard);
            if (!exists.ok()) return exists.status();
            if (*exists) DeleteArticles(shard, ids);
          }
          return absl::OkStatus();
        });
      }
    }
  }
  return Drain();
}

// Finds the parts that have been written, in their order.
absl::Status FreshShards::ListParts() {
  for (auto& [name, language] : languages_) {
    for (const Audience audience : kAudiences) {
      for (size_t part = 0; part < language.parts; ++part) {
        std::string shard = PartFolder(PartName(language, part), audience);
        const absl::StatusOr<bool> exists = Exists(shard);
        if (!exists.ok()) return exists.status();
        if (!*exists) continue;
        language.merging.at(static_cast<size_t>(audience))
            .push_back(std::move(shard));
      }
    }
  }
  return absl::OkStatus();
}

// Merges parts until there are few enough of each shard for one merge.
absl::Status FreshShards::MergeGroups() {
  for (bool any = true; any;) {
    any = false;
    std::unique_lock lock(mutex_);
    for (auto& [name, language] : languages_) {
      for (std::vector<std::string>& parts : language.merging) {
        if (parts.size() <= kMergedAtOnce) continue;
        any = true;
        std::vector<std::string> groups;
        for (size_t begin = 0; begin < parts.size(); begin += kMergedAtOnce) {
          const size_t end = std::min(begin + kMergedAtOnce, parts.size());
          const std::vector<std::string> group(
              parts.begin() + static_cast<ptrdiff_t>(begin),
              parts.begin() + static_cast<ptrdiff_t>(end));
          groups.push_back(group.front() + "+");
          Enqueue([group, folder = groups.back()](Worker&) {
            return MergeDatabases(group, folder);
          });
        }
        parts = std::move(groups);
      }
    }
    lock.unlock();
    const absl::Status status = Drain();
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

// Makes the shard of its parts; the files beside it are left to other threads
// that have nothing to do.
absl::Status FreshShards::FinishShard(Language& language, Audience audience) {
  const auto i = static_cast<size_t>(audience);
  const std::string folder = ShardFolder(folder_, language.name, audience);
  absl::Status status = MergeDatabases(language.merging.at(i), folder);
  if (status.ok()) {
    status = WriteShardVocabulary(folder, language.spellings.at(i));
  }
  language.spellings.at(i) = SpellingCounts();  // their memory
  if (!status.ok()) return status;
  {
    std::lock_guard lock(mutex_);
    Enqueue([this, &language, folder](Worker&) {
      return WriteShardRescueFiles(folder,
                                   registry_.spelling().Of(language.name));
    });
    Enqueue([&language, folder](Worker& free) {
      return WriteShardTitles(folder, free.AnalyzerOf(language.name));
    });
  }
  std::error_code ignored;
  for (const fs::directory_entry& file :
       fs::directory_iterator(folder, ignored)) {
    StartWriting(file.path());
  }
  return absl::OkStatus();
}

absl::Status FreshShards::Merge() {
  // Merging waits for the disk now and then: one thread more keeps the
  // processors busy.
  threads_.emplace_back([this] { Work(); });
  absl::Status status = ListParts();
  if (status.ok()) status = MergeGroups();
  if (!status.ok()) return status;
  std::vector<std::pair<Language*, Audience>> shards;
  for (auto& [name, language] : languages_) {
    for (const Audience audience : kAudiences) {
      if (language.merging.at(static_cast<size_t>(audience)).empty()) continue;
      shards.emplace_back(&language, audience);
    }
  }
  // The largest first, so that none is begun last.
  const auto parts_of = [](const std::pair<Language*, Audience>& shard) {
    return shard.first->merging.at(static_cast<size_t>(shard.second)).size();
  };
  std::stable_sort(
      shards.begin(), shards.end(),
      [&](const auto& a, const auto& b) { return parts_of(a) > parts_of(b); });
  {
    std::lock_guard lock(mutex_);
    for (const auto& [language, audience] : shards) {
      Enqueue([this, language = language, audience = audience](Worker&) {
        return FinishShard(*language, audience);
      });
    }
  }
  return Drain();
}

absl::StatusOr<std::vector<LanguageStats>> FreshShards::Finish(
    uint64_t* foreign_parts) {
  {
    std::lock_guard lock(mutex_);
    for (auto& [name, language] : languages_) CloseLot(language);
  }
  absl::Status status = Drain();
  if (!status.ok()) return status;
  *foreign_parts = AddForeignParts();
  status = Drain();
  if (status.ok()) status = DeleteRemoved();
  if (status.ok()) status = Merge();
  if (!status.ok()) return status;
  std::vector<LanguageStats> stats;
  for (const auto& [name, language] : languages_) {
    if (language.parts == 0) continue;
    LanguageStats sums;
    sums.language = name;
    for (const auto& [id, held] : language.articles) {
      ++sums.articles;
      if (held.audience == Audience::kPublic) ++sums.public_articles;
      sums.entries += held.entries;
    }
    stats.push_back(std::move(sums));
  }
  std::error_code error;
  fs::remove_all(folder_ + "/parts", error);
  if (!error) return stats;
  return ErrnoToStatus(error.value(),
                       absl::StrCat("remove ", folder_, "/parts"));
}

}  // namespace kbsearch::engine
