// What a command sees of the world; tests put their own in.
#ifndef KBSEARCH_CLI_ENVIRONMENT_H_
#define KBSEARCH_CLI_ENVIRONMENT_H_

#include <functional>
#include <istream>
#include <ostream>

namespace kbsearch::cli {

// How to write to standard output.
struct TextStyle {
  bool colour = false;
  // Columns to wrap at; 0 = do not wrap (files, pipes).
  int width = 0;
};

// Does not own the streams.
struct Environment {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  std::function<const char*(const char*)> get_variable;
  TextStyle style;
  // Standard error is a terminal: progress may be drawn.
  bool show_progress = false;
};

// Exit statuses of every program of the project.
inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_ENVIRONMENT_H_
