// train-language-model OUT CODE:KIND:PATH[:PATH]…
//   KIND words     a word list, one a line
//   KIND headwords the .dic of a Hunspell dictionary without its inflections
//   KIND hunspell  .aff and .dic: all forms
//   KIND text      running text; its words count many times over, as the
//                  frequent words of a language are in it; "#" lines are
//                  comments
// Trains a logistic regression over LanguageFeatures, word by word, and writes
// the file that the identifier maps. Languages of one script compete only with
// each other; which script a word is in needs no training.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <functional>
#include <iostream>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "analyzers/characters.h"
#include "analyzers/fold.h"
#include "analyzers/language_features.h"
#include "analyzers/tables/affix_expander.h"
#include "base/file.h"

namespace kbsearch::analyzers {
namespace {

// Of a dictionary's entries most are taken, so that the words themselves are
// learnt; of its inflected forms a sample, for the endings.
constexpr size_t kEntriesPerLanguage = 120000;
constexpr size_t kFormsPerLanguage = 60000;
constexpr size_t kTextWordsPerLanguage = 60000;
constexpr int kEpochs = 3;
constexpr float kRate = 0.05F;

struct Sources {
  std::vector<std::u32string> entries;  // of dictionaries and word lists
  std::vector<std::u32string> forms;    // of dictionaries, inflected
  std::vector<std::u32string> text;     // in running order
};

void AddWords(std::string_view bytes, std::vector<std::u32string>* words) {
  std::u32string word;
  for (const char32_t c : ToUtf32(Lower(bytes)) + U" ") {
    if (IsLetter(c) || IsMark(c)) {
      word.push_back(c);
    } else if (!word.empty()) {
      words->push_back(word);
      word.clear();
    }
  }
}

absl::Status AddSource(const std::vector<std::string>& spec, Sources* sources) {
  const std::string& kind = spec[1];
  if (kind == "hunspell" && spec.size() == 4) {
    const auto dictionary = AffixExpander::Read(spec[2], spec[3]);
    if (!dictionary.ok()) return dictionary.status();
    // Millions of forms; a sample of them is drawn as they come (Vitter's
    // algorithm R).
    std::mt19937 random(20240301);
    std::vector<std::string> sample;
    uint32_t seen = 0;
    dictionary->ForEachForm([&](const std::string& form, const std::string&) {
      ++seen;
      if (sample.size() < kFormsPerLanguage) {
        sample.push_back(form);
      } else if (const uint32_t place = random() % seen;
                 place < kFormsPerLanguage) {
        sample[place] = form;
      }
    });
    for (const std::string& form : sample) AddWords(form, &sources->forms);
    return AddSource({spec[0], "headwords", spec[3]}, sources);
  }
  if ((kind != "words" && kind != "headwords" && kind != "text") ||
      spec.size() != 3) {
    return absl::InvalidArgumentError(absl::StrCat(
        "source of ", spec[0],
        ": want CODE:words:FILE, "
        "CODE:headwords:FILE, CODE:text:FILE or CODE:hunspell:AFF:DIC"));
  }
  const auto content = ReadFile(spec[2]);
  if (!content.ok()) return content.status();
  for (absl::string_view line : absl::StrSplit(*content, '\n')) {
    if (line.empty() || line[0] == '#') continue;
    if (kind == "headwords") line = line.substr(0, line.find('/'));
    AddWords({line.data(), line.size()},
             kind == "text" ? &sources->text : &sources->entries);
  }
  return absl::OkStatus();
}

struct Example {
  const std::u32string* word = nullptr;  // of Sources
  bool folded = false;
  uint32_t language = 0;
};

// As many examples of each language, whatever the size of its dictionary.
// Every second one is folded: people leave accents out.
std::vector<Example> MakeExamples(std::vector<Sources>& languages) {
  std::mt19937 random(20240229);  // the same model on every build
  std::vector<Example> examples;
  for (uint32_t i = 0; i < languages.size(); ++i) {
    const auto draw = [&](const std::vector<std::u32string>& words, size_t n) {
      for (size_t k = 0; k < n && !words.empty(); ++k) {
        examples.push_back({&words[random() % words.size()], k % 2 == 1, i});
      }
    };
    // Every entry once before any comes again.
    std::vector<std::u32string>& entries = languages[i].entries;
    std::shuffle(entries.begin(), entries.end(), random);
    for (size_t k = 0; k < kEntriesPerLanguage && !entries.empty(); ++k) {
      examples.push_back({&entries[k % entries.size()], k % 2 == 1, i});
    }
    draw(languages[i].forms, kFormsPerLanguage);
    draw(languages[i].text, kTextWordsPerLanguage);
  }
  std::shuffle(examples.begin(), examples.end(), random);
  return examples;
}

// Weights of a bucket for eight languages: the compiler makes one step of it.
using Block = std::array<float, 8>;

// Rows of weights by bucket; languages of other groups than the example's are
// not touched.
class Trainer {
 public:
  explicit Trainer(const std::vector<uint32_t>& groups)
      : groups_(groups),
        blocks_((groups.size() + 7) / 8),
        weights_(kLanguageBuckets * blocks_),
        row_(blocks_) {}

