#include "indexer/ingest.h"

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/parallel.h"
#include "indexer/corpus_survey.h"
#include "indexer/sources/source_reading.h"
#include "indexer/sources/spool.h"
#include "indexer/translations.h"

namespace kbsearch::indexer {
namespace {

// Records judged at one time.
constexpr size_t kBatchBytes = 4'000'000;

// One build, from the first file to the switch: all sources are read into a
// spool, then the articles judged and indexed from it.
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
        stop_(stop),
        survey_(options.identify) {
    state_.total_files = sources.files.size();
    state_.total_bytes = sources.bytes;
  }

  absl::StatusOr<IngestResult> Run() {
    absl::StatusOr<std::unique_ptr<Spool>> spool =
        Spool::Create(builder_.scratch_folder());
    if (!spool.ok()) return spool.status();
    spool_ = *std::move(spool);
    absl::Status status = ReadAll();
    if (!status.ok()) return status;
    if (records_ == 0) {
      return absl::FailedPreconditionError(
          "no article could be read from the sources; nothing was published");
    }
    status = IndexAll();
    if (!status.ok()) return status;
    return Publish();
  }

  // A reader found a record.
  absl::Status Add(Record record) override {
    absl::Status status = CheckStop();
    if (status.ok()) status = spool_->Add(record);
    if (!status.ok()) return status;
    survey_.Count(record.article);
    translations_.Add(records_, record);
    ++records_;
    ++state_.articles;
    ShowProgress();
    return absl::OkStatus();
  }

  void Report(ReportItem item) override { report_.Add(item); }

 private:
  absl::Status CheckStop() const {
    if (!stop_.load(std::memory_order_relaxed)) return absl::OkStatus();
    return absl::CancelledError("interrupted; nothing was published");
  }

  absl::Status ReadAll() {
    return ReadSources(
        sources_.files, options_, *this,
        [this](uint64_t files, uint64_t bytes) {
          state_.files += files;
          state_.bytes += bytes;
          ShowProgress();
        },
        [this] { return CheckStop(); });
  }

  absl::Status IndexAll() {
    absl::Status status = spool_->Rewind();
    if (!status.ok()) return status;
    state_.phase = Phase::kIndex;
    state_.total_articles = records_;
    state_.articles = 0;
    const auto ids = translations_.Resolve();
    uint32_t number = 0;
    std::vector<Record> batch;
    do {
      status = TakeBatch(&batch);
      if (!status.ok()) return status;
      std::vector<CorpusSurvey::Look> looks(batch.size());
      RunInParallel(ThreadsOf(options_.jobs), batch.size(),
                    [&](size_t, size_t i) {
                      if (batch[i].is_final) return;
                      looks[i] = survey_.LookAt(batch[i]);
                    });
      for (size_t i = 0; i < batch.size(); ++i) {
        status = CheckStop();
        if (!status.ok()) return status;
        Record& record = batch[i];
        if (const auto id = ids.find(number++); id != ids.end()) {
          record.article.id = id->second;
        }
        if (!record.is_final) survey_.Judge(&record, looks[i], *this);
        status = Index(std::move(record));
        if (!status.ok()) return status;
      }
    } while (!batch.empty());
    return absl::OkStatus();
  }

  // The next records of the spool; none at its end.
  absl::Status TakeBatch(std::vector<Record>* batch) {
    batch->clear();
    size_t bytes = 0;
    while (bytes < kBatchBytes) {
      Record record;
      const absl::StatusOr<bool> more = spool_->Next(&record);
      if (!more.ok()) return more.status();
      if (!*more) break;
      bytes += sizeof(Record);
      for (const engine::Block& block : record.article.blocks) {
        bytes += sizeof(block) + block.text.size();
      }
      for (const engine::FaqEntry& entry : record.article.entries) {
        bytes += sizeof(entry) + entry.answer.size();
      }
      batch->push_back(std::move(record));
    }
    return absl::OkStatus();
  }

  absl::Status Index(Record record) {
    ReportItem item;
    item.file = std::move(record.file);
    item.line = record.line;
    item.article_id = record.article.id;
    const auto added = builder_.Add(std::move(record.article));
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

  absl::StatusOr<IngestResult> Publish() {
    if (state_.articles == 0) {
      return absl::FailedPreconditionError(
          "no article of the sources can be indexed; nothing was published");
    }
    if (absl::Status status = CheckStop(); !status.ok()) return status;
    state_.phase = Phase::kPublish;
    ShowProgress();
    absl::StatusOr<engine::GenerationBuilder::Stats> stats = builder_.Publish();
    if (!stats.ok()) return stats.status();
    ReportVanished(*stats);
    IngestResult result;
    result.stats = *std::move(stats);
    result.files = state_.files;
    result.bytes = state_.bytes;
    result.detected = detected_;
    result.seconds = Seconds();
    return result;
  }

  void ReportVanished(const engine::GenerationBuilder::Stats& stats) {
    for (const auto& [id, language] : stats.vanished) {
      Report({"", 0, id, Severity::kNotice,
              stats.pruned ? "no longer in the sources: deleted"
                           : "no longer in the sources: kept",
              language,
              stats.pruned ? "" : "delete such articles with --prune"});
    }
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
  std::unique_ptr<Spool> spool_;
  CorpusSurvey survey_;
  Translations translations_;
  uint32_t records_ = 0;
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
