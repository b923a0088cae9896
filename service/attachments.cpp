#include "service/attachments.hpp"

#include "certs/digest.hpp"
#include "certs/secret.hpp"
#include "forms/base64.hpp"
#include "service/application.hpp"
#include "service/limits.hpp"

#include <fmt/format.h>

namespace intake::service {
namespace {

using forms::problem_code;

constexpr std::size_t title_bytes_max = 120;

struct fault_row {
  worker::file_fault fault;
  problem_code code;
};

constexpr fault_row fault_rows[] = {
    {worker::file_fault::unknown_kind, problem_code::attachment_unknown},
    {worker::file_fault::damaged, problem_code::attachment_damaged},
    {worker::file_fault::too_large, problem_code::attachment_too_detailed},
    {worker::file_fault::locked, problem_code::attachment_locked},
};

/// Turns what the child said into what is kept, or into what the patient hears.
struct keeper {
  file_keeping operator()(worker::clean_file& made) const {
    auto const digest = certs::sha1(certs::as_bytes(made.bytes));
    std::string_view const hash(reinterpret_cast<char const*>(digest.data()), digest.size());
    return kept_file{made.kind == worker::file_kind::jpeg ? "image/jpeg" : "application/pdf",
                     forms::encode_base64(hash), std::move(made.bytes)};
  }
  file_keeping operator()(worker::file_fault fault) const {
    for (auto const& row : fault_rows) {
      if (row.fault == fault) return row.code;
    }
    return problem_code::attachment_damaged;
  }
  // A file that ends or holds up its reader is not one that a camera wrote.
  file_keeping operator()(worker::child_failed) const { return problem_code::attachment_damaged; }
  file_keeping operator()(worker::children_busy) const { return problem_code::attachment_busy; }
};

std::string cut(std::string_view text) {
  if (text.size() <= title_bytes_max) return std::string(text);
  auto end = title_bytes_max;
  auto const inside_character = [&] {
    return (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80;
  };
  while (end > 0 && inside_character()) --end;
  return std::string(text.substr(0, end));
}

/// Items and their answers, const or not, in form order.
template <class Items, class Use>
void walk(forms::questionnaire const& form, Items& items, forms::place const* outer,
          Use const& use) {
  std::uint32_t repetition = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    auto& each = items[i];
    repetition = i > 0 && items[i - 1].item == each.item ? repetition + 1 : 0;
    auto const& item = form.at(each.item);
    forms::place at{outer, each.item, repetition, each.position};
    walk(form, each.items, &at, use);
    at.repetition = 0;
    for (auto& given : each.answers) {
      at.answer_position = given.position;
      auto* file = std::get_if<forms::attachment>(&given.value);
      if (file != nullptr && !is_drawn(item)) use(item, *file, at);
      walk(form, given.items, &at, use);
      ++at.repetition;
    }
  }
}

}  // namespace

file_keeping keep_file(application const& app, std::string_view bytes) {
  auto outcome = app.images.read(bytes);
  if (std::holds_alternative<worker::child_failed>(outcome)) {
    app.log.write(log_level::error, "file-reader-failed",
                  {{"bytes", static_cast<std::int64_t>(bytes.size())}});
  }
  return std::visit(keeper{}, outcome);
}

forms::attachment held_as(kept_file const& file, std::string_view title) {
  forms::attachment held;
  held.content_type = file.content_type;
  held.size_bytes = file.bytes.size();
  held.hash = file.hash;
  held.title = cut(title);
  return held;
}

bool is_drawn(forms::item const& item) {
  return item.shown.component == "signature";
}

void each_attachment(forms::questionnaire const& form, forms::answers const& given,
                     attachment_use const& use) {
  walk(form, given.items, nullptr, use);
}

void each_attachment(forms::questionnaire const& form, forms::answers& given,
                     attachment_change const& change) {
  walk(form, given.items, nullptr, change);
}

std::string attachment_part_name(std::size_t number) {
  return fmt::format("attachment/{}", number);
}

certs::part_name attachment_part(std::size_t number) {
  return {certs::part_kind::attachment, static_cast<std::uint16_t>(number)};
}

}  // namespace intake::service
