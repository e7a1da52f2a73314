// Takes personal data out of what customers type, before it is stored or shown.
#ifndef KBSEARCH_SERVER_EVENTS_MASK_H_
#define KBSEARCH_SERVER_EVENTS_MASK_H_

#include <string>
#include <string_view>

namespace kbsearch::server::events {

// E-mail addresses, card numbers, phone numbers and other long numbers become
// "[email]", "[card]", "[phone]", "[number]":
//
//   "pay with 4111 1111 1111 1111, write to me@example.com or +30 210 123-4567"
//   → "pay with [card], write to [email] or [phone]"
//
// A number is a run of digits of any script with blanks, dots, hyphens, slashes
// and brackets between them. 13 to 19 digits with a right check digit (Luhn,
// ISO/IEC 7812-1) are a card; 7 to 15 others a phone number; more a number.
// Kept, because they say what the matter is: numbers glued to letters
// ("KB5034441", "0x80070057"), dates ("2024-03-15"), versions of unequal groups
// ("10.0.19041.1234"), fewer than seven digits. What is not sure is masked.
std::string MaskPersonalData(std::string_view text);

}  // namespace kbsearch::server::events

#endif  // KBSEARCH_SERVER_EVENTS_MASK_H_
