#include "cli/eval/ticket_judgements.h"

#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace kbsearch::cli {
namespace {

using nlohmann::json;

constexpr char kForm[] =
    "{\"id\",\"lang\",\"subject\",\"body\",\"relevant\":[…]}";

std::string ReadOptional(const json& record, const char* field,
                         std::string* value) {
  const auto found = record.find(field);
  if (found == record.end()) return "";
  if (!found->is_string()) return absl::StrCat("\"", field, "\" is no string");
  *value = found->get<std::string>();
  return "";
}

std::string ReadTicket(const std::string& line, JudgedTicket* ticket) {
  json record;
  JudgedQuery& judged = ticket->judged;
  std::string reason = ParseObject(line, kForm, &record);
  if (reason.empty()) reason = ReadStringField(record, "id", &judged.id);
  if (reason.empty()) {
    reason = ReadStringField(record, "lang", &judged.language);
  }
  if (reason.empty())
    reason = ReadOptional(record, "subject", &ticket->subject);
  if (reason.empty()) reason = ReadOptional(record, "body", &ticket->body);
  if (reason.empty() && absl::StripAsciiWhitespace(ticket->subject).empty() &&
      absl::StripAsciiWhitespace(ticket->body).empty()) {
    reason = "\"subject\" and \"body\" are empty";
  }
  if (reason.empty()) {
    reason =
        ReadDocuments(record, "relevant", judged.language, &judged.relevant);
  }
  return reason;
}

}  // namespace

TicketJudgements ReadTickets(std::istream& lines) {
  TicketJudgements judgements;
  std::set<std::string> ids;
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    JudgedTicket ticket;
    std::string reason = ReadTicket(line, &ticket);
    if (reason.empty() && !ids.insert(ticket.judged.id).second) {
      reason =
          absl::StrCat("the id \"", ticket.judged.id, "\" was used before");
    }
    if (reason.empty()) {
      judgements.tickets.push_back(std::move(ticket));
    } else {
      judgements.bad_lines.push_back({number, std::move(reason)});
    }
  }
  return judgements;
}

}  // namespace kbsearch::cli
