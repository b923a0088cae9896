#include "service/health.hpp"

#include "service/responses.hpp"

namespace intake::service {

// The writer looks again by itself while it is in trouble; what it has not met yet, the desk tells.
bool is_database_usable(application& app) {
  return app.writer.counts().trouble.empty() && app.desk.takes_rows();
}

response healthz(application&, call const&) {
  return plain_response(200, "ok\n");
}

response readyz(application& app, call const&) {
  if (app.draining) return plain_response(503, "stopping\n");
  if (!is_database_usable(app)) return plain_response(503, "database\n");
  return plain_response(200, "ready\n");
}

}  // namespace intake::service
