#include "service/command_line_builder.hpp"

#include <CLI/CLI.hpp>

namespace intake::service {

void line_builder::add_keys(CLI::App& app) {
  auto* key = app.add_subcommand("key", "The keys that everything is sealed under");
  key->require_subcommand(1);
  auto* make =
      key->add_subcommand("new", "Make the key file of a new installation; never overwrites one");
  make->add_option("--sheet", line_.key_new.sheet,
                   "Make it from an escrow sheet as you typed it in, instead of new keys");
  make->add_flag("--passphrase", line_.key_new.under_passphrase,
                 "Seal it under a passphrase, typed twice or from [keys] passphrase_file");
  on(make, [this] { return commands::key_new(around_, settings(), line_.key_new); });
  add_passphrase(*key);
  auto* escrow = key->add_subcommand(
      "escrow", "Print the sheet that brings the keys back when the disk is gone");
  escrow->add_option("-o,--output", line_.key_escrow.output, "Write it to a new file instead");
  on(escrow, [this] { return commands::key_escrow(around_, settings(), line_.key_escrow); });
  add_rotation(*key);
}

void line_builder::add_passphrase(CLI::App& key) {
  auto* change = key.add_subcommand(
      "passphrase", "Put the key file under a passphrase, or another one; typed twice");
  auto& p = line_.key_passphrase;
  auto* file =
      change->add_option("--new-file", p.new_file, "A file whose first line is the new passphrase");
  change->add_flag("--remove", p.remove, "Put it under none")->excludes(file);
  on(change,
     [this] { return commands::key_passphrase(around_, settings(), line_.key_passphrase); });
}

void line_builder::add_rotation(CLI::App& key) {
  on(key.add_subcommand("list", "Name every key, its state and how many rows are under it"),
     [this] { return commands::key_list(around_, settings()); });
  auto* rotate = key.add_subcommand(
      "rotate", "Take the next step of a rotation; call it again for the one after that");
  rotate
      ->add_option("--rows-per-second", line_.key_rotate.rows_per_second,
                   "How fast stored data keys are re-wrapped; 0: as fast as it goes")
      ->check(CLI::Range(0, 1'000'000))
      ->capture_default_str();
  on(rotate, [this] { return commands::key_rotate(around_, settings(), line_.key_rotate); });
  auto* retire =
      key.add_subcommand("retire", "Remove a key that no row and no kept backup needs any more");
  retire->add_option("ID", line_.key_retire.id, "The key, as `intake key list` names it")
      ->required();
  on(retire, [this] { return commands::key_retire(around_, settings(), line_.key_retire); });
  auto* verify = key.add_subcommand(
      "verify", "Open every data key there is, and prove that no two are the same");
  verify->add_option("--sheet", line_.key_verify.sheet,
                     "Instead compare the key file with an escrow sheet as you typed it in");
  on(verify, [this] { return commands::key_verify(around_, settings(), line_.key_verify); });
}

}  // namespace intake::service
