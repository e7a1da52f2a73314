#include "server/http/ticket_webhook.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace kbsearch::server {
namespace {

using nlohmann::json;

TEST(TicketWebhookTest, OnlyKnownFieldsGoOn) {
  const json given = {{"subject", "Τιμολόγιο"},
                      {"body", "Πού είναι;"},
                      {"email", "a@b.example"},
                      {"suggestion_id", "s1"},
                      {"role", "operator"}};
  const json sent = json::parse(CheckTicket(given.dump()).value());
  EXPECT_EQ(sent["subject"], "Τιμολόγιο");
  EXPECT_EQ(sent["suggestion_id"], "s1");
  EXPECT_EQ(sent["corpus"], "");
  EXPECT_FALSE(sent.contains("role"));
}

TEST(TicketWebhookTest, BadTicketsAreNamed) {
  const json good = {{"subject", "s"}, {"body", "b"}, {"email", "a@b.example"}};
  const struct {
    const char* field;
    json value;
  } kCases[] = {
      {"subject", " \n"},
      {"subject", 7},
      {"body", ""},
      {"body", std::string(200001, 'x')},
      {"email", "nobody"},
      {"email", "a@b\r\nBcc: c@d"},
      {"email", "@b.example"},
      {"session_id", std::string(101, 'x')},
  };
  for (const auto& c : kCases) {
    json ticket = good;
    ticket[c.field] = c.value;
    const auto checked = CheckTicket(ticket.dump());
    EXPECT_EQ(checked.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(checked.status().message().find(c.field), 0u) << checked.status();
  }
  EXPECT_FALSE(CheckTicket("[]").ok());
  EXPECT_FALSE(CheckTicket("{").ok());
}

TEST(TicketWebhookTest, OtherAddressesAreRefused) {
  EXPECT_FALSE(TicketWebhook::Make("file:///etc/passwd").ok());
  EXPECT_FALSE(TicketWebhook::Make("help.example").ok());
}

}  // namespace
}  // namespace kbsearch::server
