#include "service/desk/staff_act.hpp"

#include "service/audiences.hpp"
#include "service/http/fields.hpp"
#include "service/http/multipart.hpp"
#include "service/pages/shell.hpp"
#include "service/whole_number.hpp"

#include <algorithm>

namespace intake::service::desk {

alert_reader reader_of(call const& c) {
  return view_of(c.staff->role).alerts;
}

std::optional<std::int32_t> asked_version(call const& c) {
  for (auto const& [name, value] : read_form(c.asked.query).value_or(std::vector<form_field>{})) {
    if (name != "version") continue;
    // What is no number is a version that is not there.
    return whole_number<std::int32_t>(value).value_or(-1);
  }
  return std::nullopt;
}

std::string field_of_body(call const& c, std::string_view name) {
  for (auto const& part : parts_of(c.asked)) {
    if (part.name == name && !part.file_name) return std::string(part.content);
  }
  for (auto& field : read_form(c.asked.body).value_or(std::vector<form_field>{})) {
    if (field.name == name) return std::move(field.value);
  }
  return {};
}

std::string_view file_of_body(call const& c, std::string_view name) {
  for (auto const& part : parts_of(c.asked)) {
    if (part.name == name && part.file_name) return part.content;
  }
  return {};
}

bool is_reason(std::string_view text) {
  constexpr std::size_t reason_bytes_max = 500;
  constexpr std::ptrdiff_t reason_letters_min = 10;
  auto const letters = std::ranges::count_if(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) > 127;
  });
  return text.size() <= reason_bytes_max && letters >= reason_letters_min;
}

std::string way_back(call const& c) {
  auto const back = field_of_body(c, "back");
  bool const ours = back.starts_with("/desk/today") || back.starts_with("/desk/appointments/") ||
                    back.starts_with("/desk/submissions/") || back.starts_with("/desk/work");
  bool const plain = std::ranges::all_of(back, [](char ch) { return ch > ' ' && ch != '\\'; });
  return ours && plain && back.find("//") == back.npos ? back : "/desk/today";
}

response say(application const& app, call const& c, int status, std::string_view title,
             std::string_view sentence) {
  page_model model;
  model.set("TITLE", std::string(title));
  model.add("PARAGRAPH").set("TEXT", std::string(sentence));
  return show_page(app, {.status = status, .title = std::string(title), .staff = &*c.staff},
                   "message", model);
}

}  // namespace intake::service::desk
