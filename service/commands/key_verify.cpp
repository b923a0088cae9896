#include "certs/hash_chain.hpp"
#include "service/commands/key_acts.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

bool are_same(certs::key_set const& a, certs::key_set const& b) {
  auto const same_kek = [](certs::kek const& x, certs::kek const& y) {
    return x.id == y.id && x.state == y.state && x.created == y.created && x.key == y.key &&
           x.home == y.home;
  };
  return a.index_root == b.index_root && std::ranges::equal(a.keks, b.keks, same_kek);
}

exit_code compare(surroundings const& around, config const& settings, key_store const& keys,
                  std::string const& sheet) {
  auto const typed = read_keys_from(settings, sheet);
  if (!are_same(typed.set, keys.set)) {
    fmt::print(around.out,
               "The sheet is whole, but its keys are not those of {}: it was printed before the "
               "last rotation, or for another installation.\n",
               settings.keys_file);
    return exit_code::input_bad;
  }
  fmt::print(around.out, "The sheet brings back exactly the keys of {}.\n", settings.keys_file);
  return exit_code::good;
}

/// Half a hash of each data key: enough to tell any number of them apart, no use to a thief.
using fingerprint = std::array<std::uint8_t, 16>;

struct scan {
  std::vector<fingerprint> seen;
  std::size_t unopened = 0;
};

scan open_all(config const& settings, key_store const& keys) {
  scan found;
  db::for_each_wrapped_key(settings.database_rekey, [&](certs::wrapped_key const& wrapped) {
    auto const dek = keys.keks.unwrap(wrapped);
    if (!dek) {
      ++found.unopened;
      return;
    }
    auto const hash = keys.ring.keyed_hash(certs::key_role::record_hash, dek->view());
    auto& print = found.seen.emplace_back();
    std::copy_n(hash.begin(), print.size(), print.begin());
  });
  std::ranges::sort(found.seen);
  return found;
}

}  // namespace

// Every part of a record is encrypted once, under a key of its own that its data key and its place
// give; places are unique by the tables' primary keys. So distinct data keys are distinct pairs of
// key and nonce, whatever the nonces are.
exit_code key_verify(surroundings const& around, config const& settings,
                     key_verify_options const& options) {
  auto const keys = read_keys(settings);
  if (!options.sheet.empty()) return compare(around, settings, keys, options.sheet);
  auto const found = open_all(settings, keys);
  auto const twice = std::ranges::adjacent_find(found.seen) != found.seen.end();
  fmt::print(around.out, "{} data keys open, {} do not; {}.\n", found.seen.size(), found.unopened,
             twice ? "TWO OF THEM ARE THE SAME" : "no two are the same");
  return found.unopened == 0 && !twice ? exit_code::good : exit_code::input_bad;
}

}  // namespace intake::service::commands
