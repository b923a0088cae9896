#include "forms/insurance/sentences.hpp"

namespace intake::forms::insurance {
namespace {

sentence_text const& own_not_a_promise() {
  static sentence_text const text{
      "This is not a promise that a service is covered or what it will cost.",
      "Esto no es una promesa de que un servicio esté cubierto ni de lo que costará.",
      "Sa pa yon pwomès ke yon sèvis kouvri, ni konbyen l ap koute."};
  return text;
}

sentence_text const& own_way_on() {
  static sentence_text const text{
      "You can use another plan, pay yourself with a written estimate, or call us.",
      "Puede usar otro plan, pagar usted con un estimado por escrito o llamarnos.",
      "Ou ka itilize yon lòt plan, peye tèt ou ak yon estimasyon alekri, oswa rele nou."};
  return text;
}

sentence_text const& chosen(sentence_text const& set, sentence_text const& own) {
  return set.empty() ? own : set;
}

void append(std::string& to, std::string const& more) {
  if (more.empty()) return;
  if (!to.empty()) to += ' ';
  to += more;
}

void append(sentence_text& to, sentence_text const& more) {
  append(to.en, more.en);
  append(to.es, more.in("es"));
  append(to.ht, more.in("ht"));
}

}  // namespace

sentence_text const& unknown_plan_sentence() {
  static sentence_text const text{
      "We do not know this plan yet. Our staff will check it and call you.",
      "Aún no conocemos este plan. Nuestro personal lo revisará y le llamará.",
      "Nou poko konnen plan sa a. Ekip nou an ap verifye l epi rele ou."};
  return text;
}

sentence_text const& not_a_promise_sentence(set_meta const& meta) {
  return chosen(meta.not_a_promise, own_not_a_promise());
}

sentence_text const& ask_who_pays_sentence(set_meta const& meta) {
  static sentence_text const own{
      "You have more than one insurance. Our staff will find out which one pays first.",
      "Usted tiene más de un seguro. Nuestro personal averiguará cuál paga primero.",
      "Ou gen plis pase yon asirans. Ekip nou an ap chèche konnen kiyès ki peye an premye."};
  return chosen(meta.ask_who_pays, own);
}

sentence_text visit_sentence(set_meta const& meta, outcome result, sentence_text const& row,
                             sentence_text const& order) {
  sentence_text text;
  append(text, row);
  append(text, order);
  if (result == outcome::not_accepted) append(text, chosen(meta.way_on, own_way_on()));
  append(text, not_a_promise_sentence(meta));
  return text;
}

sentence_text patient_sentence(set_meta const& meta, outcome result, sentence_text const& row) {
  return visit_sentence(meta, result, row, {});
}

}  // namespace intake::forms::insurance
