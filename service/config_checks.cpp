#include "service/config_checks.hpp"

#include "forms/x12/request_checks.hpp"
#include "service/http/client/loopback_url.hpp"
#include "service/http/ip_address.hpp"

#include <algorithm>
#include <stdexcept>

namespace intake::service {
namespace {

/// Something stands behind the scheme, and no blank in it.
bool has_host(std::string_view url, std::string_view scheme) {
  return url.starts_with(scheme) && url.find_first_of(" \t") == url.npos &&
         url.size() > scheme.size() && url[scheme.size()] != '/' && url[scheme.size()] != ':';
}

bool is_address_range(std::string const& text) {
  try {
    trusted_proxies const read({text});
    return true;
  } catch (std::invalid_argument const&) {
    return false;
  }
}

/// All that is wrong has its place in the file as a whole.
class checker {
 public:
  checker(config const& c, std::string const& file_name, std::vector<config_problem>& problems)
      : c_(c), file_name_(file_name), problems_(problems) {}

  void run() {
    check_mode();
    check_server();
    check_programs();
    check_eligibility();
    check_roles();
    check_clearinghouse();
    check_outgoing();
  }

 private:
  void complain(std::string message, std::string hint) {
    problems_.push_back({file_name_, 0, 0, std::move(message), std::move(hint)});
  }

  void check_mode() {
    if (c_.mode == "evaluation" || c_.mode == "production") return;
    complain("mode is neither of its two words", "mode = \"evaluation\" or mode = \"production\"");
  }

  void check_server() {
    if (!read_ip_address(c_.server_address)) {
      complain("[server] address is no address of a network interface",
               "\"127.0.0.1\", \"0.0.0.0\" or \"::\"; names belong into public_url");
    }
    for (auto const& each : c_.server_trusted_proxies) {
      if (is_address_range(each)) continue;
      complain("[server] trusted_proxies has \"" + each + "\", which is no address or network",
               "\"192.0.2.10\" or \"10.0.0.0/8\"");
    }
    auto const& url = c_.server_public_url;
    if (!url.empty() && !has_host(url, "https://") && !has_host(url, "http://")) {
      complain("[server] public_url is not where a browser would go",
               "\"https://forms.your-clinic.example\"");
    }
  }

  void check_programs() {
    struct {
      std::string_view name;
      std::vector<std::string> const& command;
    } const all[] = {{"[audit] heads_command", c_.audit_heads_command},
                     {"[delivery] mail_command", c_.delivery_mail_command},
                     {"[delivery] phone_command", c_.delivery_phone_command}};
    for (auto const& [name, command] : all) {
      if (command.empty() || command.front().starts_with('/')) continue;
      complain(std::string(name) + " does not begin with the full path of a program",
               "[\"/usr/sbin/sendmail\", \"-t\"]");
    }
    auto const& url = c_.delivery_smtp_url;
    if (!url.empty() && !has_host(url, "smtps://") && !has_host(url, "smtp://")) {
      complain("[delivery] smtp_url is no mail server",
               "\"smtps://host:465\" or \"smtp://host:587\"");
    }
  }

  void check_eligibility() {
    if (c_.eligibility_usage != "T" && c_.eligibility_usage != "P") {
      complain("[eligibility] usage is neither of its two letters",
               "\"T\" for tests, \"P\" once your clearinghouse says that they are over");
    }
    if (!c_.eligibility_npi.empty() && !forms::x12::is_npi(c_.eligibility_npi)) {
      complain("[eligibility] npi is no National Provider Identifier",
               "ten digits, the last of which checks the others");
    }
  }

  void check_roles() {
    constexpr std::string_view known[] = {"front-desk", "clinician", "billing", "manager",
                                          "administrator"};
    for (auto const& role : c_.accounts_second_factor_roles) {
      if (std::ranges::find(known, role) != std::end(known)) continue;
      complain("[accounts] second_factor_roles has a word that is no role",
               "front-desk, clinician, billing, manager or administrator");
    }
  }

  void check_clearinghouse() {
    auto const& url = c_.eligibility_clearinghouse_url;
    if (!url.empty() && !url.starts_with("https://")) {
      complain("[eligibility] clearinghouse_url does not begin with https://",
               "what patients' names go over is encrypted, or it is not used");
    }
    if (c_.eligibility_clearinghouse_certificate_file.empty() !=
        c_.eligibility_clearinghouse_key_file.empty()) {
      complain(
          "[eligibility] clearinghouse_certificate_file and clearinghouse_key_file go together",
          "set both or neither");
    }
    for (auto const& each : c_.eligibility_clearinghouse_fields) {
      auto const mark = each.find('=');
      if (mark != std::string::npos && mark > 0 && mark + 1 < each.size()) continue;
      complain("[eligibility] clearinghouse_fields has an entry that is not NAME=NAME",
               "the CORE rule's name, then theirs: \"PayloadType=payload_type\"");
    }
  }

  void check_outgoing() {
    constexpr std::size_t secret_characters_min = 32;
    auto const& url = c_.webhook_url;
    if (!url.empty() && !url.starts_with("https://") && !is_loopback_url("http", url)) {
      complain("[webhook] url is neither https nor on this machine",
               "https://…, or http://127.0.0.1:PORT/…");
    }
    if (!url.empty() && c_.webhook_secret.size() < secret_characters_min) {
      complain("[webhook] secret is shorter than 32 characters",
               "openssl rand -base64 32, in a file that INTAKE_WEBHOOK__SECRET_FILE names");
    }
    if (c_.webhook_certificate_file.empty() != c_.webhook_key_file.empty()) {
      complain("[webhook] certificate_file and key_file go together", "set both or neither");
    }
    constexpr std::string_view copies[] = {"desk", "clinical", "billing"};
    if (std::ranges::count(copies, c_.watched_folder_copy) == 0) {
      complain("[watched_folder] copy is no copy that a folder can have",
               "desk, clinical or billing");
    }
  }

  config const& c_;
  std::string const& file_name_;
  std::vector<config_problem>& problems_;
};

}  // namespace

void check_settings(config const& c, std::string const& file_name,
                    std::vector<config_problem>& problems) {
  checker(c, file_name, problems).run();
}

}  // namespace intake::service
