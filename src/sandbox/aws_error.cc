#include "sandbox/aws_error.h"

#include "base/crypto.h"

namespace crosslog::sandbox {

Response sts_error(const AwsError& error) {
  Response response;
  response.status = error.status;
  const std::string id = base::uuid4();
  response.set("x-amzn-RequestId", id);
  response.set("Content-Type", "text/xml");
  response.body = "<ErrorResponse xmlns=\"" + std::string(kStsNamespace) + "\">\n  <Error>\n    <Type>" +
                  (error.status >= 500 ? "Receiver" : "Sender") + "</Type>\n    <Code>" +
                  xml_escape(error.code) + "</Code>\n    <Message>" + xml_escape(error.message) +
                  "</Message>\n  </Error>\n  <RequestId>" + id + "</RequestId>\n</ErrorResponse>\n";
  return response;
}

Response logs_error(const AwsError& error) {
  Response response;
  response.status = error.status;
  response.set("x-amzn-RequestId", base::uuid4());
  response.set("Content-Type", "application/x-amz-json-1.1");
  const bool in_header = error.form == "header" || error.form == "uri" || error.form == "both";
  const bool in_type = error.form.empty() || error.form == "namespace" || error.form == "both";
  if (in_header)
    response.set(
        "x-amzn-ErrorType",
        error.code + (error.form == "uri" ? ":http://internal.amazon.com/coral/com.amazonaws.logs/" : ""));
  response.body = "{";
  if (in_type || error.form == "code") {
    response.body += in_type ? "\"__type\":" : "\"code\":";
    append_json(response.body, (error.form == "namespace" ? "com.amazonaws.logs#" : "") + error.code);
  }
  if (!error.message.empty()) {
    if (response.body.size() > 1) response.body += ',';
    // The authorizer in front of the service writes a capital M.
    response.body += error.code == "AccessDeniedException" ? "\"Message\":" : "\"message\":";
    append_json(response.body, error.message);
  }
  for (const auto& [name, value] : error.details)
    response.body +=
        (response.body.size() > 1 ? ",\"" : "\"") + std::string(name) + "\":" + boost::json::serialize(value);
  response.body += "}";
  return response;
}

AwsError sts_refusal(const Refusal& refusal) {
  switch (refusal.problem) {
    case Problem::missing_authentication:
      return {403, "MissingAuthenticationToken", "Request is missing Authentication Token", {}};
    case Problem::incomplete_signature:
      return {400, "IncompleteSignature", refusal.message, {}};
    case Problem::unknown_key:
      return {403, "InvalidClientTokenId", refusal.message, {}};
    case Problem::expired_token:
      return {403, "ExpiredToken", refusal.message, {}};
    case Problem::bad_signature:
      break;
  }
  return {403, "SignatureDoesNotMatch", refusal.message, {}};
}

AwsError logs_refusal(const Refusal& refusal) {
  switch (refusal.problem) {
    case Problem::missing_authentication:
      return {400, "MissingAuthenticationTokenException", "Missing Authentication Token", {}};
    case Problem::incomplete_signature:
      return {400, "IncompleteSignatureException", refusal.message, {}};
    case Problem::unknown_key:
      return {400, "UnrecognizedClientException", refusal.message, {}};
    case Problem::expired_token:
      return {400, "ExpiredTokenException", refusal.message, {}};
    case Problem::bad_signature:
      break;
  }
  return {400, "InvalidSignatureException", refusal.message, {}};
}

}  // namespace crosslog::sandbox
