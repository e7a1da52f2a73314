#include "cli/console.h"

#include <gtest/gtest.h>

#include <sstream>

namespace kbsearch::cli {
namespace {

TEST(ConsoleTest, IndentsAndWraps) {
  std::ostringstream out;
  Console console(out, out, {.colour = false, .width = 20});
  console.Print({{" 1. Επαναφορά του κωδικού"}}, 0, 4);
  EXPECT_EQ(out.str(), "1. Επαναφορά του\n    κωδικού\n");
}

TEST(ConsoleTest, WithoutATerminalLinesStayWhole) {
  std::ostringstream out;
  Console console(out, out, {});
  console.Print({{std::string(300, 'a')}, {" b", Style::kMatch}}, 2);
  EXPECT_EQ(out.str(), "  " + std::string(300, 'a') + " b\n");
}

TEST(ConsoleTest, AlignsColumnsByDisplayWidth) {
  std::ostringstream out;
  Console console(out, out, {});
  console.PrintTable({{"WORD", "N"}, {"κωδικός", "7"}, {"d\u00E9j\u00E0", "12"}},
                     {1});
  EXPECT_EQ(out.str(),
            "WORD      N\n"
            "κωδικός   7\n"
            "déjà     12\n");
}

}  // namespace
}  // namespace kbsearch::cli
