#include "indexer/progress.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace kbsearch::indexer {
namespace {

constexpr double kTerminalInterval = 0.1;  // seconds
constexpr double kJsonInterval = 1.0;
constexpr int kBarWidth = 24;

std::string_view PhaseName(Phase phase) {
  switch (phase) {
    case Phase::kRead:
      return "read";
    case Phase::kIndex:
      return "index";
    case Phase::kPublish:
      return "publish";
  }
  return "";
}

// Of the bytes while reading (files may grow), then of the articles.
double Fraction(const ProgressState& state) {
  if (state.phase != Phase::kRead) {
    return state.total_articles == 0
               ? 1
               : static_cast<double>(state.articles) /
                     static_cast<double>(state.total_articles);
  }
  if (state.total_bytes == 0) return 1;
  return std::min(1.0, static_cast<double>(state.bytes) /
                           static_cast<double>(state.total_bytes));
}

// Nothing can be said in the first moments.
std::optional<double> SecondsLeft(const ProgressState& state) {
  const double fraction = Fraction(state);
  if (state.seconds < 1 || fraction < 0.01) return std::nullopt;
  return state.seconds * (1 - fraction) / fraction;
}

double PerSecond(double amount, const ProgressState& state) {
  return state.seconds > 0 ? amount / state.seconds : 0;
}

class ThrottledProgress : public Progress {
 public:
  ThrottledProgress(std::ostream& out, double interval)
      : out_(out), interval_(interval) {}

  void Update(const ProgressState& state) final {
    const bool due = !last_phase_.has_value() || *last_phase_ != state.phase ||
                     state.seconds - last_seconds_ >= interval_;
    if (!due) return;
    last_phase_ = state.phase;
    last_seconds_ = state.seconds;
    Write(state);
    out_.flush();
  }

 protected:
  virtual void Write(const ProgressState& state) = 0;
  std::ostream& out() { return out_; }

 private:
  std::ostream& out_;
  const double interval_;
  double last_seconds_ = 0;
  std::optional<Phase> last_phase_;
};

class TerminalProgress : public ThrottledProgress {
 public:
  explicit TerminalProgress(std::ostream& out)
      : ThrottledProgress(out, kTerminalInterval) {}

  void Finish() override {
    out() << "\r\x1b[K";
    out().flush();
  }

 private:
  void Write(const ProgressState& state) override {
    const double fraction = Fraction(state);
    const int filled = static_cast<int>(fraction * kBarWidth);
    const std::string bar =
        std::string(static_cast<size_t>(filled), '#') +
        std::string(static_cast<size_t>(kBarWidth - filled), '.');
    std::string line = absl::StrFormat(
        "[%s] %3.0f%%  %d articles  %.0f/s  %.1f MB/s", bar, fraction * 100,
        state.articles, PerSecond(static_cast<double>(state.articles), state),
        PerSecond(static_cast<double>(state.bytes) / 1e6, state));
    if (state.phase == Phase::kPublish) {
      absl::StrAppend(&line, "  writing the index");
    } else if (const auto left = SecondsLeft(state); left.has_value()) {
      const int seconds = static_cast<int>(std::ceil(*left));
      absl::StrAppendFormat(&line, "  %d:%02d left", seconds / 60,
                            seconds % 60);
    }
    out() << '\r' << line << "\x1b[K";
  }
};

class JsonProgress : public ThrottledProgress {
 public:
  explicit JsonProgress(std::ostream& out)
      : ThrottledProgress(out, kJsonInterval) {}

  void Finish() override { out().flush(); }

 private:
  void Write(const ProgressState& state) override {
    const auto rounded = [](double value) {
      return std::round(value * 10) / 10;
    };
    nlohmann::ordered_json line;
    line["phase"] = PhaseName(state.phase);
    line["done"] = state.files;
    line["total"] = state.total_files;
    line["bytes"] = state.bytes;
    line["total_bytes"] = state.total_bytes;
    line["articles"] = state.articles;
    if (state.phase != Phase::kRead) {
      line["total_articles"] = state.total_articles;
    }
    line["articles_per_second"] =
        rounded(PerSecond(static_cast<double>(state.articles), state));
    line["seconds"] = rounded(state.seconds);
    if (const auto left = SecondsLeft(state);
        left.has_value() && state.phase == Phase::kRead) {
      line["eta_seconds"] = rounded(*left);
    }
    out() << line.dump() << '\n';
  }
};

}  // namespace

std::unique_ptr<Progress> NewTerminalProgress(std::ostream& out) {
  return std::make_unique<TerminalProgress>(out);
}

std::unique_ptr<Progress> NewJsonProgress(std::ostream& out) {
  return std::make_unique<JsonProgress>(out);
}

}  // namespace kbsearch::indexer
