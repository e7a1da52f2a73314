#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "engine/completion/title_index.h"
#include "engine/completion/typed_text.h"
#include "engine/index/document_record.h"
#include "engine/index/schema.h"

namespace kbsearch::engine {
namespace {

using analyzers::Token;
using analyzers::TokenRole;

constexpr std::string_view kKind = "TITLES1";
// Longer ones are texts, not titles; nobody picks them from a list.
constexpr size_t kMaxTitleBytes = 500;
constexpr size_t kMaxTitleWords = 64;

struct Word {
  uint32_t id = 0;
  uint16_t begin = 0;
  uint16_t end = 0;
  uint8_t marks = 0;
};

struct Title {
  std::string text;
  std::string hit_id;
  std::vector<Word> words;    // those of the text first
  std::vector<uint32_t> key;  // the ids of those
};

class TitleCollector {
 public:
  TitleCollector(const ShardVocabulary& vocabulary,
                 analyzers::Analyzer& analyzer)
      : vocabulary_(vocabulary), analyzer_(analyzer) {}

  void Add(const StoredDocument& document) {
    Title title;
    title.text = CleanLine(document.article.title);
    if (!title.text.empty() && title.text.back() == ' ') title.text.pop_back();
    if (title.text.empty() || title.text.size() > kMaxTitleBytes) return;
    title.hit_id = document.HitId();
    std::vector<Word> added;
    for (const Token& token : analyzer_.Analyze(title.text)) {
      const auto id = vocabulary_.Find(TextTerm("", token.exact));
      // A gap's name in a prepared text is no word of the index.
      if (!id) continue;
      Word word{static_cast<uint32_t>(*id), static_cast<uint16_t>(token.begin),
                static_cast<uint16_t>(token.end), 0};
      if (token.is_stop) word.marks |= TitleWords::kStop;
      if (token.role == TokenRole::kWhole) {
        title.words.push_back(word);
        title.key.push_back(word.id);
      } else {
        word.marks |= TitleWords::kAdded;
        added.push_back(word);
      }
      for (const std::string& lemma : token.lemmas) {
        lemmas_[lemma].insert(word.id);
      }
    }
    if (title.words.empty()) return;
    title.words.insert(title.words.end(), added.begin(), added.end());
    if (title.words.size() > kMaxTitleWords) title.words.resize(kMaxTitleWords);
    titles_.push_back(std::move(title));
  }

  absl::Status Write(const std::string& path) {
    std::sort(titles_.begin(), titles_.end(), IsBefore);
    ColumnFileWriter file(kKind);
    AddTexts(&file, [](const Title& title) { return &title.text; });
    AddTexts(&file, [](const Title& title) { return &title.hit_id; });
    AddWords(&file);
    AddPostings(&file);
    AddLemmas(&file);
    return file.Write(path);
  }

 private:
  // By the words of the text in their order.
  static bool IsBefore(const Title& a, const Title& b) {
    return std::tie(a.key, a.text, a.hit_id) <
           std::tie(b.key, b.text, b.hit_id);
  }

  template <typename TextOf>
  void AddTexts(ColumnFileWriter* file, TextOf text_of) const {
    std::vector<uint32_t> ends;
    std::string texts;
    for (const Title& title : titles_) {
      texts += *text_of(title);
      ends.push_back(static_cast<uint32_t>(texts.size()));
    }
    file->Add(ends);
    file->Add(texts);
  }

  void AddWords(ColumnFileWriter* file) const {
    std::vector<uint32_t> title_ends, ids;
    std::vector<uint16_t> begins, ends;
    std::vector<uint8_t> marks;
    for (const Title& title : titles_) {
      for (const Word& word : title.words) {
        ids.push_back(word.id);
        begins.push_back(word.begin);
        ends.push_back(word.end);
        marks.push_back(word.marks);
      }
      title_ends.push_back(static_cast<uint32_t>(ids.size()));
    }
    file->Add(title_ends);
    file->Add(ids);
    file->Add(begins);
    file->Add(ends);
    file->Add(marks);
  }

  void AddPostings(ColumnFileWriter* file) const {
    std::vector<std::vector<uint32_t>> titles_of(vocabulary_.size());
    for (uint32_t number = 0; number < titles_.size(); ++number) {
      for (const Word& word : titles_[number].words) {
        std::vector<uint32_t>& titles = titles_of[word.id];
        if (titles.empty() || titles.back() != number) titles.push_back(number);
      }
    }
    std::vector<uint32_t> ends, postings;
    for (const std::vector<uint32_t>& titles : titles_of) {
      postings.insert(postings.end(), titles.begin(), titles.end());
      ends.push_back(static_cast<uint32_t>(postings.size()));
    }
    file->Add(ends);
    file->Add(postings);
  }

  void AddLemmas(ColumnFileWriter* file) const {
    std::vector<uint32_t> ends, word_ends, words;
    std::string texts;
    for (const auto& [lemma, ids] : lemmas_) {
      texts += lemma;
      words.insert(words.end(), ids.begin(), ids.end());
      ends.push_back(static_cast<uint32_t>(texts.size()));
      word_ends.push_back(static_cast<uint32_t>(words.size()));
    }
    file->Add(ends);
    file->Add(texts);
    file->Add(word_ends);
    file->Add(words);
  }

  const ShardVocabulary& vocabulary_;
  analyzers::Analyzer& analyzer_;
  std::vector<Title> titles_;
  std::map<std::string, std::set<uint32_t>> lemmas_;  // lemma → words
};

}  // namespace

absl::Status WriteTitleIndex(const Xapian::Database& database,
                             const ShardVocabulary& vocabulary,
                             analyzers::Analyzer& analyzer,
                             const std::string& path) {
  TitleCollector collector(vocabulary, analyzer);
  const auto end = database.postlist_end("");
  for (auto it = database.postlist_begin(""); it != end; ++it) {
    absl::StatusOr<StoredDocument> stored = ReadDocumentRecord(database, *it);
    if (!stored.ok()) return stored.status();
    // A foreign part has its article's title, in another language.
    if (stored->role != DocumentRole::kForeignPart) collector.Add(*stored);
  }
  return collector.Write(path);
}

}  // namespace kbsearch::engine
