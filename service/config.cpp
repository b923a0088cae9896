#include "service/config.hpp"

#include "db/connection_policy.hpp"
#include "service/config_checks.hpp"
#include "service/config_lists.hpp"
#include "service/files.hpp"
#include "service/shown_url.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <sstream>
#include <variant>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace intake::service {
namespace {

/// A secret may hold a password, a password is one.
enum class value_kind { text, secret, password, file };

struct text_setting {
  std::string config::*member;
  value_kind kind = value_kind::text;
};

struct number_setting {
  int config::*member;
  int least;
  int most;
};

struct flag_setting {
  bool config::*member;
};

struct list_setting {
  std::vector<std::string> config::*member;
};

struct setting {
  std::string_view section;
  std::string_view key;
  std::variant<text_setting, number_setting, flag_setting, list_setting> target;
};

using enum value_kind;

setting const settings_table[] = {
    {"", "mode", text_setting{&config::mode}},
    {"clinic", "name", text_setting{&config::clinic_name}},
    {"clinic", "phone", text_setting{&config::clinic_phone}},
    {"clinic", "colour", text_setting{&config::clinic_colour}},
    {"clinic", "logo_file", text_setting{&config::clinic_logo_file, file}},
    {"clinic", "time_zone", text_setting{&config::clinic_time_zone}},
    {"clinic", "locations", list_setting{&config::clinic_locations}},
    {"server", "address", text_setting{&config::server_address}},
    {"server", "port", number_setting{&config::server_port, 1, 65535}},
    {"server", "public_url", text_setting{&config::server_public_url}},
    {"server", "instance", text_setting{&config::server_instance}},
    {"server", "trusted_proxies", list_setting{&config::server_trusted_proxies}},
    {"server", "workers", number_setting{&config::server_workers, 1, 512}},
    {"server", "connections_max", number_setting{&config::server_connections_max, 8, 65536}},
    {"server", "drain_seconds", number_setting{&config::server_drain_seconds, 1, 600}},
    {"metrics", "port", number_setting{&config::metrics_port, 0, 65535}},
    {"tls", "certificate_file", text_setting{&config::tls_certificate_file, file}},
    {"tls", "key_file", text_setting{&config::tls_key_file, file}},
    {"tls", "client_authority_file", text_setting{&config::tls_client_authority_file, file}},
    {"tls", "client_authority_key_file",
     text_setting{&config::tls_client_authority_key_file, file}},
    {"database", "portal", text_setting{&config::database_portal, secret}},
    {"database", "desk", text_setting{&config::database_desk, secret}},
    {"database", "billing", text_setting{&config::database_billing, secret}},
    {"database", "migrate", text_setting{&config::database_migrate, secret}},
    {"database", "backup", text_setting{&config::database_backup, secret}},
    {"database", "rekey", text_setting{&config::database_rekey, secret}},
    {"database", "retention", text_setting{&config::database_retention, secret}},
    {"database", "desk_connections", number_setting{&config::database_desk_connections, 1, 100}},
    {"database", "portal_connections",
     number_setting{&config::database_portal_connections, 1, 100}},
    {"database", "wait_seconds", number_setting{&config::database_wait_seconds, 1, 60}},
    {"database", "require_standby", flag_setting{&config::database_require_standby}},
    {"keys", "file", text_setting{&config::keys_file, file}},
    {"keys", "passphrase_file", text_setting{&config::keys_passphrase_file, file}},
    {"keys", "token_module", text_setting{&config::keys_token_module, file}},
    {"keys", "token", text_setting{&config::keys_token}},
    {"keys", "token_pin_file", text_setting{&config::keys_token_pin_file, file}},
    {"forms", "folder", text_setting{&config::forms_folder, file}},
    {"forms", "ask_everybody", flag_setting{&config::forms_ask_everybody}},
    {"forms", "token_hours", number_setting{&config::forms_token_hours, 1, 720}},
    {"forms", "invitation_days", number_setting{&config::forms_invitation_days, 1, 90}},
    {"rules", "folder", text_setting{&config::rules_folder, file}},
    {"rules", "approvers", number_setting{&config::rules_approvers, 1, 2}},
    {"fonts", "files", list_setting{&config::fonts_files}},
    {"audit", "heads_file", text_setting{&config::audit_heads_file, file}},
    {"audit", "heads_command", list_setting{&config::audit_heads_command}},
    {"backup", "postgres_programs", text_setting{&config::backup_postgres_programs, file}},
    {"backup", "scratch_folder", text_setting{&config::backup_scratch_folder, file}},
    {"backup", "keep_days", number_setting{&config::backup_keep_days, 1, 3650}},
    {"retention", "years", number_setting{&config::retention_years, 5, 50}},
    {"retention", "minors_until_age", number_setting{&config::retention_minors_until_age, 18, 60}},
    {"accounts", "second_factor_roles", list_setting{&config::accounts_second_factor_roles}},
    {"eligibility", "sender", text_setting{&config::eligibility_sender}},
    {"eligibility", "receiver", text_setting{&config::eligibility_receiver}},
    {"eligibility", "sender_qualifier", text_setting{&config::eligibility_sender_qualifier}},
    {"eligibility", "receiver_qualifier", text_setting{&config::eligibility_receiver_qualifier}},
    {"eligibility", "npi", text_setting{&config::eligibility_npi}},
    {"eligibility", "usage", text_setting{&config::eligibility_usage}},
    {"eligibility", "service_types", list_setting{&config::eligibility_service_types}},
    {"eligibility", "outbox_folder", text_setting{&config::eligibility_outbox_folder, file}},
    {"eligibility", "inbox_folder", text_setting{&config::eligibility_inbox_folder, file}},
    {"eligibility", "clearinghouse_url", text_setting{&config::eligibility_clearinghouse_url}},
    {"eligibility", "clearinghouse_authority_file",
     text_setting{&config::eligibility_clearinghouse_authority_file, file}},
    {"eligibility", "clearinghouse_certificate_file",
     text_setting{&config::eligibility_clearinghouse_certificate_file, file}},
    {"eligibility", "clearinghouse_key_file",
     text_setting{&config::eligibility_clearinghouse_key_file, file}},
    {"eligibility", "clearinghouse_user", text_setting{&config::eligibility_clearinghouse_user}},
    {"eligibility", "clearinghouse_password",
     text_setting{&config::eligibility_clearinghouse_password, password}},
    {"eligibility", "clearinghouse_fields",
     list_setting{&config::eligibility_clearinghouse_fields}},
    {"eligibility", "clearinghouse_rule_version",
     text_setting{&config::eligibility_clearinghouse_rule_version}},
    {"eligibility", "clearinghouse_is_simulator",
     flag_setting{&config::eligibility_clearinghouse_is_simulator}},
    {"eligibility", "asks_a_minute", number_setting{&config::eligibility_asks_a_minute, 1, 600}},
    {"eligibility", "asks_at_once", number_setting{&config::eligibility_asks_at_once, 1, 16}},
    {"eligibility", "medicare_from_hour",
     number_setting{&config::eligibility_medicare_from_hour, 0, 23}},
    {"eligibility", "medicare_until_hour",
     number_setting{&config::eligibility_medicare_until_hour, 0, 23}},
    {"delivery", "mail_command", list_setting{&config::delivery_mail_command}},
    {"delivery", "phone_command", list_setting{&config::delivery_phone_command}},
    {"delivery", "smtp_url", text_setting{&config::delivery_smtp_url}},
    {"delivery", "smtp_user", text_setting{&config::delivery_smtp_user}},
    {"delivery", "smtp_password", text_setting{&config::delivery_smtp_password, password}},
    {"delivery", "smtp_authority_file", text_setting{&config::delivery_smtp_authority_file, file}},
    {"delivery", "mail_from", text_setting{&config::delivery_mail_from}},
    {"webhook", "url", text_setting{&config::webhook_url}},
    {"webhook", "secret", text_setting{&config::webhook_secret, password}},
    {"webhook", "authority_file", text_setting{&config::webhook_authority_file, file}},
    {"webhook", "certificate_file", text_setting{&config::webhook_certificate_file, file}},
    {"webhook", "key_file", text_setting{&config::webhook_key_file, file}},
    {"watched_folder", "path", text_setting{&config::watched_folder_path, file}},
    {"watched_folder", "copy", text_setting{&config::watched_folder_copy}},
    {"session", "idle_minutes", number_setting{&config::session_idle_minutes, 1, 720}},
    {"session", "absolute_hours", number_setting{&config::session_absolute_hours, 1, 24}},
};

setting const* find_setting(std::string_view section, std::string_view key) {
  auto const found = std::ranges::find_if(settings_table, [&](setting const& each) {
    return each.section == section && each.key == key;
  });
  return found == std::end(settings_table) ? nullptr : found;
}

bool has_section(std::string_view name) {
  return std::ranges::find(settings_table, name, &setting::section) != std::end(settings_table);
}

std::string full_name(setting const& s) {
  return s.section.empty() ? std::string(s.key) : fmt::format("[{}] {}", s.section, s.key);
}

/// Says what is wrong with a value for this setting, or nothing.
using complaint = std::optional<std::string>;

complaint assign_number(config& c, number_setting const& n, std::int64_t value) {
  if (value < n.least || value > n.most) {
    return fmt::format("must be from {} to {}", n.least, n.most);
  }
  c.*n.member = static_cast<int>(value);
  return {};
}

complaint assign_from_text(config& c, setting const& s, std::string const& text) {
  if (auto const* t = std::get_if<text_setting>(&s.target)) {
    c.*t->member = text;
  } else if (auto const* n = std::get_if<number_setting>(&s.target)) {
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return "must be a whole number";
    return assign_number(c, *n, value);
  } else if (auto const* f = std::get_if<flag_setting>(&s.target)) {
    if (text != "true" && text != "false") return "must be true or false";
    c.*f->member = text == "true";
  } else if (auto const* l = std::get_if<list_setting>(&s.target)) {
    auto list = read_list(text);
    if (!list) return "must be texts with commas between them, or a list in square brackets";
    c.*l->member = std::move(*list);
  }
  return {};
}

complaint assign_list(config& c, list_setting const& l, toml::array const& array) {
  std::vector<std::string> values;
  for (auto const& element : array) {
    auto const* text = element.as_string();
    if (text == nullptr) return "must be a list of texts in quotes";
    values.push_back(text->get());
  }
  c.*l.member = std::move(values);
  return {};
}

complaint assign_from_toml(config& c, setting const& s, toml::node const& node) {
  if (auto const* t = std::get_if<text_setting>(&s.target)) {
    if (!node.is_string()) return "must be a text in quotes";
    c.*t->member = node.as_string()->get();
  } else if (auto const* n = std::get_if<number_setting>(&s.target)) {
    if (!node.is_integer()) return "must be a whole number without quotes";
    return assign_number(c, *n, node.as_integer()->get());
  } else if (auto const* f = std::get_if<flag_setting>(&s.target)) {
    if (!node.is_boolean()) return "must be true or false without quotes";
    c.*f->member = node.as_boolean()->get();
  } else if (auto const* l = std::get_if<list_setting>(&s.target)) {
    if (!node.is_array()) return "must be a list in square brackets";
    return assign_list(c, *l, *node.as_array());
  }
  return {};
}

std::string known_keys(std::string_view section) {
  std::string keys;
  for (auto const& each : settings_table) {
    if (each.section == section) keys += (keys.empty() ? "" : ", ") + std::string(each.key);
  }
  return keys.empty() ? "there is no such section" : "known here: " + keys;
}

class reader {
 public:
  explicit reader(config_source const& source) : source_(source) {}

