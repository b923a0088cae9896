#include "service/delivery/deliveries.hpp"

#include "certs/name_fold.hpp"
#include "db/batch_writer.hpp"
#include "forms/json_reader.hpp"
#include "forms/json_writer.hpp"
#include "service/delivery/channel.hpp"
#include "service/sealed_text.hpp"

#include <algorithm>
#include <array>

namespace intake::service::delivery {
namespace {

constexpr int round_max = 100;
/// Longer than one may take: a worker that died leaves its message for so long.
constexpr std::chrono::minutes hold{2};
constexpr std::array<std::chrono::seconds, 5> pauses{
    std::chrono::seconds(30), std::chrono::minutes(2), std::chrono::minutes(10),
    std::chrono::minutes(30), std::chrono::hours(2)};

text_place place_of(certs::uuid id) {
  return {"delivery", id, 1};
}

/// Where a way leads; empty where it does not.
std::string address_of(db::delivery_way way, expected_person const& who) {
  if (way == db::delivery_way::phone) return certs::fold_phone(who.phone);
  return is_mail_address(who.mail) ? who.mail : std::string();
}

std::string write_message(message const& what) {
  std::string text;
  forms::json_writer out(text);
  out.begin_object()
      .member("to", what.to)
      .member("language", what.language)
      .member("subject", what.subject)
      .member("text", what.text)
      .end_object();
  return text;
}

std::optional<message> read_message(db::delivery const& row, std::string text) {
  auto const document = forms::read_json(std::move(text), {.bytes_max = 16384, .depth_max = 2});
  if (!document) return std::nullopt;
  auto const& root = document->root();
  return message{certs::to_string(row.id),
                 row.way,
                 std::string(root.text_of("to")),
                 std::string(root.text_of("language")),
                 std::string(root.text_of("subject")),
                 std::string(root.text_of("text")),
                 {}};
}

class sender {
 public:
  explicit sender(application& app) : app_(app) {}

  round all() {
    for (int i = 0; i < round_max; ++i) {
      auto const due = db::take_deliveries(app_.desk, 1, app_.world.now(), hold);
      if (due.empty()) break;
      one(due.front());
    }
    return done_;
  }

 private:
  void one(db::delivery const& row) {
    if (row.is_pointless) return give_up(row, "the link is over, taken back or used");
    auto const text = open_text(app_.keks, place_of(row.id), row.key, row.content);
    auto what = text ? read_message(row, *text) : std::nullopt;
    if (!what) return give_up(row, "what was to be sent can't be opened");
    auto const way = open_channel(app_.settings, row.way);
    if (way == nullptr) return give_up(row, "this way is not set up any more");
    // Durable before anything leaves.
    audit(row, "link-sent", db::audit_outcome::done);
    what->at = app_.world.now();
    auto const refused = way->send(*what);
    if (!refused) return hand_over(row);
    auto const tried = static_cast<std::size_t>(row.attempts);
    if (refused->for_good || tried > pauses.size()) return give_up(row, refused->reason);
    auto const next = app_.world.now() + pauses[tried - 1];
    if (db::try_delivery_later(app_.desk, row, cut(refused->reason), next)) ++done_.postponed;
  }

  void hand_over(db::delivery const& row) {
    auto const now = app_.world.now();
    if (db::end_delivery(app_.desk, row, db::delivery_state::handed_over, "", now)) {
      ++done_.handed_over;
    }
  }

  void give_up(db::delivery const& row, std::string const& why) {
    audit(row, "link-not-delivered", db::audit_outcome::failed);
    auto const now = app_.world.now();
    if (db::end_delivery(app_.desk, row, db::delivery_state::failed, cut(why), now)) {
      ++done_.given_up;
    }
  }

  void audit(db::delivery const& row, std::string action, db::audit_outcome outcome) {
    db::audit_entry entry;
    entry.action = std::move(action);
    entry.who = db::actor_kind::system;
    entry.subject = row.invitation;
    entry.outcome = outcome;
    entry.purpose = "invitation: " + std::string(db::to_string(row.way));
    app_.writer.append(std::move(entry));
  }

  static std::string cut(std::string const& reason) { return reason.substr(0, 200); }

  application& app_;
  round done_;
};

}  // namespace

std::vector<db::delivery_way> ways_to(config const& settings, expected_person const& who) {
  std::vector<db::delivery_way> ways;
  for (auto const way : {db::delivery_way::mail, db::delivery_way::phone}) {
    if (has_channel(settings, way) && !address_of(way, who).empty()) ways.push_back(way);
  }
  return ways;
}

std::string way_words(db::delivery_way way, expected_person const& who) {
  return way == db::delivery_way::mail ? "by e-mail to " + who.mail
                                       : "as a text message to " + who.phone;
}

void promise(application& app, db::invitation const& link, db::delivery_way way,
             expected_person const& who, std::string const& url) {
  auto const spoken = parse_language(who.language).value_or(language::en);
  auto const until = app.clock.date_and_time(link.expires, spoken);
  message const what{{},
                     way,
                     address_of(way, who),
                     std::string(tag(spoken)),
                     app.words.say(spoken, "message.subject"),
                     app.words.say(spoken, "message.text", {{"url", url}, {"time", until}}),
                     {}};
  db::delivery row;
  row.id = certs::new_uuid_v7(app.world);
  row.invitation = link.id;
  row.way = way;
  row.created = link.created;
  row.actor = link.actor;
  auto sealed = seal_text(app.world, app.keks, place_of(row.id), write_message(what));
  row.key = std::move(sealed.key);
  row.content = std::move(sealed.content);
  db::add_delivery(app.desk, row);
}

round deliver_due(application& app) {
  return sender(app).all();
}

std::string standing_words(std::optional<db::delivery_standing> const& standing) {
  if (!standing) return {};
  bool const mail = standing->way == db::delivery_way::mail;
  switch (standing->state) {
    case db::delivery_state::waiting:
      if (standing->reason.empty()) return "being sent";
      return "trying again to send it: " + standing->reason;
    case db::delivery_state::handed_over:
      return mail ? "handed to the mail" : "handed to the telephone service";
    case db::delivery_state::failed:
      break;
  }
  return "not delivered: " + standing->reason;
}

}  // namespace intake::service::delivery
