#include "forms/insurance/clock_texts.hpp"

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

struct day_words {
  std::string en;
  std::string es;
  std::string ht;
};

day_words when_is_day_14(int days_left, date last_day) {
  if (days_left == 0) {
    return {"Today is day 14", "Hoy es el día 14", "Jodi a se jou 14"};
  }
  if (days_left == 1) {
    return {"Tomorrow is day 14", "Mañana es el día 14", "Demen se jou 14"};
  }
  return {fmt::format("Day 14 is {}", spoken_date(last_day, "en")),
          fmt::format("El día 14 es el {}", spoken_date(last_day, "es")),
          fmt::format("Jou 14 se {}", spoken_date(last_day, "ht"))};
}

}  // namespace

clock_text pip_running_text(int days_left, date last_day) {
  auto const when = when_is_day_14(days_left, last_day);
  return {
      {when.en + " after the accident: Florida auto insurance (PIP) usually needs first care by "
                 "then, at any qualified provider. Questions: your insurer or attorney.",
       when.es + " después del accidente: el seguro de auto de Florida (PIP) normalmente exige la "
                 "primera atención antes de que termine, con cualquier proveedor calificado. "
                 "Preguntas: su aseguradora o su abogado.",
       when.ht + " apre aksidan an: asirans oto Florid (PIP) nòmalman mande premye swen anvan jou "
                 "sa a fini, kay nenpòt founisè kalifye. Kesyon: asirans ou oswa avoka ou."},
      fmt::format("PIP: last day for first care is {}.", spoken_date(last_day, "en"))};
}

clock_text const& pip_met_text() {
  static clock_text const text{{}, "PIP: first care was within 14 days."};
  return text;
}

clock_text const& pip_late_text() {
  static clock_text const text{
      {"Your first care was more than 14 days after the accident, and Florida auto insurance (PIP) "
       "usually does not pay then. Please come anyway: we look for another way with you. "
       "Questions: your insurer or attorney.",
       "Su primera atención fue más de 14 días después del accidente, y el seguro de auto de "
       "Florida (PIP) normalmente no paga en ese caso. Venga de todos modos: buscaremos otra vía "
       "con usted. Preguntas: su aseguradora o su abogado.",
       "Premye swen ou te fèt plis pase 14 jou apre aksidan an, epi asirans oto Florid (PIP) "
       "nòmalman pa peye nan ka sa a. Vini kanmenm: n ap chèche yon lòt solisyon ak ou. Kesyon: "
       "asirans ou oswa avoka ou."},
      "PIP: first care after day 14. Ask for health plan, letter of protection or self-pay."};
  return text;
}

clock_text const& pip_over_text() {
  static clock_text const text{
      {"More than 14 days have passed since the accident, and Florida auto insurance (PIP) usually "
       "needs first care within them. Please come anyway: we look for another way with you. "
       "Questions: your insurer or attorney.",
       "Han pasado más de 14 días desde el accidente, y el seguro de auto de Florida (PIP) "
       "normalmente exige la primera atención dentro de ellos. Venga de todos modos: buscaremos "
       "otra vía con usted. Preguntas: su aseguradora o su abogado.",
       "Plis pase 14 jou pase depi aksidan an, epi asirans oto Florid (PIP) nòmalman mande premye "
       "swen nan 14 jou sa yo. Vini kanmenm: n ap chèche yon lòt solisyon ak ou. Kesyon: asirans "
       "ou oswa avoka ou."},
      "PIP: day 14 is over and no care yet. Ask for health plan, letter of protection or "
      "self-pay."};
  return text;
}

clock_text const& pip_when_treated_text() {
  static clock_text const text{
      {"Please tell us when and where you were first treated after the accident. If that was "
       "within 14 days, your auto insurance (PIP) may still pay.",
       "Díganos cuándo y dónde le atendieron primero después del accidente. Si fue dentro de los "
       "14 días, su seguro de auto (PIP) todavía puede pagar.",
       "Tanpri di nou ki lè ak ki kote ou te resevwa premye swen apre aksidan an. Si se te nan 14 "
       "jou yo, asirans oto ou (PIP) ka toujou peye."},
      "PIP: day 14 is over; the date of the first care anywhere is missing."};
  return text;
}

clock_text const& pip_no_date_text() {
  static clock_text const text{
      {"Please tell us the date of the accident. Florida auto insurance (PIP) usually needs first "
       "care within 14 days of it, at any qualified provider.",
       "Díganos la fecha del accidente. El seguro de auto de Florida (PIP) normalmente exige la "
       "primera atención dentro de los 14 días, con cualquier proveedor calificado.",
       "Tanpri di nou dat aksidan an. Asirans oto Florid (PIP) nòmalman mande premye swen nan 14 "
       "jou, kay nenpòt founisè kalifye."},
      "PIP: the date of the accident is missing. Call today; the 14 days may be running."};
  return text;
}

clock_text authorization_running_text(date last_day) {
  return {{},
          fmt::format("Workers' compensation: the carrier has until the close of {} to answer the "
                      "request for authorization.",
                      spoken_date(last_day, "en"))};
}

clock_text authorization_late_text(date last_day) {
  return {
      {},
      fmt::format("Workers' compensation: no answer by {}; the carrier's silence counts as consent "
                  "to medical necessity (F.S. 440.13(3)(d)). Call the adjuster and note it.",
                  spoken_date(last_day, "en"))};
}

clock_text const& authorization_answered_text() {
  static clock_text const text{{}, "Workers' compensation: the carrier has answered."};
  return text;
}

clock_text estimate_running_text(date last_day) {
  return {
      {fmt::format("We owe you a written estimate by {}.", spoken_date(last_day, "en")),
       fmt::format("Le debemos un estimado por escrito a más tardar el {}.",
                   spoken_date(last_day, "es")),
       fmt::format("Nou dwe ba ou yon estimasyon alekri pa pita pase {}.",
                   spoken_date(last_day, "ht"))},
      fmt::format("Good-faith estimate: due on {} (45 CFR 149.610).", spoken_date(last_day, "en"))};
}

clock_text const& estimate_given_text() {
  static clock_text const text{{}, "Good-faith estimate: given."};
  return text;
}

}  // namespace intake::forms::insurance
