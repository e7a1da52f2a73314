#include "indexer/command_hints.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"

namespace kbsearch::indexer {
namespace {

// Letters to insert, delete, replace or exchange with their neighbour (optimal
// string alignment).
size_t Slips(std::string_view a, std::string_view b) {
  std::vector<size_t> before_last(b.size() + 1);
  std::vector<size_t> last(b.size() + 1);
  std::vector<size_t> here(b.size() + 1);
  std::iota(last.begin(), last.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    here[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      here[j] = std::min({last[j] + 1, here[j - 1] + 1,
                          last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        here[j] = std::min(here[j], before_last[j - 2] + 1);
      }
    }
    std::swap(before_last, last);
    std::swap(last, here);
  }
  return last.back();
}

// The likest of `names`, as the end of a sentence; empty: none is like it.
std::string DidYouMean(std::string_view name,
                       const std::vector<std::string>& names) {
  size_t fewest = std::max<size_t>(1, name.size() / 3) + 1;
  std::string likest;
  for (const std::string& known : names) {
    const size_t slips = Slips(name, known);
    if (slips >= fewest) continue;
    fewest = slips;
    likest = known;
  }
  return likest.empty() ? "" : absl::StrCat("; did you mean ", likest, "?");
}

std::vector<std::string> OptionNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option :
       app.get_options([](const CLI::Option*) { return true; })) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
  }
  return names;
}

bool Holds(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::string HintAtUnknown(const CLI::App& app, int argc,
                          const char* const* argv) {
  std::vector<std::string> commands;
  std::vector<std::string> all = OptionNames(app);
  const CLI::App* command = nullptr;
  for (const CLI::App* known :
       app.get_subcommands([](const CLI::App*) { return true; })) {
    commands.push_back(known->get_name());
    const std::vector<std::string> own = OptionNames(*known);
    all.insert(all.end(), own.begin(), own.end());
  }
  std::vector<std::string> names = OptionNames(app);
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--") break;
    if (!argument.starts_with("--")) {
      // The first word is the command, unless it is an option's value.
      if (command != nullptr || (i > 1 && Holds(all, argv[i - 1]))) continue;
      if (!Holds(commands, argument)) {
        return absl::StrCat("no command ", argv[i],
                            DidYouMean(argument, commands));
      }
      command = app.get_subcommand(argv[i]);
      const std::vector<std::string> own = OptionNames(*command);
      names.insert(names.end(), own.begin(), own.end());
      continue;
    }
    const std::string name(argument.substr(0, argument.find('=')));
    // Before the command: whose option it is is not known yet.
    if (command == nullptr || Holds(names, name)) continue;
    return absl::StrCat(command->get_name(), " has no option ", name,
                        DidYouMean(name, names));
  }
  return "";
}

}  // namespace kbsearch::indexer
