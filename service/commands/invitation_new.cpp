#include "certs/name_fold.hpp"
#include "db/batch_writer.hpp"
#include "forms/insurance/calendar.hpp"
#include "service/clinic/effective.hpp"
#include "service/commands/commands.hpp"
#include "service/commands/output_file.hpp"
#include "service/delivery/channel.hpp"
#include "service/installation.hpp"
#include "service/invitations.hpp"
#include "service/key_watch.hpp"
#include "service/texts/texts.hpp"
#include "service/worker/renderer.hpp"
#include "service/writer_settings.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace intake::service::commands {
namespace {

expected_person person_for(installation const& parts, invitation_new_options const& options,
                           std::chrono::sys_days today) {
  auto who = person_of(options.name);
  auto const born = forms::insurance::read_table_date(options.birth_date);
  if (who.family.empty()) {
    throw command_failed(exit_code::usage, "the name is empty", "--name \"Last, First\"");
  }
  if (!born) {
    throw command_failed(exit_code::usage, "the date of birth can't be read",
                         "--born 1961-02-28 or 2/28/1961");
  }
  if (std::chrono::sys_days{born->day} > today) {
    throw command_failed(exit_code::usage, "the date of birth is still to come",
                         "--born 1961-02-28 or 2/28/1961");
  }
  if (!options.mail.empty() && !delivery::is_mail_address(options.mail)) {
    throw command_failed(exit_code::usage, "that is no e-mail address", "--mail nora@example.com");
  }
  if (!options.phone.empty() && certs::fold_phone(options.phone).empty()) {
    throw command_failed(exit_code::usage, "that is no telephone number", "--phone 305-555-0142");
  }
  if (forms::plan_for(parts.forms().packets, options.visit) == nullptr) {
    throw command_failed(exit_code::usage, "no packet is for \"" + options.visit + "\"",
                         "plan/packets.json of the forms folder names the kinds of visit");
  }
  if (!parse_language(options.language)) {
    throw command_failed(exit_code::usage, "patients' pages are not in that language",
                         "--language takes en, es or ht");
  }
  who.birth_date = forms::insurance::write_date(born->day);
  who.visit_kind = options.visit;
  who.phone = options.phone;
  who.mail = options.mail;
  who.language = options.language;
  return who;
}

/// One page to hand over: what to do, the code, the address. It says nothing about the patient.
pdf::document sheet_for(config const& settings, installation const& parts,
                        db::invitation const& row, std::string const& url, language spoken) {
  texts const words;
  pdf::document sheet;
  sheet.about.title = words.say(spoken, "invited.title");
  sheet.about.language = tag(spoken);
  sheet.about.created = std::chrono::floor<std::chrono::seconds>(row.created);
  sheet.purpose = settings.parsed_mode() == operating_mode::production ? pdf::standing::production
                                                                       : pdf::standing::evaluation;
  pdf::section page;
  page.letterhead = {settings.clinic_name, {settings.clinic_phone}};
  auto const add = [&](std::string text, pdf::tone voice = pdf::tone::body) {
    page.blocks.emplace_back(pdf::paragraph{std::move(text), voice});
  };
  page.blocks.emplace_back(pdf::heading{pdf::heading_level::title, sheet.about.title});
  add(words.say(spoken, "sheet.scan"));
  page.blocks.emplace_back(pdf::qr_code{url, ""});
  add(words.say(spoken, "sheet.type"));
  add(url, pdf::tone::strong);
  add(words.say(spoken, "sheet.birth"));
  add(words.say(spoken, "sheet.until",
                {{"time", parts.clock().date_and_time(row.expires, spoken)}}));
  sheet.sections.push_back(std::move(page));
  return sheet;
}

void audit(surroundings const& around, config const& settings, installation const& parts,
           db::invitation const& row) {
  db::batch_writer writer(writer_settings(settings, parts.keys(), "command"), around.world);
  db::audit_entry entry;
  entry.action = "invitation-made";
  entry.who = db::actor_kind::command;
  entry.actor = fmt::format("uid {}", ::getuid());
  entry.subject = row.id;
  entry.purpose = "invitation";
  writer.append(std::move(entry));
}

}  // namespace

exit_code invitation_new(surroundings const& around, config const& settings,
                         invitation_new_options const& options) {
  installation const parts(settings);
  auto who =
      person_for(parts, options, std::chrono::sys_days{parts.clock().date(around.world.now())});
  auto const spoken = parse_language(who.language).value_or(language::en);
  invitation_order order;
  order.what.who = std::move(who);
  order.now = around.world.now();
  order.lifetime = std::chrono::days(settings.forms_invitation_days);
  auto const made = make_invitation({around.world, parts.keks(), parts.keys()}, order);
  auto const url = invitation_url(settings, made.secret);
  db::pool desk({.conninfo = settings.database_desk});
  std::string sheet;
  if (!options.output.empty()) {
    auto const now = clinic::read_effective(settings, desk).settings;
    sheet = own_renderer(parts.faces()).render(sheet_for(now, parts, made.row, url, spoken)).bytes;
  }
  // The sheet first: a link that nobody got would be stored for nothing, one that nobody knows
  // opens nothing.
  if (!options.output.empty()) write_output(around, options.output, sheet);
  audit(around, settings, parts, made.row);
  db::add_invitation(desk, made.row);
  tell_wraps(desk, parts.keks());
  // The address is the secret: it goes to standard output, and nowhere else.
  if (options.output != "-") fmt::print(around.out, "{}\n", url);
  return exit_code::good;
}

}  // namespace intake::service::commands