  config_result read() {
    read_toml();
    read_environment();
    check_settings(result_.settings, source_.file_name, result_.problems);
    make_absolute();
    return std::move(result_);
  }

 private:
  void report(toml::source_position at, std::string message, std::string hint = {}) {
    result_.problems.push_back(
        {source_.file_name, at.line, at.column, std::move(message), std::move(hint)});
  }

  void read_toml() {
    toml::table document;
    try {
      document = toml::parse(source_.toml, source_.file_name);
    } catch (toml::parse_error const& error) {
      report(error.source().begin, std::string(error.description()),
             "the file is TOML: [section], then key = value");
      return;
    }
    for (auto const& [key, node] : document) {
      if (auto const* section = node.as_table()) {
        if (!has_section(key.str())) {
          report(key.source().begin, fmt::format("unknown section [{}]", key.str()),
                 "there is no such section");
          continue;
        }
        for (auto const& [inner, value] : *section) take(key.str(), inner.str(), inner, value);
      } else {
        take("", key.str(), key, node);
      }
    }
  }

  void take(std::string_view section, std::string_view key, toml::key const& at,
            toml::node const& node) {
    auto const* const found = find_setting(section, key);
    if (found == nullptr) {
      report(at.source().begin,
             section.empty() ? fmt::format("unknown key \"{}\"", key)
                             : fmt::format("unknown key \"{}\" in [{}]", key, section),
             known_keys(section));
      return;
    }
    if (auto const wrong = assign_from_toml(result_.settings, *found, node)) {
      report(node.source().begin, fmt::format("{} {}", full_name(*found), *wrong));
    }
  }

