#include "engine/operators/rule_store.h"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "engine/generations/generations.h"

namespace kbsearch::engine {
namespace {

constexpr uint64_t kMaxFileBytes = 20'000'000;
// More would not be read.
constexpr size_t kShownProblems = 5;

using Synonyms = CorpusRules::LanguageSynonyms;
using Curations = CorpusRules::CorpusCurations;

absl::Status ToStatus(const std::vector<RuleProblem>& problems) {
  std::string text;
  for (size_t i = 0; i < problems.size() && i < kShownProblems; ++i) {
    absl::StrAppend(&text, i == 0 ? "" : "; ", problems[i].field, " ",
                    problems[i].description);
  }
  if (problems.size() > kShownProblems) {
    absl::StrAppend(&text, "; and ", problems.size() - kShownProblems, " more");
  }
  return absl::InvalidArgumentError(text);
}

std::shared_ptr<const Synonyms> CompileSynonyms(
    std::vector<Synonym> entries, analyzers::Analyzer& analyzer,
    std::vector<RuleProblem>* problems) {
  SynonymTable table(entries, analyzer, problems);
  return std::make_shared<Synonyms>(
      Synonyms{std::move(entries), std::move(table)});
}

std::shared_ptr<const Curations> CompileCurations(
    std::vector<Curation> entries, const analyzers::Registry& registry,
    std::vector<RuleProblem>* problems) {
  CurationTable table(entries, registry, problems);
  return std::make_shared<Curations>(
      Curations{std::move(entries), std::move(table)});
}

}  // namespace

RuleStore::Stamp RuleStore::StampOf(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return {};
  return {true,
          static_cast<int64_t>(info.st_mtim.tv_sec) * 1'000'000'000 +
              info.st_mtim.tv_nsec,
          static_cast<uint64_t>(info.st_size),
          static_cast<uint64_t>(info.st_ino)};
}

absl::Status RuleStore::RefreshFile(const std::string& path, KnownFile* known,
                                    const Load& load) {
  const Stamp stamp = StampOf(path);
  if (stamp == known->stamp) return known->status;
  // Taken before reading: a change meanwhile is seen the next time.
  known->stamp = stamp;
  absl::StatusOr<std::string> content = std::string();
  if (stamp.exists) content = ReadFile(path, kMaxFileBytes);
  known->status = content.status();
  if (content.ok()) {
    const absl::Status loaded = load(*content);
    if (!loaded.ok()) {
      known->status = absl::Status(loaded.code(),
                                   absl::StrCat(path, ": ", loaded.message()));
    }
  }
  return known->status;
}

absl::Status RuleStore::LoadSynonyms(const std::string& content,
                                     const std::string& language,
                                     CorpusRules* rules) const {
  if (content.empty()) {
    rules->synonyms.erase(language);
    return absl::OkStatus();
  }
  auto entries = ParseSynonyms(content);
  if (!entries.ok()) return entries.status();
  std::vector<RuleProblem> problems;
  auto compiled = CompileSynonyms(*std::move(entries),
                                  *registry_->NewAnalyzer(language), &problems);
  if (!problems.empty()) return ToStatus(problems);
  rules->synonyms[language] = std::move(compiled);
  return absl::OkStatus();
}

absl::Status RuleStore::LoadCurations(const std::string& content,
                                      CorpusRules* rules) const {
  if (content.empty()) {
    rules->curations = nullptr;
    return absl::OkStatus();
  }
  auto entries = ParseCurations(content);
  if (!entries.ok()) return entries.status();
  std::vector<RuleProblem> problems;
  auto compiled = CompileCurations(*std::move(entries), *registry_, &problems);
  if (!problems.empty()) return ToStatus(problems);
  rules->curations = std::move(compiled);
  return absl::OkStatus();
}

absl::Status RuleStore::RefreshCorpus(const std::string& corpus) {
  std::map<std::string, KnownFile>& files = files_[corpus];
  const std::shared_ptr<const CorpusRules> before = Find(corpus);
  CorpusRules rules = *before;
  absl::Status first_error;
  const auto refresh = [&](const std::string& path, const Load& load) {
    const absl::Status status = RefreshFile(path, &files[path], load);
    if (first_error.ok()) first_error = status;
  };
  for (const analyzers::LanguageInfo& language : registry_->languages()) {
    const std::string code(language.code);
    refresh(SynonymFile(data_dir_, corpus, code),
            [&](const std::string& content) {
              return LoadSynonyms(content, code, &rules);
            });
  }
  refresh(CurationFile(data_dir_, corpus), [&](const std::string& content) {
    return LoadCurations(content, &rules);
  });
  if (rules.synonyms != before->synonyms ||
      rules.curations != before->curations) {
    Publish(corpus, std::move(rules));
  }
  return first_error;
}

absl::Status RuleStore::Refresh(const std::vector<std::string>& corpora) {
  std::lock_guard files_lock(files_mutex_);
  absl::Status first_error;
  for (const std::string& corpus : corpora) {
    const absl::Status status = RefreshCorpus(corpus);
    if (first_error.ok()) first_error = status;
  }
  const auto is_gone = [&](const auto& entry) {
    return std::find(corpora.begin(), corpora.end(), entry.first) ==
           corpora.end();
  };
  std::erase_if(files_, is_gone);
  std::lock_guard lock(mutex_);
  std::erase_if(rules_, is_gone);
  return first_error;
}

std::shared_ptr<const CorpusRules> RuleStore::Find(
    const std::string& corpus) const {
  static const auto* const kNone =
      new std::shared_ptr<const CorpusRules>(std::make_shared<CorpusRules>());
  std::lock_guard lock(mutex_);
  const auto found = rules_.find(corpus);
  return found == rules_.end() ? *kNone : found->second;
}

void RuleStore::Publish(const std::string& corpus, CorpusRules rules) {
  auto shared = std::make_shared<const CorpusRules>(std::move(rules));
  std::lock_guard lock(mutex_);
  rules_[corpus] = std::move(shared);
}

absl::Status RuleStore::Write(const std::string& corpus,
                              const std::string& path,
                              const std::string& content) {
  // Only names that were found on disk become part of a path.
  const auto files = files_.find(corpus);
  if (files == files_.end()) {
    return absl::NotFoundError(absl::StrCat("no corpus \"", corpus, "\""));
  }
  absl::Status written = CheckWritable(data_dir_, corpus);
  if (written.ok()) written = WriteFileAtomically(path, content);
  if (!written.ok()) return written;
  files->second[path] = {StampOf(path), absl::OkStatus()};
  return absl::OkStatus();
}

absl::StatusOr<std::vector<RuleProblem>> RuleStore::PutSynonyms(
    const std::string& corpus, const std::string& language,
    const std::vector<Synonym>& synonyms) {
  std::vector<RuleProblem> problems;
  auto compiled =
      CompileSynonyms(synonyms, *registry_->NewAnalyzer(language), &problems);
  if (!problems.empty()) return problems;
  std::lock_guard files_lock(files_mutex_);
  const absl::Status written =
      Write(corpus, SynonymFile(data_dir_, corpus, language),
            FormatSynonyms(synonyms));
  if (!written.ok()) return written;
  CorpusRules rules = *Find(corpus);
  rules.synonyms[language] = std::move(compiled);
  Publish(corpus, std::move(rules));
  return problems;
}

absl::StatusOr<std::vector<RuleProblem>> RuleStore::PutCurations(
    const std::string& corpus, const std::vector<Curation>& curations) {
  std::vector<RuleProblem> problems;
  auto compiled = CompileCurations(curations, *registry_, &problems);
  if (!problems.empty()) return problems;
  std::lock_guard files_lock(files_mutex_);
  const absl::Status written = Write(corpus, CurationFile(data_dir_, corpus),
                                     FormatCurations(curations));
  if (!written.ok()) return written;
  CorpusRules rules = *Find(corpus);
  rules.curations = std::move(compiled);
  Publish(corpus, std::move(rules));
  return problems;
}

}  // namespace kbsearch::engine
