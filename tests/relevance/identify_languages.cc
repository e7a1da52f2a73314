// identify-languages [--pairs] [--misses] FILE.jsonl…
// Prints how often the language of a text is told right, per language, for
// lines {"lang","text"}. With --pairs each text is cut into its runs of two
// words, as short as queries are. Every text is judged without a prior, with
// its own language as the reader's, and with each other one; among all
// languages of the registry and among those of the file, as a corpus has them.
// --misses lists the texts that are taken for another language of the file.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "analyzers/registry.h"

namespace kbsearch::analyzers {
namespace {

struct Sample {
  std::string language;
  std::string text;
};

bool HasLetter(const std::string& word) {
  for (const char c : word) {
    if (static_cast<unsigned char>(c) >= 0x80 || std::isalpha(c)) return true;
  }
  return false;
}

std::vector<std::string> Pairs(const std::string& text) {
  std::istringstream words(text);
  std::vector<std::string> pairs;
  std::string first, second;
  while (words >> first >> second) {
    if (HasLetter(first) && HasLetter(second)) {
      pairs.push_back(first + " " + second);
    }
  }
  return pairs;
}

std::vector<Sample> ReadSamples(const std::string& path, bool pairs) {
  std::vector<Sample> samples;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const auto record = nlohmann::json::parse(line);
    const std::string text = record.at("text");
    const std::string language = record.at("lang");
    if (!pairs) {
      samples.push_back({language, text});
      continue;
    }
    for (std::string& pair : Pairs(text)) {
      samples.push_back({language, std::move(pair)});
    }
  }
  return samples;
}

// Counts of one language.
struct Counts {
  int texts = 0;
  int all = 0;          // right among all languages, no prior
  int among = 0;        // among the file's, no prior
  int right_prior = 0;  // among the file's
  int wrong_priors = 0;
  int wrong_right = 0;  // right with a wrong prior
};

void Judge(const LanguageIdentifier& identifier, const Sample& sample,
           const std::vector<std::string>& languages, Counts* counts) {
  const auto right = [&](std::string_view prior,
                         std::span<const std::string> among) {
    const auto guesses = identifier.Identify(sample.text, prior, among);
    return !guesses.empty() && guesses.front().language == sample.language;
  };
  ++counts->texts;
  counts->all += right({}, {});
  counts->among += right({}, languages);
  for (const std::string& prior : languages) {
    if (prior == sample.language) {
      counts->right_prior += right(prior, languages);
    } else {
      ++counts->wrong_priors;
      counts->wrong_right += right(prior, languages);
    }
  }
}

double Percent(int part, int whole) {
  return whole == 0 ? 0 : 100.0 * part / whole;
}

void PrintMiss(const LanguageIdentifier& identifier, const Sample& sample,
               const std::vector<std::string>& languages) {
  const auto guesses = identifier.Identify(sample.text, {}, languages);
  const std::string guess = guesses.empty() ? "-" : guesses.front().language;
  if (guess == sample.language) return;
  std::printf("%s taken for %s: %s\n", sample.language.c_str(), guess.c_str(),
              sample.text.c_str());
}

int Run(const std::vector<std::string>& paths, bool pairs, bool misses) {
  const auto registry = Registry::Load();
  if (!registry.ok()) {
    std::cerr << "error: " << registry.status() << "\n";
    return 1;
  }
  std::printf("%-34s %-4s %6s %6s %6s %6s %6s\n", "file", "lang", "texts",
              "all", "among", "prior", "wrong");
  for (const std::string& path : paths) {
    const std::vector<Sample> samples = ReadSamples(path, pairs);
    std::set<std::string> codes;
    for (const Sample& sample : samples) codes.insert(sample.language);
    const std::vector<std::string> languages(codes.begin(), codes.end());
    std::map<std::string, Counts> table;
    for (const Sample& sample : samples) {
      Judge((*registry)->identifier(), sample, languages,
            &table[sample.language]);
      if (misses) PrintMiss((*registry)->identifier(), sample, languages);
    }
    for (const auto& [language, c] : table) {
      std::printf("%-34.34s %-4s %6d %6.1f %6.1f %6.1f %6.1f\n", path.c_str(),
                  language.c_str(), c.texts, Percent(c.all, c.texts),
                  Percent(c.among, c.texts), Percent(c.right_prior, c.texts),
                  Percent(c.wrong_right, c.wrong_priors));
    }
  }
  return 0;
}

}  // namespace
}  // namespace kbsearch::analyzers

int main(int argc, char** argv) {
  std::vector<std::string> paths(argv + 1, argv + argc);
  const bool pairs = std::erase(paths, "--pairs") > 0;
  const bool misses = std::erase(paths, "--misses") > 0;
  if (paths.empty()) {
    std::cerr << "usage: identify-languages [--pairs] [--misses] FILE.jsonl…\n";
    return 2;
  }
  return kbsearch::analyzers::Run(paths, pairs, misses);
}
