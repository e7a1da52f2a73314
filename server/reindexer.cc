#include "server/reindexer.h"

#include <fcntl.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/time_util.h>
#include <signal.h>
#include <spawn.h>
#include <spdlog/spdlog.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "engine/generations/generations.h"
#include "server/log.h"

namespace kbsearch::server {
namespace {

using google::protobuf::util::TimeUtil;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kMergeCheck{5};
// After a merge that failed.
constexpr std::chrono::minutes kMergePause{10};

std::string LastPath(const std::string& data_dir, const std::string& corpus) {
  return engine::CorpusFolder(data_dir, corpus) + "/last-reindex.json";
}

// Starts the program with its standard output on a pipe, whose end to read is
// given out. The signals that the server waits for are its own.
absl::StatusOr<pid_t> Spawn(const std::string& program,
                            const std::vector<std::string>& arguments,
                            int* output) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return ErrnoToStatus(errno, "make a pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  std::vector<char*> argv = {const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);
  pid_t pid = 0;
  const int failed = ::posix_spawn(&pid, program.c_str(), &actions, &attributes,
                                   argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  ::close(ends[1]);
  if (failed != 0) {
    ::close(ends[0]);
    return absl::InternalError(absl::StrCat("cannot start ", program, ": ",
                                            std::strerror(failed),
                                            "; name it with --indexer"));
  }
  *output = ends[0];
  return pid;
}

const char* PhaseOf(const std::string& phase) {
  if (phase == "read") return "reading";
  if (phase == "index") return "indexing";
  if (phase == "publish") return "merging";
  if (phase == "verify") return "verifying";
  return "switching";
}

// What a line of the indexer says.
void Merge(const nlohmann::json& line, v1::Reindex* state) {
  const std::string phase = line.value("phase", "");
  if (phase == "failed") {
    state->set_error(line.value("error", "the build failed"));
    return;
  }
  state->set_phase(PhaseOf(phase));
  const bool counts_articles = line.contains("total_articles");
  if (line.contains("done")) {
    state->set_done(line.value(counts_articles ? "articles" : "done", 0));
    state->set_total(
        line.value(counts_articles ? "total_articles" : "total", 0));
    state->set_bytes(line.value("bytes", int64_t{0}));
    state->set_articles_per_second(line.value("articles_per_second", 0.0));
  }
  if (line.contains("rejected")) {
    state->set_rejected(line.value("rejected", int64_t{0}));
  }
  if (phase == "done") {
    state->set_generation(line.value("generation", int64_t{0}));
    state->set_done(line.value("articles", int64_t{0}));
    state->set_total(state->done());
  }
  state->clear_expected_at();
  if (line.contains("eta_seconds")) {
    *state->mutable_expected_at() = TimeUtil::SecondsToTimestamp(
        TimeUtil::TimestampToSeconds(TimeUtil::GetCurrentTime()) +
        static_cast<int64_t>(line.value("eta_seconds", 0.0)));
  }
  if (const auto gate = line.find("gate"); gate != line.end()) {
    const auto read = google::protobuf::util::JsonStringToMessage(
        gate->dump(), state->mutable_gate());
    if (!read.ok()) state->clear_gate();
  }
}

}  // namespace

struct Reindexer::Operation {
  v1::Reindex state;  // guarded by the Reindexer's mutex
  bool is_merge = false;
  bool cancelled = false;
  pid_t pid = 0;
  std::thread thread;
};

Reindexer::Reindexer(Options options, std::shared_ptr<engine::Library> library)
    : options_(std::move(options)), library_(std::move(library)) {
  merger_ = std::thread([this] { MergeWhereDue(); });
}

Reindexer::~Reindexer() {
  std::vector<OperationPtr> all;
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    all = std::move(ended_);
    for (const auto& [corpus, operation] : running_) {
      operation->cancelled = true;
      if (operation->pid > 0) ::kill(operation->pid, SIGTERM);
      all.push_back(operation);
    }
  }
  wake_.notify_all();
  merger_.join();
  for (const OperationPtr& operation : all) {
    if (operation->thread.joinable()) operation->thread.join();
  }
}

absl::StatusOr<v1::Reindex> Reindexer::Start(
    const v1::StartReindexRequest& request) {
  const auto known = library_->GetCorpus(request.corpus());
  if (!known.ok()) return known.status();
  const absl::Status writable =
      engine::CheckWritable(options_.data_dir, request.corpus());
  if (!writable.ok()) return writable;
  std::vector<std::string> arguments = {"reindex"};
  for (const std::string& source : request.sources()) {
    arguments.insert(arguments.end(), {"--source", source});
  }
  if (request.force()) arguments.emplace_back("--force");
  const auto operation =
      Launch(request.corpus(), std::move(arguments), /*is_merge=*/false);
  if (!operation.ok()) return operation.status();
  std::lock_guard lock(mutex_);
  return (*operation)->state;
}

absl::StatusOr<Reindexer::OperationPtr> Reindexer::Launch(
    const std::string& corpus, std::vector<std::string> arguments,
    bool is_merge) {
  arguments.insert(arguments.end(),
                   {"--background", "--data", options_.data_dir, "--corpus",
                    corpus, "--keep", absl::StrCat(options_.keep)});
  std::lock_guard lock(mutex_);
  for (const OperationPtr& ended : std::exchange(ended_, {})) {
    ended->thread.join();
  }
  if (stopping_) return absl::UnavailableError("the server is stopping");
  if (const auto other = running_.find(corpus); other != running_.end()) {
    return absl::FailedPreconditionError(absl::StrCat(
        "corpus \"", corpus, "\" is being rebuilt: ",
        other->second->state.reindex_id(), "; wait for it or cancel it"));
  }
  auto operation = std::make_shared<Operation>();
  operation->is_merge = is_merge;
  const auto now = TimeUtil::GetCurrentTime();
  operation->state.set_reindex_id(
      absl::StrCat(corpus, is_merge ? "-merge-" : "-",
                   TimeUtil::TimestampToSeconds(now), "-", ++numbers_));
  operation->state.set_corpus(corpus);
  operation->state.set_state(v1::Reindex::STATE_RUNNING);
  operation->state.set_phase("reading");
  *operation->state.mutable_started_at() = now;
  // The thread that starts the program must live as long: the program ends with
  // it.
  std::mutex started_mutex;
  std::condition_variable started;
  std::optional<absl::Status> outcome;
  operation->thread = std::thread([&, this, operation, arguments] {
    int output = -1;
    const absl::StatusOr<pid_t> pid =
        Spawn(options_.program, arguments, &output);
    if (pid.ok()) operation->pid = *pid;
    {
      const std::lock_guard done(started_mutex);
      outcome = pid.status();
      started.notify_one();
    }
    // Nothing of the caller's from here on.
    if (pid.ok()) Run(operation, output);
  });
  {
    std::unique_lock waiting(started_mutex);
    started.wait(waiting, [&] { return outcome.has_value(); });
  }
  if (!outcome->ok()) {
    operation->thread.join();
    return *outcome;
  }
  running_[corpus] = operation;
  if (!is_merge) last_[corpus] = operation;
  Store(operation->state);
  spdlog::info("event=reindex_started id={} corpus={}",
               operation->state.reindex_id(), LogValue(corpus));
  return operation;
}

void Reindexer::Run(const OperationPtr& operation, int output) {
  std::string rest;
  char buffer[4096];
  while (true) {
    const ssize_t got = ::read(output, buffer, sizeof(buffer));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    rest.append(buffer, static_cast<size_t>(got));
    for (size_t end = rest.find('\n'); end != std::string::npos;
         end = rest.find('\n')) {
      TakeLine(operation, rest.substr(0, end));
      rest.erase(0, end + 1);
    }
  }
  ::close(output);
  int wait_status = 0;
  while (::waitpid(operation->pid, &wait_status, 0) < 0 && errno == EINTR) {
  }
  {
    std::lock_guard lock(mutex_);
    operation->pid = 0;  // may be another's from now on
  }
  // The new generation is served when the operation is told to have succeeded.
  library_->Refresh().IgnoreError();
  Settle(operation, wait_status);
}

void Reindexer::TakeLine(const OperationPtr& operation,
                         const std::string& line) {
  const auto parsed = nlohmann::json::parse(line, nullptr, false);
  if (!parsed.is_object()) return;
  std::lock_guard lock(mutex_);
  try {
    Merge(parsed, &operation->state);
  } catch (const nlohmann::json::exception&) {
    return;  // a field of another type: of another version
  }
  Tell(operation->state);
}

void Reindexer::Settle(const OperationPtr& operation, int wait_status) {
  std::lock_guard lock(mutex_);
  v1::Reindex& state = operation->state;
  state.clear_expected_at();
  *state.mutable_finished_at() = TimeUtil::GetCurrentTime();
  if (WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == 0) {
    state.set_state(v1::Reindex::STATE_SUCCEEDED);
    state.set_phase("switching");
    state.clear_error();
  } else if (operation->cancelled) {
    state.set_state(v1::Reindex::STATE_CANCELLED);
    state.set_error("cancelled; the live index is untouched");
  } else {
    state.set_state(v1::Reindex::STATE_FAILED);
    if (state.error().empty()) {
      state.set_error(
          WIFSIGNALED(wait_status)
              ? absl::StrCat("the indexer died of signal ",
                             WTERMSIG(wait_status), " (",
                             strsignal(WTERMSIG(wait_status)),
                             "); the live index is untouched")
              : "the indexer failed; the server's standard error says why");
    }
    merge_not_before_[state.corpus()] = Clock::now() + kMergePause;
  }
  spdlog::info("event=reindex_ended id={} state={} detail={}",
               state.reindex_id(), v1::Reindex::State_Name(state.state()),
               LogValue(state.error()));
  Store(state);
  running_.erase(state.corpus());
  ended_.push_back(operation);
  Tell(state);
}

// REQUIRES: mutex_ is held.
void Reindexer::Tell(const v1::Reindex& state) {
  for (auto& [number, watcher] : watchers_) {
    if (watcher.reindex_id == state.reindex_id()) watcher.observer(state);
  }
}

void Reindexer::Store(const v1::Reindex& state) const {
  std::string json;
  if (state.reindex_id().find("-merge-") != std::string::npos ||
      !google::protobuf::util::MessageToJsonString(state, &json).ok()) {
    return;
  }
  const absl::Status stored = WriteFileAtomically(
      LastPath(options_.data_dir, state.corpus()), json + "\n");
  if (!stored.ok()) {
    const std::string message(stored.message());
    spdlog::warn("event=reindex_not_noted detail={}", LogValue(message));
  }
}

// What a server before this one noted. REQUIRES: mutex_ is held.
void Reindexer::LoadLast(const std::string& corpus) {
  if (last_.contains(corpus) || !engine::ValidateCorpusName(corpus).ok()) {
    return;
  }
  const auto text = ReadFile(LastPath(options_.data_dir, corpus), 1 << 20);
  if (!text.ok()) return;
  auto operation = std::make_shared<Operation>();
  if (!google::protobuf::util::JsonStringToMessage(*text, &operation->state)
           .ok()) {
    return;
  }
  if (operation->state.state() == v1::Reindex::STATE_RUNNING) {
    operation->state.set_state(v1::Reindex::STATE_FAILED);
    operation->state.set_error(
        "the server ended while it ran; the live index is untouched");
  }
  last_[corpus] = std::move(operation);
}

// Null: there is none. REQUIRES: mutex_ is held.
Reindexer::OperationPtr Reindexer::FindOperation(
    const std::string& reindex_id) {
  // <corpus>-<seconds>-<number>, and a corpus may have hyphens too.
  size_t end = reindex_id.rfind('-');
  if (end != std::string::npos && end > 0) end = reindex_id.rfind('-', end - 1);
  if (end == std::string::npos) return nullptr;
  LoadLast(reindex_id.substr(0, end));
  for (const auto* operations : {&running_, &last_}) {
    for (const auto& [name, operation] : *operations) {
      if (operation->state.reindex_id() == reindex_id) return operation;
    }
  }
  return nullptr;
}

absl::StatusOr<v1::Reindex> Reindexer::Get(const std::string& reindex_id) {
  std::lock_guard lock(mutex_);
  const OperationPtr operation = FindOperation(reindex_id);
  if (operation != nullptr) return operation->state;
  return absl::NotFoundError(absl::StrCat(
      "no reindex \"", reindex_id,
      "\"; the last one of each corpus is known, see `kbsearch corpora`"));
}

absl::StatusOr<v1::Reindex> Reindexer::Cancel(const std::string& reindex_id) {
  std::lock_guard lock(mutex_);
  const OperationPtr operation = FindOperation(reindex_id);
  if (operation == nullptr) {
    return absl::NotFoundError(absl::StrCat("no reindex \"", reindex_id, "\""));
  }
  if (operation->pid > 0) {
    operation->cancelled = true;
    ::kill(operation->pid, SIGTERM);
  }
  return operation->state;
}

std::optional<v1::Reindex> Reindexer::Last(const std::string& corpus) {
  std::lock_guard lock(mutex_);
  LoadLast(corpus);
  const auto found = last_.find(corpus);
  if (found == last_.end()) return std::nullopt;
  return found->second->state;
}

absl::StatusOr<uint64_t> Reindexer::Watch(const std::string& reindex_id,
                                          Observer observer) {
  std::lock_guard lock(mutex_);
  const OperationPtr operation = FindOperation(reindex_id);
  if (operation == nullptr) {
    return absl::NotFoundError(absl::StrCat("no reindex \"", reindex_id, "\""));
  }
  observer(operation->state);
  watchers_[++numbers_] = {reindex_id, std::move(observer)};
  return numbers_;
}

void Reindexer::Unwatch(uint64_t number) {
  std::lock_guard lock(mutex_);
  watchers_.erase(number);
}

// Builds changes into a new generation where there are many.
void Reindexer::MergeWhereDue() {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, kMergeCheck, [this] { return stopping_; })) {
    if (options_.merge_after == 0) continue;
    lock.unlock();
    for (const engine::CorpusInfo& info : library_->ListCorpora()) {
      if (info.changed_articles < options_.merge_after) continue;
      {
        std::lock_guard check(mutex_);
        if (running_.contains(info.name) ||
            Clock::now() < merge_not_before_[info.name]) {
          continue;
        }
      }
      const auto started =
          Launch(info.name, {"compact", "--changes-only"}, /*is_merge=*/true);
      if (!started.ok()) {
        const std::string message(started.status().message());
        spdlog::error("event=merge_failed corpus={} detail={}",
                      LogValue(info.name), LogValue(message));
        std::lock_guard note(mutex_);
        merge_not_before_[info.name] = Clock::now() + kMergePause;
      }
    }
    lock.lock();
  }
}

}  // namespace kbsearch::server
