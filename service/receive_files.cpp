#include "service/receive_files.hpp"

#include "forms/base64.hpp"
#include "service/limits.hpp"

#include <algorithm>

namespace intake::service {
namespace {

using forms::problem_code;

class file_taker {
 public:
  file_taker(application const& app, std::vector<kept_file> const& held) : app_(app), held_(held) {}

  std::vector<forms::problem> take(form_draft& from) {
    forms::problem_log log(*from.form);
    each_attachment(*from.form, from.response.answers,
                    [&](forms::item const&, forms::attachment& file, forms::place const& at) {
                      if (auto const fault = take_one(file)) log.add(*fault, &at);
                    });
    return std::move(log).take();
  }

  bool busy() const { return busy_; }
  std::vector<kept_file> files() && { return std::move(files_); }

 private:
  std::optional<problem_code> take_one(forms::attachment& file) {
    if (busy_) return std::nullopt;
    if (files_.size() == attachments_max) return problem_code::attachments_too_many;
    auto kept = forms::is_held(file) ? find(file) : read(file);
    if (auto const* fault = std::get_if<problem_code>(&kept)) {
      busy_ = *fault == problem_code::attachment_busy;
      return *fault;
    }
    auto& one = std::get<kept_file>(kept);
    bytes_ += one.bytes.size();
    if (bytes_ > attachments_bytes_max) return problem_code::attachments_too_many;
    auto const creation = std::move(file.creation);
    file = held_as(one, file.title);
    file.creation = creation;
    files_.push_back(std::move(one));
    return std::nullopt;
  }

  file_keeping find(forms::attachment const& file) const {
    auto const found = std::ranges::find(held_, file.hash, &kept_file::hash);
    if (found == held_.end()) return problem_code::attachment_without_data;
    return *found;
  }

  file_keeping read(forms::attachment const& file) const {
    auto const bytes = forms::decode_base64(file.data);
    if (!bytes) return problem_code::attachment_not_base64;
    return keep_file(app_, *bytes);
  }

  application const& app_;
  std::vector<kept_file> const& held_;
  std::vector<kept_file> files_;
  std::size_t bytes_ = 0;
  bool busy_ = false;
};

}  // namespace

taken_files take_files(application const& app, draft& in) {
  file_taker taker(app, in.files);
  answers_refused refused;
  bool wrong = false;
  for (auto& each : in.forms) {
    refused.by_form.push_back(taker.take(each));
    wrong = wrong || forms::any_error(refused.by_form.back());
  }
  if (taker.busy()) return not_now{};
  if (wrong) return refused;
  return std::move(taker).files();
}

}  // namespace intake::service
