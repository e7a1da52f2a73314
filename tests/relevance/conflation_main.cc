// conflation [--failures] dev|test FOLDER
// Prints under-stemming, whole families and over-stemming of each language for
// kbsearch's analysis and, from the same lists, for Snowball alone. --failures
// names the pairs of kbsearch, for `dev` only: `test` stays unseen.
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzers/fold.h"
#include "analyzers/registry.h"
#include "analyzers/snowball_stemmer.h"
#include "tests/relevance/conflation.h"

namespace kbsearch::relevance {
namespace {

using analyzers::Fold;
using analyzers::Lower;

struct LanguageAndStemmer {
  const char* code;
  const char* snowball;
};
constexpr LanguageAndStemmer kLanguages[] = {{"el", "greek"},
                                             {"fr", "french"},
                                             {"nl", "dutch"},
                                             {"ru", "russian"},
                                             {"en", "english"}};

// The exact form and the lemmas, told apart as the index tells them apart. The
// parts of a compound are no lemmas of it.
std::vector<std::string> OurTerms(analyzers::Analyzer& analyzer,
                                  const std::string& word) {
  std::vector<std::string> terms;
  for (const analyzers::Token& token : analyzer.Analyze(word)) {
    if (token.role == analyzers::TokenRole::kPart) continue;
    terms.push_back("=" + token.exact);
    terms.insert(terms.end(), token.lemmas.begin(), token.lemmas.end());
  }
  return terms;
}

void PrintRow(std::string_view language, std::string_view chain,
              const Conflation& measured) {
  std::printf("%-4.*s %-22.*s %6.1f %8.1f %7.1f   %zu of %zu, %zu of %zu\n",
              static_cast<int>(language.size()), language.data(),
              static_cast<int>(chain.size()), chain.data(),
              100 * measured.UnderStemming(), 100 * measured.WholeFamilies(),
              100 * measured.OverStemming(), measured.apart,
              measured.form_pairs, measured.joined, measured.strangers);
}

int Run(const std::string& part, const std::string& folder,
        bool print_failures) {
  const auto registry = analyzers::Registry::Load();
  if (!registry.ok()) {
    std::cerr << registry.status() << "\n";
    return 2;
  }
  std::printf("%-4s %-22s %6s %8s %7s   %s\n", "", "chain", "under", "whole",
              "over", "pairs apart, strangers joined");
  for (const auto& [code, snowball] : kLanguages) {
    const auto lists = ReadWordLists(folder, code, part);
    if (!lists.ok()) {
      std::cerr << lists.status() << "\n";
      return 2;
    }
    const auto analyzer = (*registry)->NewAnalyzer(code);
    analyzers::SnowballStemmer stemmer(snowball);
    const Conflation ours = MeasureConflation(
        *lists,
        [&](const std::string& word) { return OurTerms(*analyzer, word); });
    using Term = std::vector<std::string>;
    PrintRow(code, "kbsearch", ours);
    PrintRow(code, "Snowball", MeasureConflation(*lists, [&](const auto& word) {
               return Term{stemmer.Stem(Lower(word))};
             }));
    PrintRow(code, "folded, then Snowball",
             MeasureConflation(*lists, [&](const auto& word) {
               return Term{stemmer.Stem(Fold(word))};
             }));
    PrintRow(code, "Snowball, then folded",
             MeasureConflation(*lists, [&](const auto& word) {
               return Term{Fold(stemmer.Stem(Lower(word)))};
             }));
    if (!print_failures) continue;
    for (const std::string& failure : ours.failures) {
      std::printf("     %s\n", failure.c_str());
    }
  }
  return 0;
}

}  // namespace
}  // namespace kbsearch::relevance

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  const bool failures = std::erase(words, "--failures") > 0;
  if (words.size() != 2 || (words[0] != "dev" && words[0] != "test")) {
    std::cerr << "Usage: conflation [--failures] dev|test FOLDER\n"
                 "FOLDER holds the word lists: tests/relevance/families\n";
    return 2;
  }
  if (failures && words[0] == "test") {
    std::cerr
        << "The failures of 'test' are not shown, so that no word list is "
           "fitted to them; use 'dev'\n";
    return 2;
  }
  return kbsearch::relevance::Run(words[0], words[1], failures);
}
