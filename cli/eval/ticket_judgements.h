// Judged tickets: what somebody wrote to the help desk, in which language, and
// which articles answer it, if any.
#ifndef KBSEARCH_CLI_EVAL_TICKET_JUDGEMENTS_H_
#define KBSEARCH_CLI_EVAL_TICKET_JUDGEMENTS_H_

#include <istream>
#include <string>
#include <vector>

#include "cli/eval/judgements.h"

namespace kbsearch::cli {

struct JudgedTicket {
  std::string subject;
  std::string body;
  // Its id, language and right articles; none: nothing answers the ticket.
  JudgedQuery judged;

  bool answerable() const { return !judged.relevant.empty(); }
};

struct TicketJudgements {
  std::vector<JudgedTicket> tickets;
  std::vector<BadLine> bad_lines;
};

// Reads {"id","lang","subject","body","relevant":[…]} lines, of which subject
// or body may be missing or empty; other fields are ignored, empty lines too.
TicketJudgements ReadTickets(std::istream& lines);

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_EVAL_TICKET_JUDGEMENTS_H_