  void read_environment() {
    for (auto const& [name, value] : source_.environment) {
      if (!name.starts_with("INTAKE_")) continue;
      take_variable(name, value);
    }
  }

  void take_variable(std::string const& name, std::string const& value) {
    std::string lower = name.substr(7);
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) {
      return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    });
    auto const bar = lower.find("__");
    std::string const section = bar == std::string::npos ? "" : lower.substr(0, bar);
    std::string const key = bar == std::string::npos ? lower : lower.substr(bar + 2);
    auto const* found = find_setting(section, key);
    std::string text = value;
    if (found == nullptr && key.ends_with("_file")) {
      found = find_setting(section, std::string_view(key).substr(0, key.size() - 5));
      if (found != nullptr && !read_value_file(name, value, text)) return;
    }
    if (found == nullptr) {
      if (bar == std::string::npos) return;  // INTAKE_SHARED and the like are not settings
      result_.problems.push_back({name, 0, 0, "no such setting", known_keys(section)});
      return;
    }
    if (auto const wrong = assign_from_text(result_.settings, *found, text)) {
      result_.problems.push_back({name, 0, 0, *wrong, {}});
    }
  }

  bool read_value_file(std::string const& name, std::string const& path, std::string& text) {
    try {
      text = read_file(path);
    } catch (std::runtime_error const& failed) {
      result_.problems.push_back(
          {name, 0, 0, failed.what(), "it names a file that holds the value"});
      return false;
    }
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return true;
  }

  void make_absolute() {
    auto const folder = std::filesystem::absolute(source_.file_name).parent_path();
    for (auto const& each : settings_table) {
      auto const* text = std::get_if<text_setting>(&each.target);
      if (text == nullptr || text->kind != file) continue;
      auto& path = result_.settings.*text->member;
      if (!path.empty() && path.front() != '/') path = (folder / path).lexically_normal();
    }
  }

  config_source const& source_;
  config_result result_;
};

