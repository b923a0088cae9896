#include "tests/pdf/document_text.hpp"

#include <variant>

namespace intake::pdf::sample {
namespace {

class text_collector {
 public:
  std::string take() { return std::move(text_); }

  void say(std::string const& text) { text_ += text + '\n'; }
  void say(std::vector<std::string> const& texts) {
    for (auto const& each : texts) say(each);
  }

  void operator()(heading const& from) { say({from.text, from.own_words}); }
  void operator()(paragraph const& from) { say(from.text); }
  void operator()(answer const& from) {
    say({from.question, from.question_own_words, from.value, from.value_own_words});
  }
  void operator()(table const& from) {
    say(from.caption);
    for (auto const& each : from.columns) say({each.title, each.own_words});
    for (auto const& row : from.rows) {
      for (auto const& each : row) say({each.text, each.own_words});
    }
  }
  void operator()(notice const& from) {
    say(from.title);
    say(from.lines);
  }
  void operator()(fact const& from) { say({from.label, from.value}); }
  void operator()(facts const& from) {
    for (auto const& each : from.entries) (*this)(each);
  }
  void operator()(consent const& from) {
    say({from.title, from.agreement, from.edition});
    say(from.paragraphs);
  }
  void operator()(signature const& from) {
    say({from.printed_name, from.relation, from.method, from.signed_at});
  }
  void operator()(picture const& from) { say(from.caption); }
  void operator()(body_map const& from) {
    for (auto const& each : from.marks) say({each.label, each.label_own_words, each.strength});
    for (auto const& each : from.beside) (*this)(each);
  }
  void operator()(contents const& from) {
    for (auto const& each : from.entries) say(each.text);
  }
  void operator()(qr_code const& from) { say({from.payload, from.caption}); }
  void operator()(blank_answer const& from) {
    say({from.question, from.question_own_words, from.hint});
    say(from.options);
  }
  void operator()(page_break const&) {}

 private:
  std::string text_;
};

}  // namespace

std::string document_text(document const& from) {
  text_collector out;
  for (auto const& section : from.sections) {
    out.say({section.patient.name, section.patient.born, section.footer});
    for (auto const& each : section.patient.entries) out(each);
    for (auto const& each : section.blocks) std::visit(out, each);
  }
  return out.take();
}

}  // namespace intake::pdf::sample
