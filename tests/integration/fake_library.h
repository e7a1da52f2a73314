// Stand-ins for the engine and the analyzers, for tests of server/.
#ifndef KBSEARCH_TESTS_INTEGRATION_FAKE_LIBRARY_H_
#define KBSEARCH_TESTS_INTEGRATION_FAKE_LIBRARY_H_

#include <gmock/gmock.h>

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/library.h"
#include "engine/search/explain.h"
#include "engine/suggestion/suggestion.h"

namespace kbsearch::testing {

// Knows the five languages; takes every text for Greek with certainty.
class FakeIdentifier : public analyzers::LanguageIdentifier {
 public:
  std::vector<analyzers::LanguageGuess> Identify(
      std::string_view text, std::string_view /*prior*/,
      std::span<const std::string> /*among*/) const override {
    if (text == "12") return {};
    return {{"el", 0.75}, {"ru", 0.25}};
  }
  std::vector<analyzers::LanguageGuess> IdentifyTrusting(
      analyzers::WordTrust /*trust*/, std::string_view text,
      std::string_view prior,
      std::span<const std::string> among) const override {
    return Identify(text, prior, among);
  }
  std::vector<analyzers::LanguagePart> Split(
      std::string_view text, std::string_view expected,
      std::span<const std::string> /*among*/) const override {
    return {{std::string(expected), 0, static_cast<uint32_t>(text.size())}};
  }
};

// One token, the whole text.
class FakeAnalyzer : public analyzers::Analyzer {
 public:
  explicit FakeAnalyzer(std::string language)
      : language_(std::move(language)) {}
  const std::string& language() const override { return language_; }
  std::vector<analyzers::Token> Analyze(std::string_view text) override {
    analyzers::Token token;
    token.end = static_cast<uint32_t>(text.size());
    token.role = analyzers::TokenRole::kJoined;
    token.exact = "exact";
    token.lemmas = {"lemma"};
    return {token};
  }
  std::vector<analyzers::AnalysisStep> Explain(
      std::string_view /*text*/) override {
    return {{"fold", "exact"}};
  }

 private:
  std::string language_;
};

class FakeRegistry : public analyzers::Registry {
 public:
  std::span<const analyzers::LanguageInfo> languages() const override {
    static constexpr analyzers::LanguageInfo kLanguages[] = {
        {"el", "Greek", "Ελληνικά"},   {"fr", "French", "Français"},
        {"nl", "Dutch", "Nederlands"}, {"ru", "Russian", "Русский"},
        {"en", "English", "English"},
    };
    return kLanguages;
  }
  bool Knows(std::string_view code) const override {
    for (const auto& language : languages()) {
      if (language.code == code) return true;
    }
    return false;
  }
  std::string Normalize(std::string_view code) const override {
    const std::string_view language = code.substr(0, 2);
    const bool whole = code.size() == 2 || (code.size() > 2 && code[2] == '-');
    return whole && Knows(language) ? std::string(language) : std::string();
  }
  std::unique_ptr<analyzers::Analyzer> NewAnalyzer(
      std::string_view code) const override {
    return std::make_unique<FakeAnalyzer>(std::string(code));
  }
  const analyzers::LanguageIdentifier& identifier() const override {
    return identifier_;
  }
  const analyzers::SpellingRules& spelling() const override {
    return spelling_;
  }
  bool IsWord(std::string_view /*code*/,
              std::string_view /*folded*/) const override {
    return false;
  }

 private:
  FakeIdentifier identifier_;
  analyzers::SpellingRules spelling_;
};

class MockSearcher : public engine::Searcher {
 public:
  MOCK_METHOD(absl::StatusOr<engine::SearchResult>, Search,
              (const engine::SearchQuery&), (override));
  MOCK_METHOD(absl::StatusOr<engine::AutocompleteResult>, Autocomplete,
              (const engine::AutocompleteQuery&), (override));
  MOCK_METHOD(absl::StatusOr<engine::Explanation>, Explain,
              (const engine::ExplainQuery&), (override));
  MOCK_METHOD(absl::StatusOr<engine::SuggestResult>, Suggest,
              (const engine::SuggestQuery&), (override));
  MOCK_METHOD(absl::StatusOr<engine::RelatedResult>, Related,
              (const engine::RelatedQuery&), (override));
  MOCK_METHOD(absl::StatusOr<engine::Article>, GetArticle,
              (const std::string&, const std::string&, const std::string&,
               engine::Audience, std::vector<std::string>*),
              (override));
};

// One corpus, "helpdesk". Every worker's searcher is the one mock.
class FakeLibrary : public engine::Library {
 public:
  FakeLibrary()
      : registry_(std::make_shared<FakeRegistry>()), rules_("", registry_) {}

  ::testing::NiceMock<MockSearcher>& searcher() { return searcher_; }

  absl::Status Refresh() override { return absl::OkStatus(); }
  std::vector<engine::CorpusInfo> ListCorpora() const override {
    engine::CorpusInfo corpus;
    corpus.name = "helpdesk";
    corpus.generation = 7;
    corpus.built_at = 1700000000;
    corpus.bytes = 4096;
    corpus.languages = {{"el", 12, 10, 3}, {"ru", 4, 4, 0}};
    engine::CorpusInfo internal;
    internal.name = "internal";
    internal.languages = {{"en", 5, 0, 0}};
    return {corpus, internal};
  }
  absl::StatusOr<engine::CorpusInfo> GetCorpus(
      const std::string& name) const override {
    for (const engine::CorpusInfo& corpus : ListCorpora()) {
      if (corpus.name == name) return corpus;
    }
    return absl::NotFoundError("no corpus \"" + name + "\"");
  }
  std::unique_ptr<engine::Searcher> NewSearcher() override {
    return std::make_unique<Forwarder>(&searcher_);
  }
  const analyzers::Registry& registry() const override { return *registry_; }
  engine::RuleStore& rules() override { return rules_; }
  std::shared_ptr<const analyzers::Registry> shared_registry() const {
    return registry_;
  }

 private:
  class Forwarder : public engine::Searcher {
   public:
    explicit Forwarder(engine::Searcher* to) : to_(to) {}
    absl::StatusOr<engine::SearchResult> Search(
        const engine::SearchQuery& query) override {
      return to_->Search(query);
    }
    absl::StatusOr<engine::AutocompleteResult> Autocomplete(
        const engine::AutocompleteQuery& query) override {
      return to_->Autocomplete(query);
    }
    absl::StatusOr<engine::Explanation> Explain(
        const engine::ExplainQuery& query) override {
      return to_->Explain(query);
    }
    absl::StatusOr<engine::SuggestResult> Suggest(
        const engine::SuggestQuery& query) override {
      return to_->Suggest(query);
    }
    absl::StatusOr<engine::RelatedResult> Related(
        const engine::RelatedQuery& query) override {
      return to_->Related(query);
    }
    absl::StatusOr<engine::Article> GetArticle(
        const std::string& corpus, const std::string& article_id,
        const std::string& language, engine::Audience audience,
        std::vector<std::string>* available_languages) override {
      return to_->GetArticle(corpus, article_id, language, audience,
                             available_languages);
    }

   private:
    engine::Searcher* to_;
  };

  std::shared_ptr<FakeRegistry> registry_;
  engine::RuleStore rules_;  // of no corpus
  ::testing::NiceMock<MockSearcher> searcher_;
};

}  // namespace kbsearch::testing

#endif  // KBSEARCH_TESTS_INTEGRATION_FAKE_LIBRARY_H_
