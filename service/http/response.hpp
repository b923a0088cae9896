#pragma once
#include "service/http/request.hpp"

#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace intake::service {

/// Gives the next piece of a long body (at most 64 KiB), empty at its end; called from a worker,
/// never from the loop.
using body_generator = std::function<std::string()>;

/// The session owns the stream; the handler only names what it wants to hear of.
struct event_stream {
  std::string topic;
};

struct response;

/// Makes the answer; what it throws is answered like what a handler throws.
using answer_maker = std::function<response()>;

/// An answer that something durable must come before: called once, on the handler's thread, with
/// what takes the answer, which is to be called exactly once, at any time, by any thread. No thread
/// waits meanwhile, only the connection; who gives the answer sees to it that it comes in time, and
/// is not held up: the answer is made on the connection's own thread.
using later_answer = std::function<void(std::function<void(answer_maker)>)>;

using response_body = std::variant<std::string, body_generator, event_stream, later_answer>;

/// What a handler gives back. The session adds Content-Length, Date, Connection and the security
/// headers.
struct response {
  int status = 200;
  std::vector<http_field> fields;
  response_body body;
  /// Closes the connection after this response.
  bool close = false;
};

}  // namespace intake::service
