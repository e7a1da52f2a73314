// The words of a text as the language identifier reads them: runs of letters
// of one script. Runs with digits, "@" or "_" are no words. Words parted by a
// full stop without a blank make up a name: "libfoo.so", "VAR.P", "e.g."; a
// full stop before a capital ends a sentence all the same.
//
//   "open libfoo.so v2 now.Then" → open, libfoo (in a name), so (in a name),
//                                   now, Then
//
// Not thread-safe; `text` must outlive it.
#ifndef KBSEARCH_ANALYZERS_WORD_READER_H_
#define KBSEARCH_ANALYZERS_WORD_READER_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "analyzers/characters.h"

namespace kbsearch::analyzers {

class WordReader {
 public:
  explicit WordReader(std::string_view text) : text_(text) {}

  // Reads the next word; false at the end of the text.
  bool Next();

  // Of the word that Next has read, valid until it reads another.
  std::u32string_view letters() const { return letters_; }  // and marks
  std::string_view bytes() const { return text_.substr(begin_, end_ - begin_); }
  Script script() const { return script_; }
  bool in_name() const { return in_name_; }

 private:
  // Reads letters to the next separator or change of script. False when there
  // are none, or digits among them.
  bool ReadRun();
  // Whether the full stop before `at` stands inside a name.
  bool JoinsName(size_t at) const;

  std::string_view text_;
  std::u32string letters_;
  size_t begin_ = 0;
  size_t end_ = 0;  // where reading goes on
  Script script_ = Script::kNone;
  bool in_name_ = false;
  bool behind_stop_ = false;  // that joins a name
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_WORD_READER_H_
