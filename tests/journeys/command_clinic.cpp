#include "tests/journeys/command_clinic.hpp"

#include "service/command_line.hpp"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>

namespace intake::tests {

bool says(ended const& end, std::string_view words) {
  return end.said.find(words) != std::string::npos;
}

command_clinic::command_clinic()
    : folder_(std::filesystem::path(home.settings().keys_file).parent_path()) {
  write_settings("intake.toml", home.rows());
}

void command_clinic::write_settings(std::string const& name, database const& rows) const {
  std::ofstream out(path(name));
  out << "[database]\n";
  for (auto const* role : {"portal", "desk", "migrate", "backup", "rekey", "retention"}) {
    out << role << " = \"" << rows.conninfo(std::string("intake_") + role) << "\"\n";
  }
  out << "[keys]\nfile = \"" << (name == "intake.toml" ? "intake.keys" : name + ".keys")
      << "\"\n[forms]\nfolder = \"" << home.settings().forms_folder << "\"\n[rules]\nfolder = \""
      << home.settings().rules_folder << "\"\n[backup]\nscratch_folder = \"/tmp\"\n";
}

ended command_clinic::run(std::vector<std::string> arguments, std::string const& settings) {
  arguments.insert(arguments.end(), {"--config", path(settings)});
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(std::tmpfile(), &std::fclose);
  ended end;
  end.code = service::run_command_line(
      {.world = home.app().world, .out = out.get(), .err = out.get(), .assets = {}},
      std::move(arguments), {});
  std::rewind(out.get());
  std::array<char, 4096> part{};
  while (auto const n = std::fread(part.data(), 1, part.size(), out.get())) {
    end.said.append(part.data(), n);
  }
  return end;
}

void command_clinic::submit(int count) {
  for (int i = 0; i < count; ++i) {
    auto packet = sample_packet();
    packet.replace(packet.find("urn:uuid:") + 9, 36,
                   certs::to_string(certs::new_uuid_v7(home.app().world)));
    auto const answer = home.post_fhir(packet);
    if (answer.status != 201) throw std::runtime_error("the packet was not taken");
    receipts.push_back(field_of(answer, "intake-receipt"));
  }
}

}  // namespace intake::tests
