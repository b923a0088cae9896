#pragma once
#include "db/submissions.hpp"
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/desk/day_list.hpp"
#include "service/expected_person.hpp"

#include <optional>
#include <string>

/// One thing that is missing in a submission, as an address of the desk names it.
namespace intake::service::desk {

struct missing_thing {
  db::submission_head head;
  summary sent;
  /// From 1, in the order of `readiness_of` for who asks.
  std::size_t number = 0;
  missing_item item;
  /// The page that is missing, where it is one.
  forms::questionnaire const* form = nullptr;
  /// The agreement in it; null: the whole form.
  forms::item const* group = nullptr;
  std::optional<settled_item> settled;

  std::string address() const;
  /// Tells the buttons of a page whether the list has changed since.
  std::string mark(certs::keyring const&) const;
  expected_person who() const;
  /// A behavioural form's name is not the front desk's to read.
  bool may_print(call const&) const;
};

/// The thing of `/desk/submissions/{id}/missing/{number}`; nothing where it is not missing. Throws
/// db::unavailable.
std::optional<missing_thing> find_missing(application&, call const&);

/// Where on the day list's rows a missing thing leads.
std::string missing_address(certs::uuid submission, std::size_t number);

}  // namespace intake::service::desk
