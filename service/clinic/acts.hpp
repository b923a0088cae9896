#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/clinic/effective.hpp"
#include "service/pages/page.hpp"

#include <optional>
#include <string>
#include <string_view>

/// What the pages share on which a manager changes the clinic.
namespace intake::service::clinic {

/// What somebody wants to set. Without a value: back to what the files say.
struct wish {
  std::string key;
  std::optional<std::string> value;
  std::string reason{};
};

/// The clinic as it stands in the database now, whichever instance it was changed in.
application& looked_at_now(application&);

/// What the clinic would be.
effective with_wish(application const& now, wish const&);

/// A sentence about why an installation with real patients can't have it; empty: it can.
std::string why_unfit_for_production(application const& now, wish const&);

/// Whether the page showed the newest act on this key: its field "seen".
bool has_seen(application const& now, call const&, std::string_view key);

/// Adds it, writes it into the trail and has it in force here at once. False: somebody else was
/// quicker, and nothing was done.
bool carry_out(application& now, call const&, wish const&);

inline constexpr std::string_view overtaken =
    "Somebody else changed the clinic a moment ago. Nothing was changed now: what you typed is "
    "still here, and beside it stands what holds.";

/// The sections of who set it here and when, or of where the configuration says it; `config_key`
/// empty: it is set on the page alone.
void add_source(page_model&, application const&, std::string_view key, std::string_view config_key);

/// One line without spaces around it.
std::string one_line(std::string_view typed);

/// What is wrong with what was typed into the field of this id.
struct problem {
  std::string_view field;
  std::string sentence;
};
/// Above the page and at its field.
void add_problem(page_model&, problem const&);

}  // namespace intake::service::clinic
