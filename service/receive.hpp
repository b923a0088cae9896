#pragma once
#include "certs/uuid.hpp"
#include "db/audit_entry.hpp"
#include "forms/answers.hpp"
#include "forms/problem.hpp"
#include "forms/questionnaire.hpp"
#include "forms/response.hpp"
#include "forms/validation.hpp"
#include "service/application.hpp"
#include "service/attachments.hpp"
#include "service/decide.hpp"
#include "service/record.hpp"

#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace intake::service {

/// The answers to one form on their way in, from a page's fields or from a client's JSON.
struct form_draft {
  forms::questionnaire const* form = nullptr;
  forms::response response;
};

/// A packet on its way in.
struct draft {
  /// The submission it becomes: the same id sent again is the same submission (design 7).
  certs::uuid id;
  /// 1, or the next one of a submission that is there: what was missing in it came later, or was
  /// corrected. Sent again without a change it is the version before.
  std::int32_t version = 1;
  std::vector<form_draft> forms;
  /// What the answers' attachments hold, where they do not bring their bytes along.
  std::vector<kept_file> files{};
  /// Who sends it and from where; the action and the record are filled in here.
  db::audit_entry sender;
  certs::utc_time received{};
  /// BCP 47 tag of the language the patient reads.
  std::string language;
  /// Where the visit will be, an id of a location; empty: nobody said.
  std::string location{};
  /// Ids of forms that this visit asks for and that are not in it yet.
  std::vector<std::string> not_sent{};
  record_entry entry{};
};

/// The receipt was given and COMMIT stands behind it.
struct received {
  certs::uuid id;
  std::string receipt;
  /// Which version now holds these answers.
  std::int32_t version = 1;
  insurance_answer insurance;
  /// A term that runs on the patient's accident; empty where none does.
  forms::insurance::sentence_text term;
  enum class kind { first_time, again } which = kind::first_time;
};

/// Something in the answers is wrong: per form, in the order of the draft. Nothing was stored.
struct answers_refused {
  std::vector<std::vector<forms::problem>> by_form;
};

/// That id (or that version of it) was used for other answers.
struct id_taken {};

/// The database or the queue can't take it now. Nothing is known to be stored; sending the same
/// again is safe.
struct not_now {};

using receive_result = std::variant<received, answers_refused, id_taken, not_now>;

/// The one door inside: validate, read what is attached, decide, seal, store. Pages and API both
/// end here. Returns after COMMIT. Throws db::statement_refused.
receive_result receive(application&, draft);

/// Tells the outcome of a `receive` that did not wait, once, on whatever thread; throws what that
/// would have thrown.
using receive_outcome = std::function<receive_result()>;

/// The same for a first version, but nobody waits for the COMMIT: `then` hears the outcome once,
/// from this thread or, after the COMMIT, from the writer's, which it must not hold up.
void receive_then(application&, draft, std::function<void(receive_outcome)> then);

}  // namespace intake::service
