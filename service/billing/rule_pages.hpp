#pragma once
#include "db/audit_entry.hpp"
#include "forms/insurance/checker.hpp"
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"
#include "service/pages/page.hpp"

#include <string>
#include <string_view>

/// What the pages about rule sets share.
namespace intake::service::billing {

forms::insurance::date today_of(application const&, call const&);

/// Writes that a set was acted on.
void audit_act(application&, call const&, std::string action, std::string const& hash,
               db::audit_outcome = db::audit_outcome::done);

/// The report's closing lines and its findings, errors first, in sections of the model.
void add_report(page_model&, forms::insurance::check_report const&);

/// A page that says one thing and leads back to `/desk/rules`.
response rules_message(application const&, call const&, int status, std::string_view title,
                       std::string_view sentence);

}  // namespace intake::service::billing