std::string shown_text(std::string const& value, value_kind kind) {
  if (value.empty() || kind == file) return value;
  if (kind == password || (kind == secret && db::holds_password(value))) return "(hidden)";
  return kind == secret ? value : shown_url(value);
}

std::string print_value(config const& c, setting const& s) {
  if (auto const* t = std::get_if<text_setting>(&s.target)) {
    std::ostringstream quoted;
    quoted << toml::value<std::string>(shown_text(c.*t->member, t->kind));
    return quoted.str();
  }
  if (auto const* n = std::get_if<number_setting>(&s.target))
    return fmt::format("{}", c.*n->member);
  if (auto const* f = std::get_if<flag_setting>(&s.target)) return c.*f->member ? "true" : "false";
  toml::array values;
  for (auto const& each : c.*std::get<list_setting>(s.target).member) values.push_back(each);
  std::ostringstream out;
  out << values;
  return out.str();
}

}  // namespace

config_result read_config(config_source const& source) {
  return reader(source).read();
}

std::string print_config(config const& c) {
  std::string text;
  std::string_view section;
  for (auto const& each : settings_table) {
    if (each.section != section) text += fmt::format("\n[{}]\n", each.section);
    section = each.section;
    text += fmt::format("{} = {}\n", each.key, print_value(c, each));
  }
  return text;
}

std::string to_text(config_problem const& p) {
  auto const place = p.line == 0 ? p.file : fmt::format("{}:{}:{}", p.file, p.line, p.column);
  return p.hint.empty() ? fmt::format("{}: {}", place, p.message)
                        : fmt::format("{}: {} ({})", place, p.message, p.hint);
}

}  // namespace intake::service
