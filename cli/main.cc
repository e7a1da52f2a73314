#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "cli/program.h"

namespace {

// Longer lines are hard to read.
constexpr int kMaxWidth = 100;
constexpr int kUsualWidth = 80;

bool IsSet(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

kbsearch::cli::TextStyle DetectStyle() {
  kbsearch::cli::TextStyle style;
  if (isatty(STDOUT_FILENO) == 0) return style;
  const char* terminal = std::getenv("TERM");
  const bool is_dumb =
      terminal == nullptr || std::string_view(terminal) == "dumb";
  style.colour = !is_dumb && !IsSet("NO_COLOR");
  winsize size{};
  const bool known =
      ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  style.width = known ? std::min<int>(size.ws_col, kMaxWidth) : kUsualWidth;
  return style;
}

}  // namespace

int main(int argc, char** argv) {
  const kbsearch::cli::Environment environment{
      std::cin,
      std::cout,
      std::cerr,
      [](const char* name) -> const char* { return std::getenv(name); },
      DetectStyle(),
      isatty(STDERR_FILENO) != 0};
  return kbsearch::cli::RunProgram({argv + 1, argv + argc}, environment);
}
