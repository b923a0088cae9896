// Durable rows a second: the batch writer with 64 callers beside pgbench inserting rows of the same
// size one by one with 64 clients, in turns, on one throw-away cluster with fsync on.
#include "certs/random.hpp"
#include "db/batch_writer.hpp"
#include "tests/support/postgres.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>
#include <random>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

namespace intake {
namespace {

using std::chrono::steady_clock;

constexpr int callers = 64;
constexpr std::size_t sealed_bytes = 6144;

struct options {
  int rounds = 5;
  int seconds = 4;
  std::size_t writers = db::batch_writer_settings{}.writers;
};

/// What one side did in one round.
struct outcome {
  double rows_per_second = 0;
  double server_us_per_row = 0;
  double client_us_per_row = 0;
};

std::string contents_of(std::string const& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// CPU seconds of the postmaster, of what it reaped, and of its children that live.
double server_cpu_seconds(pid_t postmaster) {
  auto const ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
  auto const used = [&](pid_t pid, bool with_reaped) {
    auto const stat = contents_of(fmt::format("/proc/{}/stat", pid));
    std::istringstream fields(stat.substr(std::min(stat.rfind(')') + 2, stat.size())));
    std::vector<std::string> words(std::istream_iterator<std::string>(fields), {});
    double sum = 0;
    // proc(5): the state is field 3, utime 14, stime 15, cutime 16, cstime 17.
    for (std::size_t i = 11; i < (with_reaped ? 15U : 13U) && i < words.size(); ++i) {
      sum += std::stod(words[i]);
    }
    return sum / ticks;
  };
  double sum = used(postmaster, true);
  std::istringstream children(contents_of(fmt::format("/proc/{0}/task/{0}/children", postmaster)));
  for (pid_t child = 0; children >> child;) sum += used(child, false);
  return sum;
}

double own_cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  auto const seconds = [](timeval time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

db::new_submission sample(certs::world const& world, certs::bytes const& sealed,
                          std::uint64_t number) {
  db::new_submission made;
  made.id = certs::new_uuid_v7(world);
  made.receipt = fmt::format("{:010X}", number);
  made.forms = {"https://clinic.example/Questionnaire/registration|1.0"};
  world.random(made.body_hash);
  made.received = world.now();
  made.key = {"kek-2026-11", certs::bytes(40, 7)};
  made.parts = {{"summary", certs::bytes(sealed.begin(), sealed.begin() + 400)},
                {"answers", sealed}};
  made.tokens = {{1, certs::bytes(8)}, {2, certs::bytes(8)}};
  for (auto& token : made.tokens) world.random(token.value);
  made.outbox = {"submission-received"};
  made.audit = {.action = "submission-received",
                .who = db::actor_kind::client,
                .actor = "bench",
                .purpose = "treatment",
                .request_id = "0123456789abcdef",
                .address = "127.0.0.1"};
  return made;
}

class bench {
 public:
  explicit bench(options wanted) : wanted_(wanted) {
    std::mt19937_64 engine(1);
    for (auto& byte : sealed_) byte = static_cast<std::uint8_t>(engine());
    home_.sql(
        "CREATE TABLE single (id uuid PRIMARY KEY, form_id integer NOT NULL, "
        "received timestamptz NOT NULL DEFAULT now(), token bytea NOT NULL, key_id integer NOT "
        "NULL, wrapped bytea NOT NULL, sealed bytea NOT NULL); "
        "ALTER TABLE single ALTER sealed SET STORAGE EXTERNAL; CREATE INDEX ON single (token)");
    postmaster_ = static_cast<pid_t>(
        std::stol(contents_of(cluster_.socket_directory() + "/data/postmaster.pid")));
  }

  void run() {
    std::vector<double> ratios;
    fmt::print(
        "| round | pgbench rows/s | server µs/row | batch writer rows/s | server µs/row | "
        "own µs/row | ratio |\n|---|---|---|---|---|---|---|\n");
    for (int round = 1; round <= wanted_.rounds; ++round) {
      auto const single = measure("single", [this] { run_pgbench(); });
      auto const batch = measure("submission", [this] { run_writer(); });
      ratios.push_back(batch.rows_per_second / single.rows_per_second);
      fmt::print("| {} | {:.0f} | {:.0f} | {:.0f} | {:.0f} | {:.0f} | {:.2f} |\n", round,
                 single.rows_per_second, single.server_us_per_row, batch.rows_per_second,
                 batch.server_us_per_row, batch.client_us_per_row, ratios.back());
      std::fflush(stdout);
    }
    std::ranges::sort(ratios);
    fmt::print(
        "median ratio {:.2f} ({:.2f} to {:.2f}), {} writers, {} callers, {} sealed bytes, fsync "
        "on\n",
        ratios[ratios.size() / 2], ratios.front(), ratios.back(), wanted_.writers, callers,
        sealed_bytes);
  }

 private:
  template <typename Run>
  outcome measure(std::string const& table, Run run) {
    auto const rows = [&] {
      return std::stod(home_.value("SELECT count(*) FROM intake." + table));
    };
    home_.sql("CHECKPOINT");
    auto const rows_before = rows();
    auto const server = server_cpu_seconds(postmaster_);
    auto const own = own_cpu_seconds();
    auto const begun = steady_clock::now();
    run();
    auto const seconds = std::chrono::duration<double>(steady_clock::now() - begun).count();
    auto const own_used = own_cpu_seconds() - own;
    auto const server_used = server_cpu_seconds(postmaster_) - server;
    auto const added = rows() - rows_before;
    return {added / seconds, server_used * 1e6 / added, own_used * 1e6 / added};
  }

  void run_pgbench() {
    auto const script = cluster_.socket_directory() + "/single.sql";
    std::string body = "\\x";
    for (auto const byte : sealed_) body += fmt::format("{:02x}", byte);
    std::ofstream(script) << "\\set r random(1, 1000000000)\n"
                             "INSERT INTO intake.single (id, form_id, token, key_id, wrapped, "
                             "sealed) VALUES (gen_random_uuid(), 1, decode(md5(:r::text), 'hex'), "
                             "1, decode(repeat('ab', 60), 'hex'), :body::bytea);\n";
    auto const command = fmt::format(
        "pgbench -n -M prepared -c {} -j 2 -T {} -D 'body={}' -f {} '{}' >/dev/null 2>&1", callers,
        wanted_.seconds, body, script, home_.conninfo("postgres"));
    if (std::system(command.c_str()) != 0) fmt::print("pgbench failed\n");
  }

  void run_writer() {
    auto const world = certs::system_world();
    db::batch_writer writer({.conninfo = home_.conninfo("intake_portal"),
                             .chain = "bench",
                             .audit_key = certs::bytes(32, 1),
                             .writers = wanted_.writers},
                            world);
    auto const end = steady_clock::now() + std::chrono::seconds(wanted_.seconds);
    std::vector<std::jthread> threads;
    for (int i = 0; i < callers; ++i) {
      threads.emplace_back([&] {
        while (steady_clock::now() < end) {
          if (!std::holds_alternative<db::stored>(
                  writer.submit(sample(world, sealed_, ++number_)))) {
            fmt::print("not stored: {}\n", writer.counts().trouble);
          }
        }
      });
    }
  }

  options wanted_;
  certs::bytes sealed_ = certs::bytes(sealed_bytes);
  std::atomic<std::uint64_t> number_ = 0;
  tests::cluster cluster_{
      {"shared_buffers=1GB", "max_wal_size=8GB", "min_wal_size=2GB", "checkpoint_timeout=15min"}};
  tests::database home_{cluster_};
  pid_t postmaster_ = -1;
};

}  // namespace
}  // namespace intake

/// db_bench [ROUNDS [SECONDS [WRITERS]]]
int main(int argc, char** argv) {
  intake::options wanted;
  if (argc > 1) wanted.rounds = std::stoi(argv[1]);
  if (argc > 2) wanted.seconds = std::stoi(argv[2]);
  if (argc > 3) wanted.writers = std::stoul(argv[3]);
  intake::bench(wanted).run();
}
