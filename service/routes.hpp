#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/guards.hpp"
#include "service/http/response.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace intake::service {

using handler = response (*)(application&, call const&);

enum class csrf_check { none, own_page, session_token };

/// A row of the route table: the whole of who may do what.
struct route {
  http_method method;
  std::string_view pattern;
  handler handle;
  role_set roles{};
  csrf_check csrf = csrf_check::none;
  std::size_t body_bytes_max = 0;
  /// Why the record is touched, as the audit trail says it; empty where no record is.
  std::string_view purpose{};
  /// The limit of a body that is multipart/form-data; 0: as of any other.
  std::size_t files_bytes_max = 0;
  /// Whether asking counts as somebody being there.
  session_touch touch = session_touch::counts;
  /// Whether `handle` waits for nothing and is soon done with this request; absent: it may wait.
  bool (*is_quick)(application&, request const&) = nullptr;
};

std::span<route const> routes();

}  // namespace intake::service
