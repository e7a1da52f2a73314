#include "analyzers/registry.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "analyzers/apostrophes.h"
#include "analyzers/lang/el/greek.h"
#include "analyzers/lang/en/english.h"
#include "analyzers/lang/fr/french.h"
#include "analyzers/lang/nl/dutch.h"
#include "analyzers/lang/ru/russian.h"
#include "analyzers/language.h"
#include "analyzers/language_model.h"
#include "analyzers/resource_folder.h"
#include "analyzers/snowball_language.h"
#include "analyzers/text_analyzer.h"

namespace kbsearch::analyzers {
namespace {

using LanguageResult = absl::StatusOr<std::unique_ptr<Language>>;

struct Entry {
  LanguageInfo info;
  Script script;
  // Null: the generic chain of `plan`.
  LanguageResult (*load)(const ResourceFolder& folder);
  SnowballPlan plan = {};
};

// Every language there is. To add one: docs/adding_a_language.md.
constexpr std::array kEntries = {
    Entry{{"el", "Greek", "Ελληνικά"}, Script::kGreek, LoadGreek},
    Entry{{"fr", "French", "Français"}, Script::kLatin, LoadFrench},
    Entry{{"nl", "Dutch", "Nederlands"}, Script::kLatin, LoadDutch},
    Entry{{"ru", "Russian", "Русский"}, Script::kCyrillic, LoadRussian},
    Entry{{"en", "English", "English"}, Script::kLatin, LoadEnglish},
    Entry{{"da", "Danish", "Dansk"},
          Script::kLatin,
          nullptr,
          {"danish", SplitEnglishApostrophes}},
    Entry{{"de", "German", "Deutsch"},
          Script::kLatin,
          nullptr,
          {"german", SplitEnglishApostrophes}},
    Entry{{"es", "Spanish", "Español"},
          Script::kLatin,
          nullptr,
          {"spanish", SplitEnglishApostrophes}},
    Entry{{"fi", "Finnish", "Suomi"},
          Script::kLatin,
          nullptr,
          {"finnish", SplitEnglishApostrophes}},
    Entry{{"it", "Italian", "Italiano"},
          Script::kLatin,
          nullptr,
          {"italian", SplitItalianApostrophes}},
    Entry{{"pt", "Portuguese", "Português"},
          Script::kLatin,
          nullptr,
          {"portuguese", SplitEnglishApostrophes}},
    Entry{{"ro", "Romanian", "Română"},
          Script::kLatin,
          nullptr,
          {"romanian", SplitEnglishApostrophes}},
    Entry{{"sv", "Swedish", "Svenska"},
          Script::kLatin,
          nullptr,
          {"swedish", SplitEnglishApostrophes}},
    Entry{{"uk", "Ukrainian", "Українська"},
          Script::kCyrillic,
          nullptr,
          {nullptr, KeepApostrophes}},
};

// What analyzers share; they keep it alive.
struct Resources {
  std::array<std::unique_ptr<Language>, kEntries.size()> languages;
  std::unique_ptr<LanguageIdentifier> identifier;
  std::unique_ptr<const SpellingRules> spelling;
};

constexpr std::array<LanguageInfo, kEntries.size()> Infos() {
  std::array<LanguageInfo, kEntries.size()> infos;
  std::ranges::transform(kEntries, infos.begin(),
                         [](const Entry& entry) { return entry.info; });
  return infos;
}
constexpr std::array<LanguageInfo, kEntries.size()> kInfos = Infos();

size_t IndexOf(std::string_view code) {
  return static_cast<size_t>(
      std::ranges::find(kInfos, code, &LanguageInfo::code) - kInfos.begin());
}

class TableRegistry : public Registry {
 public:
  explicit TableRegistry(std::shared_ptr<const Resources> resources)
      : resources_(std::move(resources)) {}

  std::span<const LanguageInfo> languages() const override { return kInfos; }

  bool Knows(std::string_view code) const override {
    return IndexOf(code) < kInfos.size();
  }

  std::string Normalize(std::string_view code) const override {
    const std::string language = absl::AsciiStrToLower(absl::string_view(
        code.data(), std::min(code.find_first_of("-_."), code.size())));
    return Knows(language) ? language : std::string();
  }

  std::unique_ptr<Analyzer> NewAnalyzer(std::string_view code) const override {
    return std::make_unique<TextAnalyzer>(
        resources_->languages[IndexOf(code)]->NewChain(), resources_);
  }

  const LanguageIdentifier& identifier() const override {
    return *resources_->identifier;
  }

  const SpellingRules& spelling() const override {
    return *resources_->spelling;
  }

  bool IsWord(std::string_view code, std::string_view folded) const override {
    return resources_->languages[IndexOf(code)]->IsWord(folded);
  }

 private:
  std::shared_ptr<const Resources> resources_;
};

}  // namespace

absl::StatusOr<std::shared_ptr<const Registry>> Registry::Load(
    std::string_view directory) {
  const absl::StatusOr<ResourceFolder> folder = ResourceFolder::Find(directory);
  if (!folder.ok()) return folder.status();
  auto resources = std::make_shared<Resources>();
  std::vector<LanguageProfile> profiles;
  for (size_t i = 0; i < kEntries.size(); ++i) {
    const Entry& entry = kEntries[i];
    LanguageResult language =
        entry.load != nullptr
            ? entry.load(*folder)
            : LoadSnowballLanguage(*folder, entry.info.code, entry.plan);
    if (!language.ok()) return language.status();
    resources->languages[i] = *std::move(language);
    profiles.push_back({std::string(entry.info.code), entry.script,
                        &resources->languages[i]->stop_words()});
  }
  absl::StatusOr<std::unique_ptr<LanguageIdentifier>> identifier =
      LoadLanguageIdentifier(*folder, std::move(profiles));
  if (!identifier.ok()) return identifier.status();
  resources->identifier = *std::move(identifier);
  absl::StatusOr<std::unique_ptr<const SpellingRules>> spelling =
      SpellingRules::Load(*folder);
  if (!spelling.ok()) return spelling.status();
  resources->spelling = *std::move(spelling);
  return std::make_shared<TableRegistry>(std::move(resources));
}

}  // namespace kbsearch::analyzers