  void Learn(std::u32string_view word, uint32_t language, float rate) {
    LanguageFeatures(word, &features_);
    std::ranges::fill(row_, Block());
    for (const uint32_t feature : features_) {
      AddTo(&weights_[feature * blocks_], row_.data());
    }
    SetSteps(language, rate);
    for (const uint32_t feature : features_) {
      AddTo(row_.data(), &weights_[feature * blocks_]);
    }
  }

  float Weight(uint32_t bucket, size_t language) const {
    return weights_[bucket * blocks_ + language / 8][language % 8];
  }

 private:
  void AddTo(const Block* from, Block* to) const {
    for (size_t b = 0; b < blocks_; ++b) {
      for (size_t k = 0; k < 8; ++k) to[b][k] += from[b][k];
    }
  }

  // Turns the sums of row_ into the steps of the weights.
  void SetSteps(uint32_t language, float rate) {
    const auto at = [&](size_t k) -> float& { return row_[k / 8][k % 8]; };
    const auto rival = [&](size_t k) {
      return groups_[k] == groups_[language];
    };
    float most = -1e9F;
    for (size_t k = 0; k < groups_.size(); ++k) {
      if (rival(k)) most = std::max(most, at(k));
    }
    float sum = 0;
    for (size_t k = 0; k < groups_.size(); ++k) {
      at(k) = rival(k) ? std::exp(at(k) - most) : 0;
      sum += at(k);
    }
    for (size_t k = 0; k < groups_.size(); ++k) {
      if (!rival(k)) continue;
      at(k) = rate * ((k == language ? 1.0F : 0.0F) - at(k) / sum);
    }
  }

  const std::vector<uint32_t>& groups_;
  size_t blocks_;
  std::vector<Block> weights_;
  std::vector<Block> row_;
  std::vector<uint32_t> features_;
};

Trainer Train(const std::vector<Example>& examples,
              const std::vector<uint32_t>& groups) {
  Trainer trainer(groups);
  for (int epoch = 0; epoch < kEpochs; ++epoch) {
    const float rate = kRate / static_cast<float>(1 + epoch);
    for (const Example& example : examples) {
      if (example.folded) {
        trainer.Learn(ToUtf32(Fold(std::u32string_view(*example.word))),
                      example.language, rate);
      } else {
        trainer.Learn(*example.word, example.language, rate);
      }
    }
  }
  return trainer;
}

absl::Status Write(const std::vector<std::string>& codes,
                   const Trainer& trainer, const std::string& path) {
  LanguageModelHeader header;
  header.languages = codes.size();
  std::string out(reinterpret_cast<const char*>(&header), sizeof(header));
  for (const std::string& code : codes) {
    std::string padded = code;
    padded.resize(8, '\0');
    out += padded;
  }
  for (uint32_t bucket = 0; bucket < kLanguageBuckets; ++bucket) {
    for (size_t k = 0; k < codes.size(); ++k) {
      const double scaled =
          std::round(trainer.Weight(bucket, k) * kWeightScale);
      out.push_back(static_cast<char>(
          static_cast<int8_t>(std::clamp(scaled, -127.0, 127.0))));
    }
  }
  return WriteFileAtomically(path, out);
}

// Languages of the same script are rivals.
uint32_t ScriptGroup(const Sources& sources) {
  const std::vector<std::u32string>& words =
      sources.entries.empty() ? sources.text : sources.entries;
  for (const std::u32string& word : words) {
    for (const char32_t c : word) {
      if (const Script script = ClassOf(c).script; script != Script::kNone) {
        return static_cast<uint32_t>(script);
      }
    }
  }
  return 0;
}

absl::Status Run(const std::vector<std::string>& arguments) {
  std::map<std::string, Sources> languages;
  for (size_t i = 1; i < arguments.size(); ++i) {
    const std::vector<std::string> spec = absl::StrSplit(arguments[i], ':');
    if (spec.size() < 3) {
      return absl::InvalidArgumentError(
          absl::StrCat("'", arguments[i], "' is no CODE:KIND:PATH"));
    }
    const absl::Status added = AddSource(spec, &languages[spec[0]]);
    if (!added.ok()) return added;
  }
  std::vector<std::string> codes;
  std::vector<Sources> sources;
  std::vector<uint32_t> groups;
  for (auto& [code, source] : languages) {
    codes.push_back(code);
    groups.push_back(ScriptGroup(source));
    sources.push_back(std::move(source));
  }
  return Write(codes, Train(MakeExamples(sources), groups), arguments[0]);
}

}  // namespace
}  // namespace kbsearch::analyzers

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: train-language-model OUT CODE:KIND:PATH[:PATH]…\n";
    return 2;
  }
  const absl::Status status = kbsearch::analyzers::Run({argv + 1, argv + argc});
  if (!status.ok()) std::cerr << "error: " << status << "\n";
  return status.ok() ? 0 : 1;
}
