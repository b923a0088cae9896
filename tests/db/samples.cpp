#include "tests/db/samples.hpp"

#include <pqxx/nontransaction.hxx>
#include <pqxx/result.hxx>

namespace intake::tests {

certs::bytes sample_maker::random_bytes(std::size_t count) {
  certs::bytes data(count);
  world_.random(data);
  return data;
}

db::new_submission sample_maker::submission(std::size_t answer_bytes) {
  static constexpr char const* alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  db::new_submission made;
  made.id = certs::new_uuid_v7(world_);
  for (auto const byte : random_bytes(10)) made.receipt += alphabet[byte % 32];
  made.forms = {"https://clinic.example/Questionnaire/registration|1.0",
                "https://clinic.example/Questionnaire/pain-history|2.1"};
  world_.random(made.body_hash);
  made.received = sample_now;
  made.key = {"kek-1", random_bytes(40)};
  made.parts = {{std::string(db::summary_part), random_bytes(120)},
                {"answers", random_bytes(answer_bytes)}};
  made.tokens = {{1, random_bytes(8)}, {2, random_bytes(2)}};
  made.outbox = {"submission-received"};
  made.audit = entry("submission-received");
  made.audit.who = db::actor_kind::patient;
  return made;
}

db::new_submission sample_maker::correction(db::new_submission const& original) {
  auto made = submission();
  made.id = original.id;
  made.version = original.version + 1;
  made.receipt = original.receipt;
  return made;
}

db::audit_entry sample_maker::entry(std::string action) {
  db::audit_entry made;
  made.action = std::move(action);
  made.who = db::actor_kind::staff;
  made.actor = "desk-1";
  made.purpose = "treatment";
  made.request_id = "req-1";
  made.address = "192.0.2.7";
  return made;
}

held_lock::held_lock(database const& home, std::string const& table)
    : link_(std::make_unique<db::connection>(
          db::connection_settings{.conninfo = home.conninfo("postgres")})) {
  pqxx::nontransaction work(*link_);
  work.exec("BEGIN; LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
}

held_lock::~held_lock() = default;

db::batch_writer_settings writer_settings(database const& home) {
  return {.conninfo = home.conninfo("intake_portal"),
          .chain = "test/portal",
          .audit_key = sample_audit_key(),
          .writers = 1};
}

db::pool_settings desk_settings(database const& home) {
  return {.conninfo = home.conninfo("intake_desk")};
}

}  // namespace intake::tests
