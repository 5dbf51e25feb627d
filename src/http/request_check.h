// What may leave: the last look at a request before its bytes go out. libcurl
// sends a CR LF inside a header value as it stands, which is a second request
// for whoever reads it; so every part is judged here, and refused whole.
#ifndef CROSSLOG_SRC_HTTP_REQUEST_CHECK_H_
#define CROSSLOG_SRC_HTTP_REQUEST_CHECK_H_

#include "crosslog/error.h"
#include "crosslog/http.h"
#include "http/url.h"

namespace crosslog::http {

// The request's origin, taken apart. Errc::invalid_argument for a part that
// cannot be sent as it is, or plain http to a host that is neither this machine
// nor a metadata or container address nor allowed by the request. No message
// shows a header's value or a query.
[[nodiscard]] Result<Url> check_request(const HttpRequest& request);

// POST, PUT and PATCH say "Content-Length: 0"; others have a body when it has bytes.
[[nodiscard]] bool sends_body(const HttpRequest& request) noexcept;

}  // namespace crosslog::http

#endif  // CROSSLOG_SRC_HTTP_REQUEST_CHECK_H_
