#include "forms/json_reader.hpp"
#include "forms/json_writer.hpp"
#include "forms/plan/packet_effort.hpp"
#include "forms/plan/sample_answers.hpp"
#include "service/commands/form_commands.hpp"
#include "service/files.hpp"
#include "service/form_store.hpp"
#include "service/version.hpp"

#include <filesystem>
#include <optional>

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

struct measured_packet {
  forms::packet_plan const* plan = nullptr;
  forms::packet_cost shortest;
  /// Of `plan/typical/ID.json`; nothing where the folder has none.
  std::optional<forms::packet_cost> typical;
  forms::packet_cost longest;

  bool within_budget() const {
    if (!typical) return true;
    auto const& before = typical->before;
    return (plan->answers_max == 0 ||
            before.answers <= static_cast<std::size_t>(plan->answers_max)) &&
           (plan->minutes_max == 0 || before.minutes() <= plan->minutes_max);
  }
};

std::optional<forms::packet_cost> typical_cost(std::string const& folder,
                                               forms::packet_plan const& plan,
                                               form_store const& store, certs::utc_time now) {
  auto const file =
      (std::filesystem::path(folder) / "plan" / "typical" / (plan.id + ".json")).string();
  if (!std::filesystem::exists(file)) return std::nullopt;
  auto const today = std::chrono::floor<std::chrono::days>(now);
  auto const bundle = forms::read_json(forms::with_dates(read_file(file), today));
  if (!bundle) throw command_failed(exit_code::usage, file + ": " + sentence(bundle.error()));
  return forms::cost_of(plan, store.library, *bundle);
}

void print_way(std::FILE* out, std::string_view name, forms::packet_cost const& cost) {
  auto const part = [](forms::effort const& e) {
    return fmt::format("{:4} answers {:6} words {:6.1f} minutes", e.answers, e.words, e.minutes());
  };
  fmt::print(out, "  {:9} before the visit {}   in all {}\n", name, part(cost.before),
             part(cost.all));
}

void print_text(std::FILE* out, measured_packet const& packet) {
  fmt::print(out, "{} ({} forms)\n", packet.plan->id, packet.plan->entries.size());
  print_way(out, "shortest", packet.shortest);
  if (packet.typical) print_way(out, "typical", *packet.typical);
  print_way(out, "longest", packet.longest);
  if (packet.within_budget()) return;
  fmt::print(out, "  over its budget of {} answers and {} minutes before the visit\n",
             packet.plan->answers_max, packet.plan->minutes_max);
}

void write_effort(forms::json_writer& out, std::string_view name, forms::effort const& e) {
  out.key(name).begin_object();
  out.member("answers", static_cast<std::int64_t>(e.answers));
  out.member("words", static_cast<std::int64_t>(e.words));
  out.key("minutes").number(fmt::format("{:.1f}", e.minutes())).end_object();
}

void write_way(forms::json_writer& out, std::string_view name, forms::packet_cost const& cost) {
  out.key(name).begin_object();
  write_effort(out, "before", cost.before);
  write_effort(out, "all", cost.all);
  out.end_object();
}

void print_json(std::FILE* out_file, std::string const& folder, measured_packet const& packet) {
  std::string text;
  forms::json_writer out(text);
  out.begin_object().member("tool", "form lint --packet").member("version", version);
  out.member("file", folder).member("packet", packet.plan->id);
  out.member("verdict", packet.within_budget() ? "within-budget" : "over-budget");
  write_way(out, "shortest", packet.shortest);
  if (packet.typical) write_way(out, "typical", *packet.typical);
  write_way(out, "longest", packet.longest);
  out.end_object();
  fmt::print(out_file, "{}\n", text);
}

}  // namespace

exit_code packet_lint(surroundings const& around, std::string const& folder, output_format format) {
  form_store store;
  try {
    store = load_forms(folder);
  } catch (std::exception const& error) {
    throw command_failed(exit_code::input_bad, error.what());
  }
  if (store.packets.empty()) {
    throw command_failed(exit_code::input_bad, "there is no plan/packets.json in " + folder,
                         "without it a form is asked by itself; nothing is to be measured");
  }
  bool all_within = true;
  for (auto const& plan : store.packets) {
    measured_packet const packet{&plan, forms::least_cost(plan, store.library),
                                 typical_cost(folder, plan, store, around.world.now()),
                                 forms::greatest_cost(plan, store.library)};
    all_within = all_within && packet.within_budget();
    if (format == output_format::json) {
      print_json(around.out, folder, packet);
    } else {
      print_text(around.out, packet);
    }
  }
  return all_within ? exit_code::good : exit_code::input_bad;
}

}  // namespace intake::service::commands
