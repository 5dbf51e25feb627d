// IMDSv2 as an EC2 instance sees it, strict: no token, no answer_imds.
#include <algorithm>
#include <fstream>
#include <iterator>

#include "sandbox/services.h"

namespace crosslog::sandbox {

namespace json = boost::json;

namespace {

constexpr std::string_view kTtlHeader = "X-aws-ec2-metadata-token-ttl-seconds";
constexpr std::string_view kTokenPath = "/latest/api/token";
constexpr std::string_view kCredentials = "/latest/meta-data/iam/security-credentials";
constexpr std::string_view kExtended = "/latest/meta-data/iam/security-credentials-extended";
constexpr std::int64_t kMaxTtl = 21600;
constexpr std::size_t kMaxTokens = 10000;
constexpr auto kInstanceSession = std::chrono::hours(6);

Response text_answer(std::string body) {
  Response response;
  response.set("Content-Type", "text/plain");
  response.body = std::move(body);
  return response;
}

Response imds_error(int status) {
  Response response;
  response.status = status;
  response.set("Content-Type", "text/html");
  const std::string title = std::to_string(status) + " - " + std::string(reason_phrase(status));
  response.body =
      "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 "
      "Transitional//EN\"\n\t\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n<html "
      "xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"en\" lang=\"en\">\n <head>\n  <title>" +
      title + "</title>\n </head>\n <body>\n  <h1>" + title + "</h1>\n </body>\n</html>\n";
  return response;
}

Response issue_token(State& state, const RawRequest& request) {
  // The rule that keeps an open reverse proxy from handing the instance's role to the world.
  if (request.header("x-forwarded-for")) return imds_error(403);
  const auto ttl = to_int(request.header(kTtlHeader).value_or(""));
  if (!ttl || *ttl < 1 || *ttl > kMaxTtl) return imds_error(400);
  const auto now = std::chrono::steady_clock::now();
  auto& tokens = state.imds.tokens;
  std::erase_if(tokens, [&](const auto& token) { return token.second <= now; });
  if (tokens.size() >= kMaxTokens) tokens.erase(tokens.begin());
  const std::string token =
      "AQAEA" + random_text(49, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") + "==";
  tokens[token] = now + std::chrono::seconds(*ttl);
  Response response = text_answer(token);
  response.set(kTtlHeader, std::to_string(*ttl));
  return response;
}

bool has_valid_token(const State& state, const RawRequest& request) {
  const auto token = state.imds.tokens.find(request.header("x-aws-ec2-metadata-token").value_or(""));
  return token != state.imds.tokens.end() && token->second > std::chrono::steady_clock::now();
}

// One member a line, as EC2 writes it.
std::string pretty(const json::object& object) {
  std::string out = "{";
  for (const auto& [name, value] : object)
    out += (out.size() > 1 ? ",\n  " : "\n  ") + json::serialize(json::string(name)) + " : " +
           json::serialize(value);
  return out + "\n}";
}

// The credentials document, or nullopt where there is no such role.
std::optional<json::object> credentials_document(State& state, std::string_view role, bool extended) {
  if (role != state.world.instance.role || role.empty()) return std::nullopt;
  json::object out{{"Code", "Success"}, {"LastUpdated", iso_time(state.now())}, {"Type", "AWS-HMAC"}};
  for (const auto& [name, value] : instance_credentials(state))
    out[name] = value;
  if (extended) out["AccountId"] = state.world.instance.account;
  return out;
}

std::string info_document(const State& state) {
  const auto& instance = state.world.instance;
  return pretty(
      {{"Code", "Success"},
       {"LastUpdated", iso_time(state.now())},
       {"InstanceProfileArn", "arn:aws:iam::" + instance.account + ":instance-profile/" + instance.role},
       {"InstanceProfileId", "AIPASANDBOXPROFILE001"}});
}

std::string identity_document(const State& state) {
  const auto& instance = state.world.instance;
  return pretty({{"accountId", instance.account},
                 {"architecture", "x86_64"},
                 {"availabilityZone", instance.availability_zone},
                 {"imageId", "ami-0abcdef1234567890"},
                 {"instanceId", instance.id},
                 {"instanceType", "t3.micro"},
                 {"pendingTime", "2023-11-14T22:00:00Z"},
                 {"privateIp", "10.0.0.10"},
                 {"region", instance.region},
                 {"version", "2017-09-30"}});
}

// Listings answer_imds with and without the slash at the end.
std::optional<std::string> plain_document(const State& state, std::string_view path) {
  const auto& instance = state.world.instance;
  const bool role = !instance.role.empty();
  if (path.ends_with('/')) path.remove_suffix(1);
  if (path == "/latest") return "dynamic\nmeta-data\nuser-data";
  if (path == "/latest/meta-data")
    return std::string("ami-id\n") + (role ? "iam/\n" : "") +
           "instance-id\ninstance-type\nlocal-ipv4\nplacement/";
  if (path == "/latest/meta-data/placement") return "availability-zone\nregion";
  if (path == "/latest/meta-data/placement/region") return instance.region;
  if (path == "/latest/meta-data/placement/availability-zone") return instance.availability_zone;
  if (path == "/latest/meta-data/instance-id") return instance.id;
  if (path == "/latest/meta-data/instance-type") return "t3.micro";
  if (path == "/latest/meta-data/ami-id") return "ami-0abcdef1234567890";
  if (path == "/latest/meta-data/local-ipv4") return "10.0.0.10";
  if (path == "/latest/dynamic/instance-identity/document") return identity_document(state);
  if (!role) return std::nullopt;
  if (path == "/latest/meta-data/iam") return "info\nsecurity-credentials/";
  if (path == "/latest/meta-data/iam/info") return info_document(state);
  if (path == kCredentials || (path == kExtended && state.imds.extended)) return instance.role;
  return std::nullopt;
}

Response get_document(State& state, std::string_view path) {
  if (const auto document = plain_document(state, path)) return text_answer(*document);
  const bool extended = path.starts_with(std::string(kExtended) + "/");
  if (!extended && !path.starts_with(std::string(kCredentials) + "/")) return imds_error(404);
  if (extended && !state.imds.extended) return imds_error(404);
  const auto role = path.substr((extended ? kExtended : kCredentials).size() + 1);
  const auto document = credentials_document(state, role, extended);
  return document ? text_answer(pretty(*document)) : imds_error(404);
}

Response answer_imds(State& state, const RawRequest& request) {
  const auto path = request.path();
  if (request.method == "PUT") return path == kTokenPath ? issue_token(state, request) : imds_error(405);
  if (request.method != "GET" || path == kTokenPath) return imds_error(405);
  if (!has_valid_token(state, request)) return imds_error(401);
  return get_document(state, path);
}

}  // namespace

const Session& held_session(State& state, const Role& role, const std::string& name,
                            std::chrono::hours lifetime) {
  auto& key = state.held[role.arn() + "/" + name];
  // AWS gives out new ones well before the end.
  if (const Session* session = state.sessions.find(key);
      session != nullptr && session->expires - state.now() >= std::chrono::minutes(30))
    return *session;
  const Session& session = state.sessions.issue(role, name, state.now() + lifetime);
  key = session.access_key_id;
  return session;
}

json::object instance_credentials(State& state) {
  if (!state.imds.credentials_file.empty()) {
    std::ifstream in(state.imds.credentials_file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    json::error_code error;
    const auto value = json::parse(text, error);
    if (!error && value.is_object()) return value.get_object();
    return {{"Code", "Failed"}, {"Message", "the file of --imds-credentials is not a JSON object"}};
  }
  if (state.imds.given) return *state.imds.given;
  const auto& instance = state.world.instance;
  const Role* role = state.world.find_role("arn:aws:iam::" + instance.account + ":role/" + instance.role);
  if (role == nullptr || !trusts_service(role->trust, "ec2.amazonaws.com"))
    return {{"Code", "AssumeRoleUnauthorizedAccess"},
            {"Message", "EC2 cannot assume the role " + instance.role +
                            ".  Please see documentation at https://docs.aws.amazon.com/IAM/latest/UserGuide/"
                            "troubleshoot_iam-ec2.html#troubleshoot_iam-ec2_errors-info-doc."}};
  const Session& session = held_session(state, *role, instance.id, kInstanceSession);
  return {{"AccessKeyId", session.access_key_id},
          {"SecretAccessKey", session.secret},
          {"Token", session.token},
          {"Expiration", iso_time(session.expires)}};
}

Exchange serve_imds(State& state, const RawRequest& request) {
  const std::string path(request.path());
  const Fault* fault = state.faults.next("imds", path, request.method);
  if (fault != nullptr && fault->expire_tokens) state.imds.tokens.clear();
  Exchange exchange;
  exchange.response = answer_under(
      fault, {429, {}, {}, {}}, [](const AwsError& error) { return imds_error(error.status); },
      [&] { return answer_imds(state, request); });
  exchange.response.set("Server", "EC2ws");
  exchange.response.set("Date", http_time(state.now()));
  apply_fault(fault, exchange);
  state.requests.add({{"time", iso_time(state.now())},
                      {"service", "imds"},
                      {"action", as_utf8(request.method + " " + path)},
                      {"method", as_utf8(request.method)},
                      {"path", as_utf8(path)},
                      {"status", seen_status(exchange)}});
  exchange.log_line = "imds " + log_text(request.method) + " " + log_text(path) + " -";
  return exchange;
}

}  // namespace crosslog::sandbox
