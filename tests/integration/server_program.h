// kbsearch-server as a process of its own.
#ifndef KBSEARCH_TESTS_INTEGRATION_SERVER_PROGRAM_H_
#define KBSEARCH_TESTS_INTEGRATION_SERVER_PROGRAM_H_

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

namespace kbsearch::testing {

// A running program whose standard output and error are read together.
class Program {
 public:
  explicit Program(std::vector<std::string> arguments) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    pid_ = fork();
    if (pid_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      dup2(ends[1], STDERR_FILENO);
      close(ends[0]);
      close(ends[1]);
      arguments.insert(arguments.begin(), KBSEARCH_SERVER_PROGRAM);
      std::vector<char*> argv;
      for (std::string& argument : arguments) argv.push_back(argument.data());
      argv.push_back(nullptr);
      execv(argv[0], argv.data());
      _exit(127);
    }
    close(ends[1]);
    output_ = ends[0];
  }
  ~Program() {
    if (!reaped_) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
    }
    close(output_);
  }

  // Reads until `text` appears; false at the end of the output.
  bool ReadUntil(const std::string& text) {
    while (read_.find(text) == std::string::npos) {
      if (!ReadMore()) return false;
    }
    return true;
  }
  void Signal(int signal) { kill(pid_, signal); }
  const std::string& read_so_far() const { return read_; }

  // Everything written, once the program has ended with `status`.
  std::string Finish(int status) {
    while (ReadMore()) {
    }
    int result = 0;
    waitpid(pid_, &result, 0);
    reaped_ = true;
    EXPECT_TRUE(WIFEXITED(result));
    EXPECT_EQ(WEXITSTATUS(result), status) << read_;
    return read_;
  }

 private:
  bool ReadMore() {
    char buffer[4096];
    const ssize_t size = read(output_, buffer, sizeof(buffer));
    if (size <= 0) return false;
    read_.append(buffer, static_cast<size_t>(size));
    return true;
  }

  pid_t pid_ = -1;
  int output_ = -1;
  bool reaped_ = false;
  std::string read_;
};

}  // namespace kbsearch::testing

#endif  // KBSEARCH_TESTS_INTEGRATION_SERVER_PROGRAM_H_
