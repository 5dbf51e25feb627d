#include "http/failure.h"

#include <utility>
#include <vector>

#include "base/text.h"

namespace crosslog::http {
namespace {

std::string quoted(const std::string& text) {
  return "\"" + text + "\"";
}

Error make(Errc code, std::string message, std::vector<std::string> hints) {
  return std::move(fail(code, std::move(message), std::move(hints)).error());
}

std::string reason_hint(const FailureContext& context) {
  return "libcurl: " + base::visible(context.reason, 256);
}

Error make_not_connected(const FailureContext& context) {
  return make(
      Errc::network, "Could not connect to the endpoint URL: " + quoted(context.url),
      {reason_hint(context), "check that " + context.host +
                                 " is right and resolves here (DNS), and that the way there is open: "
                                 "security group, route or VPC endpoint, proxy (HTTPS_PROXY, NO_PROXY)"});
}

Error make_connect_timeout(const FailureContext& context) {
  return make(
      Errc::timeout, "Connect timeout on endpoint URL: " + quoted(context.url),
      {reason_hint(context), "packets to " + context.host +
                                 " get no answer: check security group, network ACL, route or VPC endpoint, "
                                 "and whether a proxy is needed (HTTPS_PROXY)"});
}

Error make_proxy_failure(const FailureContext& context) {
  return make(Errc::network, "Failed to connect to proxy URL: " + quoted(context.proxy),
              {reason_hint(context), "check HTTPS_PROXY (address, user, password) and that the proxy lets " +
                                         context.host + " pass, or add the host to NO_PROXY"});
}

Error make_tls_failure(const FailureContext& context) {
  return make(Errc::network,
              "SSL validation failed for " + context.url + " " + base::visible(context.reason, 256),
              {"check this machine's clock and that " + context.host +
               " is the service itself; where a proxy re-signs TLS, give its root with --ca-bundle or "
               "AWS_CA_BUNDLE"});
}

Error make_no_http(const FailureContext& context) {
  return make(
      Errc::protocol,
      "Connection was closed before we received a valid response from endpoint URL: " + quoted(context.url) +
          ".",
      {reason_hint(context), "what answers at " + context.host + " does not speak HTTP/1.1 as it should"});
}

Error make_unhandled(const FailureContext& context) {
  return make(Errc::network,
              "An HTTP Client raised an unhandled exception: " + base::visible(context.reason, 256), {});
}

bool is_tls(CURLcode code) noexcept {
  switch (code) {
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
      return true;
    default:
      return false;
  }
}

}  // namespace

Error make_read_timeout(const FailureContext& context, std::string reason) {
  return make(Errc::timeout, "Read timeout on endpoint URL: " + quoted(context.url), {std::move(reason)});
}

Error make_connection_closed(const FailureContext& context, std::string reason) {
  return make(Errc::network,
              "Connection was closed before we received a valid response from endpoint URL: " +
                  quoted(context.url) + ".",
              {std::move(reason)});
}

Error make_failure(CURLcode code, const FailureContext& context) {
  if (is_tls(code)) return make_tls_failure(context);
  if (code == CURLE_SSL_CACERT_BADFILE) {
    Error error = make_tls_failure(context);
    error.code = Errc::configuration;
    error.hints = {"the CA bundle is not a PEM file of certificates: see --ca-bundle and AWS_CA_BUNDLE"};
    return error;
  }
  if (code == CURLE_OPERATION_TIMEDOUT) {
    return context.connected ? make_read_timeout(context, reason_hint(context))
                             : make_connect_timeout(context);
  }
  if (code == CURLE_OUT_OF_MEMORY || code == CURLE_FAILED_INIT) return make_unhandled(context);
  if (!context.connected)
    return context.proxy.empty() ? make_not_connected(context) : make_proxy_failure(context);
  switch (code) {
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_PARTIAL_FILE:
      return make_connection_closed(context, reason_hint(context));
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_BAD_CONTENT_ENCODING:
#if LIBCURL_VERSION_NUM >= 0x080600
    case CURLE_TOO_LARGE:
#endif
      return make_no_http(context);
    default:
      return make_unhandled(context);
  }
}

}  // namespace crosslog::http
