// Whatever is typed is answered, soundly: searches, completions and suggestions
// in a small index of five languages.
#include <algorithm>
#include <cmath>
#include <set>
#include <span>
#include <utility>

#include "base/utf8.h"
#include "engine/generations/generation_builder.h"
#include "engine/library.h"
#include "engine/search/explain.h"
#include "engine/suggestion/suggestion.h"
#include "tests/fuzz/engine/engine_targets.h"
#include "tests/fuzz/fuzz_target.h"

namespace kbsearch::fuzz {
namespace {

using engine::Article;
using engine::Audience;
using Bytes = std::string_view;

constexpr char kCorpus[] = "kb";

struct Text {
  const char* id;
  const char* language;
  const char* title;
  const char* body;
  const char* question;
  const char* answer;
};

constexpr Text kTexts[] = {
    {"paper", "en", "Clear a paper jam",
     "Open the printer's rear door. Pull the paper out slowly with both hands.",
     "Why does error E-42 stay?", "Switch the Wi-Fi printer off and on again."},
    {"paper", "nl", "Papierstoring verhelpen",
     "Open de achterklep van de printer. De klantenservice helpt u verder.",
     "Waarom blijft foutcode E-42 staan?", "Zet de printer uit en weer aan."},
    {"password", "fr", "Mot de passe oublié",
     "Cliquez sur « Réinitialiser ». L’aide vous envoie un code par e-mail.",
     "Combien de temps le code est-il valable ?", "Il est valable une heure."},
    {"password", "el", "Ξέχασα τον κωδικό πρόσβασης",
     "Πατήστε «Επαναφορά». Οι κωδικοί έρχονται στο info@example.org.",
     "Πόση ώρα ισχύει ο κωδικός;", "Ισχύει για μία ώρα."},
    {"password", "ru", "Забыли пароль",
     "Нажмите «Сбросить». Ёлки и пароли приходят письмом.",
     "Сколько действует код?", "Он действует один час."},
    {"invoice", "en", "Download an invoice",
     "Invoices are PDF files. C++ and AT&T customers find them at "
     "https://example.org/bills?year=2026.",
     "Can I pay later?", "No, the invoice is due at once."},
};

Article MakeArticle(const Text& text) {
  Article article;
  article.id = text.id;
  article.language = text.language;
  article.title = text.title;
  article.blocks.push_back(
      {engine::BlockKind::kHeading, 2, text.title, "first"});
  article.blocks.push_back(
      {engine::BlockKind::kParagraph, 0, text.body, "second"});
  article.entries.push_back({text.question, text.answer, "faq"});
  article.category = {"Help", text.id};
  article.tags = {text.language, "all"};
  article.updated_at = 1'700'000'000;
  return article;
}

const std::string& IndexedFolder() {
  static const std::string data = [] {
    const std::string folder = TemporaryFolder() + "/index";
    engine::GenerationBuilder::Options options;
    options.data_dir = folder;
    options.corpus = kCorpus;
    options.jobs = 1;
    auto builder = engine::GenerationBuilder::Create(options, SharedRegistry());
    Require(builder.ok(), "the index can be built");
    for (const Text& text : kTexts) {
      Article article = MakeArticle(text);
      Require((*builder)->Add(article).ok(), "the article can be added");
      article.id += "-agent";
      article.audience = Audience::kAgent;
      Require((*builder)->Add(article).ok(), "the article can be added");
    }
    Require((*builder)->Publish().ok(), "the index can be published");
    return folder;
  }();
  return data;
}

engine::Searcher& SharedSearcher() {
  static const auto library =
      engine::Library::Open(IndexedFolder(), SharedRegistry());
  static auto* const searcher = [] {
    Require(library.ok(), "the library opens");
    return (*library)->NewSearcher().release();
  }();
  return *searcher;
}

// What the first two bytes say of the question; the rest is its text.
struct Question {
  std::string language;
  std::vector<std::string> languages;
  Audience audience = Audience::kPublic;
  bool separate = false;
  bool verbatim = false;
  bool small_page = false;
  std::string text;
};

Question ReadQuestion(Bytes bytes) {
  constexpr const char* kLanguages[] = {"", "en", "nl", "fr", "el", "ru", "uk"};
  Question question;
  if (bytes.size() < 2) return question;
  const auto choice = static_cast<unsigned char>(bytes[0]);
  const auto flags = static_cast<unsigned char>(bytes[1]);
  question.language = kLanguages[choice % std::size(kLanguages)];
  if ((flags & 1) != 0) question.languages = {"en", "el"};
  if ((flags & 2) != 0) question.audience = Audience::kAgent;
  question.separate = (flags & 4) != 0;
  question.verbatim = (flags & 8) != 0;
  question.small_page = (flags & 16) != 0;
  question.text = bytes.substr(2);
  return question;
}

void RequireAnswered(const absl::Status& status) {
  if (!status.ok()) std::cerr << status << "\n";
  Require(status.ok(), "the question is answered");
}

std::string Joined(std::span<const engine::Span> spans) {
  std::string text;
  for (const engine::Span& span : spans) {
    Require(!span.text.empty(), "a stretch has a text");
    text += span.text;
  }
  return text;
}

void RequireSound(const engine::Hit& hit, const Question& question) {
  Require(!hit.article_id.empty(), "a hit is of an article");
  Require(!hit.title.empty() && IsValidUtf8(hit.title), "a hit has a title");
  Require(std::isfinite(hit.score), "a score is a number");
  Require(IsValidUtf8(Joined(hit.snippet)), "snippets are cut at characters");
  Require(hit.audience == Audience::kPublic ||
              question.audience == Audience::kAgent,
          "agents' articles are agents' only");
  Require(question.languages.empty() ||
              std::ranges::find(question.languages, hit.language) !=
                  question.languages.end(),
          "a hit is of the languages asked for");
}

engine::SearchQuery MakeQuery(const Question& question) {
  engine::SearchQuery query;
  query.corpus = kCorpus;
  query.text = question.text;
  query.language = question.language;
  query.languages = question.languages;
  query.audience = question.audience;
  query.page_size = question.small_page ? 1 : 10;
  query.facets = {engine::FacetField::kLanguage, engine::FacetField::kTag};
  query.verbatim = question.verbatim;
  if (question.separate) {
    query.translation_mode = engine::TranslationMode::kSeparate;
  }
  return query;
}

void FuzzSearch(Bytes bytes) {
  const Question question = ReadQuestion(bytes);
  engine::SearchQuery query = MakeQuery(question);
  std::set<std::pair<std::string, std::string>> seen;
  // All pages, each hit once.
  for (int page = 0; page < 3; ++page) {
    const auto result = SharedSearcher().Search(query);
    RequireAnswered(result.status());
    Require(result->hits.size() <= static_cast<size_t>(query.page_size),
            "a page has its size");
    Require(result->total_size >= result->hits.size(), "hits are counted");
    for (const engine::Hit& hit : result->hits) {
      RequireSound(hit, question);
      Require(seen.emplace(hit.article_id, hit.language).second,
              "a hit is shown once");
    }
    for (const engine::Rewrite& rewrite : result->rewrites) {
      Require(!rewrite.stage.empty() && !rewrite.to.empty(),
              "a rewrite leads somewhere");
    }
    for (const engine::Facet& facet : result->facets) {
      for (const engine::FacetValue& value : facet.values) {
        Require(value.count > 0, "a facet's value is of some hit");
      }
    }
    query.page_token = result->next_page_token;
    if (query.page_token.empty()) break;
  }
}

void FuzzExplain(Bytes bytes) {
  const Question question = ReadQuestion(bytes);
  engine::ExplainQuery query;
  query.search = MakeQuery(question);
  if (question.small_page) query.article_id = "invoice";
  const auto explanation = SharedSearcher().Explain(query);
  RequireAnswered(explanation.status());
  for (const auto& candidate : explanation->candidates) {
    double sum = 0;
    for (const engine::ScorePart& part : candidate.parts) sum += part.value;
    Require(
        candidate.parts.empty() || std::abs(sum - candidate.hit.score) < 1e-3,
        "the parts add up to the score");
  }
}

void FuzzAutocomplete(Bytes bytes) {
  const Question question = ReadQuestion(bytes);
  engine::AutocompleteQuery query;
  query.corpus = kCorpus;
  query.prefix = question.text;
  query.language = question.language;
  query.languages = question.languages;
  query.audience = question.audience;
  query.max_hits = question.small_page ? 2 : 0;
  const auto result = SharedSearcher().Autocomplete(query);
  RequireAnswered(result.status());
  Require(
      result->completions.size() <= static_cast<size_t>(query.max_completions),
      "completions are as many as asked for");
  for (const engine::Completion& completion : result->completions) {
    Require(!completion.text.empty(), "a completion has a text");
    Require(Joined(completion.spans) == completion.text,
            "the stretches are the text");
    Require(!IsValidUtf8(query.prefix) || IsValidUtf8(completion.text),
            "completions are UTF-8");
  }
  for (const engine::Hit& hit : result->hits) RequireSound(hit, question);
}

void FuzzSuggest(Bytes bytes) {
  const Question question = ReadQuestion(bytes);
  engine::SuggestQuery query;
  query.corpus = kCorpus;
  const size_t border =
      std::min(question.text.find('\n'), question.text.size());
  query.subject = question.text.substr(0, border);
  query.body = question.text.substr(border);
  query.language = question.language;
  query.languages = question.languages;
  query.audience = question.audience;
  query.draft = question.verbatim;
  const auto result = SharedSearcher().Suggest(query);
  RequireAnswered(result.status());
  Require(
      result->suggestions.size() <= static_cast<size_t>(query.max_suggestions),
      "suggestions are as many as asked for");
  for (const engine::Suggestion& suggestion : result->suggestions) {
    RequireSound(suggestion.hit, question);
    Require(suggestion.confidence >= 0 && suggestion.confidence <= 1,
            "confidence is a probability");
  }
}

}  // namespace

std::vector<Target> SearchTargets() {
  return {{"search", FuzzSearch},
          {"explain", FuzzExplain},
          {"autocomplete", FuzzAutocomplete},
          {"suggest", FuzzSuggest}};
}

}  // namespace kbsearch::fuzz
