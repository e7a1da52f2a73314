#include "indexer/ingest.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/parallel.h"
#include "indexer/corpus_survey.h"
#include "indexer/reading_note.h"
#include "indexer/sources/source_digest.h"
#include "indexer/sources/source_reading.h"
#include "indexer/sources/spool.h"
#include "indexer/translations.h"

namespace kbsearch::indexer {
namespace {

// Records looked at at one time.
constexpr size_t kBatchBytes = 4'000'000;

size_t BytesOf(const Record& record) {
  size_t bytes = sizeof(Record);
  for (const engine::Block& block : record.article.blocks) {
    bytes += sizeof(block) + block.text.size();
  }
  for (const engine::FaqEntry& entry : record.article.entries) {
    bytes += sizeof(entry) + entry.answer.size();
  }
  return bytes;
}

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
        survey_(std::in_place, options.identify) {
    state_.total_files = sources.files.size();
    state_.total_bytes = sources.bytes;
  }

  absl::StatusOr<IngestResult> Run() {
    // Before they are read: what changes meanwhile is read again next time.
    const std::string stamp = StampOfSources(sources_.files);
    note_.sources = DigestOfSources(sources_.files, options_, stop_);
    absl::StatusOr<std::optional<IngestResult>> known = TakeKnown();
    if (!known.ok()) return known.status();
    if (known->has_value()) return **std::move(known);
    absl::StatusOr<std::unique_ptr<Spool>> spool =
        Spool::Create(builder_.scratch_folder());
    if (!spool.ok()) return spool.status();
    spool_ = *std::move(spool);
    absl::Status status = ReadAll();
    if (status.ok()) status = SpoolBatch();
    if (!status.ok()) return status;
    if (StampOfSources(sources_.files) != stamp) note_.sources.clear();
    if (looks_.empty()) {
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
    if (!status.ok()) return status;
    batch_bytes_ += BytesOf(record);
    batch_.push_back(std::move(record));
    if (batch_bytes_ < kBatchBytes) return absl::OkStatus();
    return SpoolBatch();
  }

  void Report(ReportItem item) override {
    report_.Add(item);
    if (note_.items.size() <= kMostNotedItems) {
      note_.items.push_back(std::move(item));
    }
  }

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

  // Looks at the records that have come, by all threads, and spools them.
  absl::Status SpoolBatch() {
    std::vector<std::string> encoded(batch_.size());
    std::vector<CorpusSurvey::Look> looks(batch_.size());
    RunInParallel(ThreadsOf(options_.jobs), batch_.size(),
                  [&](size_t, size_t i) {
                    encoded[i] = Spool::Encode(batch_[i]);
                    looks[i] = survey_->LookAt(batch_[i]);
                  });
    for (size_t i = 0; i < batch_.size(); ++i) {
      const absl::Status status = spool_->AddEncoded(encoded[i]);
      if (!status.ok()) return status;
      survey_->Count(batch_[i].article, &looks[i]);
      translations_.Add(static_cast<uint32_t>(looks_.size()), batch_[i]);
      looks_.push_back(std::move(looks[i]));
    }
    state_.articles += batch_.size();
    batch_.clear();
    batch_bytes_ = 0;
    ShowProgress();
    return absl::OkStatus();
  }

  absl::Status IndexAll() {
    absl::Status status = spool_->Rewind();
    if (!status.ok()) return status;
    state_.phase = Phase::kIndex;
    state_.total_articles = looks_.size();
    state_.articles = 0;
    const auto ids = translations_.Resolve();
    for (uint32_t number = 0; number < looks_.size(); ++number) {
      status = CheckStop();
      if (!status.ok()) return status;
      Record record;
      const absl::StatusOr<bool> more = spool_->Next(&record);
      if (!more.ok()) return more.status();
      if (!*more)
        return absl::DataLossError("articles that were read are gone");
      if (const auto id = ids.find(number); id != ids.end()) {
        record.article.id = id->second;
      }
      if (!record.is_final) survey_->Judge(&record, looks_[number], *this);
      status = Index(std::move(record));
      if (!status.ok()) return status;
    }
    // Merging needs memory.
    survey_.reset();
    looks_ = {};
    spool_.reset();
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
    if (!added->replaced) ++distinct_;
    if (added->detected) ++detected_;
    ShowProgress();
    return absl::OkStatus();
  }

  // The result of sources that the live generation was made of.
  absl::StatusOr<std::optional<IngestResult>> TakeKnown() {
    if (note_.sources.empty() || builder_.live_folder().empty()) {
      return std::nullopt;
    }
    const absl::StatusOr<ReadingNote> known =
        ReadReadingNote(builder_.live_folder());
    if (!known.ok() || known->sources != note_.sources) return std::nullopt;
    absl::StatusOr<std::optional<engine::GenerationBuilder::Stats>> stats =
        builder_.Unchanged(known->articles);
    if (!stats.ok()) return stats.status();
    if (!stats->has_value()) return std::nullopt;
    for (const ReportItem& item : known->items) report_.Add(item);
    IngestResult result;
    result.stats = **std::move(stats);
    result.files = sources_.files.size();
    result.bytes = sources_.bytes;
    result.detected = known->detected;
    result.seconds = Seconds();
    result.same_sources = true;
    return result;
  }

  // For the next build.
  absl::Status WriteNote() {
    if (note_.sources.empty() || note_.items.size() > kMostNotedItems) {
      return absl::OkStatus();
    }
    note_.articles = distinct_;
    note_.detected = detected_;
    return WriteReadingNote(builder_.scratch_folder(), note_);
  }

  absl::StatusOr<IngestResult> Publish() {
    if (state_.articles == 0) {
      return absl::FailedPreconditionError(
          "no article of the sources can be indexed; nothing was published");
    }
    if (absl::Status status = CheckStop(); !status.ok()) return status;
    if (absl::Status status = WriteNote(); !status.ok()) return status;
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
  std::optional<CorpusSurvey> survey_;  // until all records are judged
  Translations translations_;
  std::vector<Record> batch_;  // read, not yet looked at
  size_t batch_bytes_ = 0;
  std::vector<CorpusSurvey::Look> looks_;  // by the number of the record
  ProgressState state_;
  uint64_t detected_ = 0;
  uint64_t distinct_ = 0;  // articles, each id and language once
  ReadingNote note_;
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
