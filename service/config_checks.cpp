#include "service/config_checks.hpp"

#include "service/http/client/loopback_url.hpp"

#include <algorithm>

namespace intake::service {
namespace {

/// All that is wrong has its place in the file as a whole.
class checker {
 public:
  checker(config const& c, std::string const& file_name, std::vector<config_problem>& problems)
      : c_(c), file_name_(file_name), problems_(problems) {}

  void run() {
    check_mode();
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
