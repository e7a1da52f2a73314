#include "indexer/ingest.h"

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "indexer/byte_stream.h"

namespace kbsearch::indexer {
namespace {

// One build, from the first file to the switch.
class Ingestion : public RecordSink {
 public:
  Ingestion(const WalkResult& sources, const ReaderOptions& options,
            engine::GenerationBuilder& builder,
            kbsearch::indexer::Report& report, Progress& progress,
            const std::atomic<bool>& stop)
      : sources_(sources),
        options_(options),
        builder_(builder),
        report_(report),
        progress_(progress),
        stop_(stop) {
    state_.total_files = sources.files.size();
    state_.total_bytes = sources.bytes;
  }

  absl::StatusOr<IngestResult> Run() {
    for (const SourceFile& file : sources_.files) {
      absl::Status status = CheckStop();
      if (status.ok()) status = ReadFile(file);
      if (!status.ok()) return status;
      ++state_.files;
    }
    if (state_.articles == 0) {
      return absl::FailedPreconditionError(
          "no article could be read from the sources; nothing was published");
    }
    if (absl::Status status = CheckStop(); !status.ok()) return status;
    state_.phase = Phase::kPublish;
    ShowProgress();
    absl::StatusOr<engine::GenerationBuilder::Stats> stats = builder_.Publish();
    if (!stats.ok()) return stats.status();
    IngestResult result;
    result.stats = *std::move(stats);
    result.files = state_.files;
    result.bytes = state_.bytes;
    result.detected = detected_;
    result.seconds = Seconds();
    return result;
  }

  absl::Status Add(engine::Article article, uint64_t line) override {
    if (absl::Status status = CheckStop(); !status.ok()) return status;
    ReportItem item;
    item.file = current_file_;
    item.line = line;
    item.article_id = article.id;
    const auto added = builder_.Add(std::move(article));
    if (absl::IsInvalidArgument(added.status())) {
      item.reason = "cannot be indexed";
      item.detail = std::string(added.status().message());
      item.remedy = "correct the article";
      Report(std::move(item));
      return absl::OkStatus();
    }
    if (!added.ok()) return added.status();
    if (added->replaced) {
      item.severity = Severity::kNotice;
      item.reason = "the same id and language again: the later one is kept";
      item.detail = added->language;
      item.remedy = "give each article an id of its own";
      Report(std::move(item));
    }
    ++state_.articles;
    if (added->detected) ++detected_;
    ShowProgress();
    return absl::OkStatus();
  }

  void Report(ReportItem item) override { report_.Add(item); }

 private:
  absl::Status CheckStop() const {
    if (!stop_.load(std::memory_order_relaxed)) return absl::OkStatus();
    return absl::CancelledError("interrupted; nothing was published");
  }

  absl::Status ReadFile(const SourceFile& file) {
    current_file_ = file.path;
    auto stream = OpenFileStream(file.path, [this](size_t bytes) {
      state_.bytes += bytes;
      ShowProgress();
    });
    if (!stream.ok()) {
      ReportUnreadable(file, stream.status());
      return absl::OkStatus();
    }
    std::unique_ptr<Reader>& reader = readers_[file.format];
    if (reader == nullptr) reader = NewReader(file.format, options_);
    return reader->Read(file, *std::move(stream), *this);
  }

  void ReportUnreadable(const SourceFile& file, const absl::Status& status) {
    ReportItem item;
    item.file = file.path;
    if (absl::IsInvalidArgument(status)) {
      item.reason = "not a regular file";
      item.remedy = "name files and folders only";
    } else {
      item.reason = "unreadable file";
      item.detail = std::string(status.message());
      item.remedy = absl::IsPermissionDenied(status)
                        ? "check the file's permissions"
                        : "check that the file is still there";
    }
    Report(std::move(item));
  }

  double Seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() -
                                         start_)
        .count();
  }

  void ShowProgress() {
    state_.seconds = Seconds();
    progress_.Update(state_);
  }

  const WalkResult& sources_;
  const ReaderOptions& options_;
  engine::GenerationBuilder& builder_;
  kbsearch::indexer::Report& report_;
  Progress& progress_;
  const std::atomic<bool>& stop_;
  const std::chrono::steady_clock::time_point start_ =
      std::chrono::steady_clock::now();
  std::map<Format, std::unique_ptr<Reader>> readers_;
  std::string current_file_;
  ProgressState state_;
  uint64_t detected_ = 0;
};

}  // namespace

absl::StatusOr<IngestResult> Ingest(const WalkResult& sources,
                                    const ReaderOptions& options,
                                    engine::GenerationBuilder& builder,
                                    Report& report, Progress& progress,
                                    const std::atomic<bool>& stop) {
  absl::StatusOr<IngestResult> result =
      Ingestion(sources, options, builder, report, progress, stop).Run();
  progress.Finish();
  return result;
}

}  // namespace kbsearch::indexer
