#include "forms/insurance/identifier_messages.hpp"

#include <algorithm>
#include <array>

namespace intake::forms::insurance {
namespace {

struct entry {
  std::string_view problem;
  std::string_view en;
  std::string_view es;
  std::string_view ht;
};

constexpr std::array messages{
    entry{"hicn-retired",
          "This is the old Medicare number, which is no longer used. We did not keep it. Copy the "
          "11 letters and digits from the red, white and blue card.",
          "Este es el número antiguo de Medicare, que ya no se usa. No lo guardamos. Copie las 11 "
          "letras y dígitos de la tarjeta roja, blanca y azul.",
          "Sa se ansyen nimewo Medicare a, ki pa sèvi ankò. Nou pa kenbe l. Kopye 11 lèt ak chif "
          "ki sou kat wouj, blan ak ble a."},
    entry{"looks-like-ssn",
          "This looks like a Social Security number. We did not keep it. Copy the number from your "
          "insurance card.",
          "Esto parece un número de Seguro Social. No lo guardamos. Copie el número de su tarjeta "
          "de seguro.",
          "Sa sanble yon nimewo Sekirite Sosyal. Nou pa kenbe l. Kopye nimewo ki sou kat asirans "
          "ou a."},
    entry{"mbi-length", "A Medicare number has 11 letters and digits, such as 1EG4-TE5-MK73.",
          "Un número de Medicare tiene 11 letras y dígitos, por ejemplo 1EG4-TE5-MK73.",
          "Yon nimewo Medicare gen 11 lèt ak chif, tankou 1EG4-TE5-MK73."},
    entry{"mbi-excluded-letter",
          "A Medicare number never has the letters S, L, O, I, B or Z. Look at the card again: it "
          "may be 5, 1, 0, 8 or 2.",
          "Un número de Medicare nunca tiene las letras S, L, O, I, B ni Z. Mire la tarjeta otra "
          "vez: puede ser 5, 1, 0, 8 o 2.",
          "Yon nimewo Medicare pa janm gen lèt S, L, O, I, B oswa Z. Gade kat la ankò: li ka 5, 1, "
          "0, 8 oswa 2."},
    entry{"mbi-pattern",
          "This does not look like a Medicare number. It begins with a digit and a letter, such as "
          "1EG4-TE5-MK73.",
          "Esto no parece un número de Medicare. Empieza con un dígito y una letra, por ejemplo "
          "1EG4-TE5-MK73.",
          "Sa pa sanble yon nimewo Medicare. Li kòmanse ak yon chif epi yon lèt, tankou "
          "1EG4-TE5-MK73."},
    entry{"dbn-is-dod-id",
          "This is the 10-digit DoD ID number from the front of the card. Copy the 11-digit DoD "
          "Benefits Number (DBN) from the back.",
          "Este es el número de identificación del DoD, de 10 dígitos, del frente de la tarjeta. "
          "Copie el número de beneficios (DBN) de 11 dígitos del dorso.",
          "Sa se nimewo idantite DoD ki gen 10 chif, devan kat la. Kopye nimewo benefis DoD a "
          "(DBN) ki gen 11 chif dèyè kat la."},
    entry{"dbn-length",
          "A DoD Benefits Number (DBN) has 11 digits. It stands on the back of the card.",
          "Un número de beneficios del DoD (DBN) tiene 11 dígitos. Está en el dorso de la tarjeta.",
          "Yon nimewo benefis DoD (DBN) gen 11 chif. Li dèyè kat la."},
    entry{"bcbs-prefix", "Copy the whole member ID with its first three letters or digits.",
          "Copie el número de miembro completo, con sus tres primeras letras o dígitos.",
          "Kopye tout nimewo manm nan, ansanm ak twa premye lèt oswa chif yo."},
    entry{"npi-length", "An NPI has 10 digits and begins with 1 or 2.",
          "Un NPI tiene 10 dígitos y empieza con 1 o 2.",
          "Yon NPI gen 10 chif epi li kòmanse ak 1 oswa 2."},
    entry{"npi-check-digit", "One digit of this NPI is wrong: its check digit does not fit.",
          "Un dígito de este NPI es incorrecto: su dígito de control no coincide.",
          "Gen yon chif ki pa bon nan NPI sa a: chif kontwòl la pa koresponn."},
    entry{"ssn-impossible",
          "This is not a Social Security number that can exist. It has nine digits.",
          "Este número de Seguro Social no puede existir. Tiene nueve dígitos.",
          "Nimewo Sekirite Sosyal sa a pa ka egziste. Li gen nèf chif."},
    entry{"rx-bin-length", "An RxBIN has six digits; newer cards may have eight.",
          "Un RxBIN tiene seis dígitos; las tarjetas nuevas pueden tener ocho.",
          "Yon RxBIN gen sis chif; nouvo kat yo ka gen uit."},
    entry{"phone-number", "Write the phone number with its area code, such as 305-555-0142.",
          "Escriba el teléfono con su código de área, por ejemplo 305-555-0142.",
          "Ekri nimewo telefòn nan ak kòd rejyon an, tankou 305-555-0142."},
    entry{"zip-code", "A ZIP code has five digits, such as 33101.",
          "Un código postal (ZIP) tiene cinco dígitos, por ejemplo 33101.",
          "Yon kòd postal (ZIP) gen senk chif, tankou 33101."},
    entry{"payer-id", "A payer ID has 2 to 15 letters and digits.",
          "Un identificador de pagador tiene de 2 a 15 letras y dígitos.",
          "Yon idantifyan peyè gen 2 a 15 lèt ak chif."},
    entry{"", "Copy the number as it is printed on the card.",
          "Copie el número como está impreso en la tarjeta.",
          "Kopye nimewo a jan li enprime sou kat la."}};

}  // namespace

sentence_text identifier_message(std::string_view problem) {
  auto const found = std::find_if(messages.begin(), messages.end(),
                                  [&](entry const& one) { return one.problem == problem; });
  auto const& said = found == messages.end() ? messages.back() : *found;
  return {std::string(said.en), std::string(said.es), std::string(said.ht)};
}

}  // namespace intake::forms::insurance
