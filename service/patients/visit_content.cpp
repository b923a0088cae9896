#include "service/patients/visit_content.hpp"

#include "forms/canonical.hpp"
#include "forms/editions.hpp"
#include "forms/json_reader.hpp"
#include "forms/json_writer.hpp"
#include "service/patients/page_list.hpp"

#include <algorithm>
#include <charconv>

namespace intake::service::patients {
namespace {

using forms::json_kind;

void write_texts(forms::json_writer& out, std::string_view name,
                 std::vector<std::string> const& texts) {
  out.key(name).begin_array();
  for (auto const& each : texts) out.string(each);
  out.end_array();
}

std::vector<std::string> read_texts(forms::json_value const& object, std::string_view name) {
  std::vector<std::string> texts;
  if (auto const* all = object.find(name, json_kind::array)) {
    for (auto const& each : *all) texts.emplace_back(each.text());
  }
  return texts;
}

void write_form(forms::json_writer& out, begun_form const& each) {
  forms::response_envelope envelope;
  envelope.questionnaire = each.form->canonical();
  envelope.status = forms::response_status::in_progress;
  out.begin_object().key("pages").begin_array();
  for (auto const& page : each.pages_done) out.string(page);
  out.end_array().key("response");
  out.raw(forms::write_canonical(*each.form, each.answers, envelope)).end_object();
}

void write_correction(forms::json_writer& out, visit_correction const& one) {
  out.key("correction").begin_object();
  out.member("submission", certs::to_string(one.submission));
  out.member("form", one.form).member("item", one.link_id).end_object();
}

std::optional<visit_correction> read_correction(forms::json_value const& root) {
  auto const* one = root.find("correction", json_kind::object);
  auto const id = one == nullptr ? std::nullopt : certs::parse_uuid(one->text_of("submission"));
  if (!id) return std::nullopt;
  return visit_correction{*id, std::string(one->text_of("form")),
                          std::string(one->text_of("item"))};
}

std::int32_t read_count(std::string_view text) {
  std::int32_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

/// The version to go on with; null where there is none.
forms::questionnaire const* version_for(forms::library const& library,
                                        forms::questionnaire const* begun,
                                        std::string_view canonical, std::string_view day) {
  if (begun != nullptr && forms::may_be_signed(*begun, day)) return begun;
  auto const* any =
      begun != nullptr ? begun : library.find(canonical.substr(0, canonical.find('|')));
  return any == nullptr ? nullptr : library.find_presentable(any->header().id, day);
}

/// The pages of replaced texts are to be gone through again.
void open_again(begun_form& begun, std::vector<forms::item const*> const& groups) {
  for (auto const& page : pages_of(*begun.form)) {
    bool const holds_one = std::ranges::any_of(groups, [&](forms::item const* group) {
      return std::ranges::any_of(page.items, [&](forms::item_index top) {
        return begun.form->contains(top, group->index);
      });
    });
    if (holds_one) begun.pages_done.erase(name_of(*begun.form, page));
  }
}

void read_form_content(form_store const& store, forms::json_value const& each, std::string_view day,
                       visit& into) {
  auto const* resource = each.find("response", json_kind::object);
  if (resource == nullptr) return;
  auto const canonical = resource->text_of("questionnaire");
  auto const* const before = store.library.find(canonical);
  begun_form begun;
  begun.form = version_for(store.library, before, canonical, day);
  if (begun.form == nullptr) return;
  begun.answers =
      forms::read_response(*begun.form, *resource, forms::origin_claims::believed).answers;
  if (auto const* pages = each.find("pages", json_kind::array)) {
    for (auto const& page : *pages) begun.pages_done.insert(std::string(page.text()));
  }
  if (begun.form != before) {
    open_again(begun, forms::drop_replaced_texts(*begun.form, before, begun.answers));
  }
  into.forms.push_back(std::move(begun));
}

}  // namespace

std::string write_visit(visit const& v) {
  std::string text;
  forms::json_writer out(text);
  out.begin_object().member("kind", v.kind).member("code", v.code);
  if (!v.receipt.empty()) out.member("receipt", v.receipt);
  write_texts(out, "decision", v.decision);
  write_texts(out, "term", v.term);
  write_texts(out, "warnings", v.warnings);
  if (!v.entry.by.empty()) {
    out.key("entry");
    write_entry(out, v.entry);
  }
  if (v.invitation) out.member("invitation", certs::to_string(*v.invitation));
  if (v.versions_sent > 0) {
    out.member("versions-sent", std::to_string(v.versions_sent));
    out.member("receipt-so-far", v.receipt_so_far);
    write_texts(out, "forms-sent", v.forms_sent);
  }
  if (!v.help_phone.empty()) {
    out.member("help-phone", v.help_phone).member("help-language", v.help_language);
  }
  if (v.correction) write_correction(out, *v.correction);
  out.key("forms").begin_array();
  for (auto const& each : v.forms) write_form(out, each);
  out.end_array().end_object();
  return text;
}

bool read_visit(form_store const& store, std::string text, std::string_view day, visit& into) {
  auto const document = forms::read_json(std::move(text), {.bytes_max = 64 << 20, .depth_max = 64});
  if (!document) return false;
  auto const& root = document->root();
  into.kind = root.text_of("kind");
  into.code = root.text_of("code");
  into.receipt = root.text_of("receipt");
  into.decision = read_texts(root, "decision");
  into.term = read_texts(root, "term");
  into.warnings = read_texts(root, "warnings");
  if (auto const* entry = root.find("entry", json_kind::object)) into.entry = read_entry(*entry);
  into.invitation = certs::parse_uuid(root.text_of("invitation"));
  into.versions_sent = read_count(root.text_of("versions-sent"));
  into.receipt_so_far = root.text_of("receipt-so-far");
  into.forms_sent = read_texts(root, "forms-sent");
  into.help_phone = root.text_of("help-phone");
  into.help_language = root.text_of("help-language");
  into.correction = read_correction(root);
  if (auto const* all = root.find("forms", json_kind::array)) {
    for (auto const& each : *all) read_form_content(store, each, day, into);
  }
  return true;
}

}  // namespace intake::service::patients
