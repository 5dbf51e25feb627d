// The services, each a function from a request to an answer. Signatures are
// checked before (aws_front.cc); who may do what is decided here.
#ifndef CROSSLOG_SRC_SANDBOX_SERVICES_H_
#define CROSSLOG_SRC_SANDBOX_SERVICES_H_

#include <expected>
#include <map>
#include <string>
#include <string_view>

#include "sandbox/aws_error.h"
#include "sandbox/raw_request.h"
#include "sandbox/state.h"
#include "sandbox/sts_parts.h"

namespace crosslog::sandbox {

// One connection's request to each of the four ports.
[[nodiscard]] Exchange serve_aws(State& state, const RawRequest& request);
[[nodiscard]] Exchange serve_imds(State& state, const RawRequest& request);
[[nodiscard]] Exchange serve_container(State& state, const RawRequest& request);
[[nodiscard]] Exchange serve_control(State& state, const RawRequest& request);

[[nodiscard]] std::expected<Response, AwsError> call_sts(State& state, const Principal& caller,
                                                         const FormFields& fields);
[[nodiscard]] std::expected<Response, AwsError> call_logs(State& state, const Principal& caller,
                                                          std::string_view region, std::string_view operation,
                                                          std::string_view body, const Fault* fault);

// Needs no caller: its token is the proof.
[[nodiscard]] std::expected<Response, AwsError> assume_role_with_web_identity(State& state,
                                                                              const FormFields& fields);

// The single sign-on portal has a path of its own on the AWS port.
[[nodiscard]] bool is_portal_request(const RawRequest& request);
[[nodiscard]] Exchange serve_portal(State& state, const RawRequest& request);

// The session that is handed out under this name until its end is near, then another one.
[[nodiscard]] const Session& held_session(State& state, const Role& role, const std::string& name,
                                          std::chrono::hours lifetime);
// The instance role's session as IMDS hands it out, issued when there is none or its end is near.
[[nodiscard]] boost::json::object instance_credentials(State& state);

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_SERVICES_H_
