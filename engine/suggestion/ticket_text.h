// A ticket → the sentences in which its writer says what the matter is: without
// greeting, signature, quoted and forwarded mail, legal notices, lines of mail
// programs, and numbers that mean one order or person only.
//
// Worked example:
//   subject "Re: Facture [#48213]"
//   body    "Bonjour,\n\nJe ne trouve pas ma facture, commande CMD-2026-11873.
//            Comment l'obtenir ?\n\nCordialement,\nA. D.\n\n> Votre demande…"
//   gives   "Facture" (subject), "Je ne trouve pas ma facture, commande ."
//           (tells a problem), "Comment l'obtenir ?" (a question)
#ifndef KBSEARCH_ENGINE_SUGGESTION_TICKET_TEXT_H_
#define KBSEARCH_ENGINE_SUGGESTION_TICKET_TEXT_H_

#include <string>
#include <string_view>
#include <vector>

namespace kbsearch::engine {

struct TicketSentence {
  std::string text;  // UTF-8, without line breaks
  bool in_subject = false;
  bool is_question = false;
  bool tells_problem = false;  // holds words that problems are told with
};

// In order, the subject first. Any bytes are accepted. Nothing is lost for
// good: when all of the body would go (a mail that is only forwarded), what was
// quoted is taken for the ticket, and a ticket that is only greeting and
// signature stays as it is. Empty when there is no word in subject and body.
std::vector<TicketSentence> ReadTicket(std::string_view subject,
                                       std::string_view body);

// `text` without e-mail addresses, telephone, card and account numbers, and
// numbers named as those of an order, a customer, a parcel…; error codes,
// versions, prices and product names stay.
//   "order ND-2026-104533 gives PAY-4031" → "order  gives PAY-4031"
std::string WithoutPersonalData(std::string_view text);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SUGGESTION_TICKET_TEXT_H_
