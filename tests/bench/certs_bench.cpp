#include "certs/dev_ca.hpp"
#include "certs/envelope.hpp"
#include "certs/hash_chain.hpp"
#include "certs/key_set.hpp"
#include "certs/random.hpp"
#include "certs/tls.hpp"
#include "tests/certs/temporary_folder.hpp"
#include "tests/certs/tls_pair.hpp"

#include <string>

#include <benchmark/benchmark.h>

namespace intake::certs {
namespace {

struct sealing {
  world w = system_world();
  key_set_provider keks{std::move(new_key_set(w).keks)};
  binding place{.table = "part", .record = new_uuid_v7(w), .form = "https://forms.example/r|1"};
  std::string summary = std::string(400, 's');
  std::string answers = std::string(6'000, 'a');

  sealed_version seal_one() const {
    plain_part const parts[] = {{{part_kind::summary}, as_bytes(summary)},
                                {{part_kind::answers}, as_bytes(answers)}};
    return seal(w, keks, place, parts);
  }
};

void seal_summary_and_6_kb(benchmark::State& state) {
  static sealing const s;
  for (auto _ : state) benchmark::DoNotOptimize(s.seal_one());
}
BENCHMARK(seal_summary_and_6_kb)->ThreadRange(1, 2);

void open_summary(benchmark::State& state) {
  static sealing const s;
  auto const version = s.seal_one();
  auto const& content = version.parts[0].content.value;
  for (auto _ : state) {
    benchmark::DoNotOptimize(open(s.keks, version.key, s.place, {part_kind::summary}, content));
  }
}
BENCHMARK(open_summary)->ThreadRange(1, 2);

void hmac_32_bytes(benchmark::State& state) {
  bytes const key(32, 1);
  bytes const data(32, 2);
  for (auto _ : state) benchmark::DoNotOptimize(hmac_sha256(key, data));
}
BENCHMARK(hmac_32_bytes);

void random_44_bytes(benchmark::State& state) {
  bytes out(44);
  for (auto _ : state) random_bytes(out);
}
BENCHMARK(random_44_bytes);

// What a new connection costs the server; the client's own work is not timed.
void tls_handshake_server_side(benchmark::State& state) {
  auto const w = system_world();
  temporary_folder const folder;
  create_development_files(w, folder / ".", {});
  auto const tls =
      load_server_tls({folder / "server.crt", folder / "server.key", std::nullopt}, w.now())
          .value();
  context_handle const client(SSL_CTX_new(TLS_client_method()));
  for (auto _ : state) {
    tls_pair pair(tls.context.get(), client.get());
    std::chrono::duration<double> server_time{};
    for (auto done = false; !done;) {
      auto const client_done = SSL_do_handshake(pair.client()) == 1;
      auto const start = std::chrono::steady_clock::now();
      done = SSL_do_handshake(pair.server()) == 1 && client_done;
      server_time += std::chrono::steady_clock::now() - start;
    }
    state.SetIterationTime(server_time.count());
  }
}
BENCHMARK(tls_handshake_server_side)->UseManualTime();

void wrap_key(benchmark::State& state) {
  auto const w = system_world();
  key_set_provider const keks(std::move(new_key_set(w).keks));
  auto const dek = secret::random(w, dek_bytes);
  for (auto _ : state) benchmark::DoNotOptimize(keks.wrap(dek));
}
BENCHMARK(wrap_key);

}  // namespace
}  // namespace intake::certs

BENCHMARK_MAIN();
