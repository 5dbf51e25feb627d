#include "cli/commands/sign.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/args.h"
#include "cli/python.h"
#include "crosslog/config.h"
#include "crosslog/http.h"
#include "crosslog/sigv4.h"

namespace crosslog::cli {
namespace {

using Arity = Argument::Arity;

constexpr std::size_t kMaxRequest = 1u << 20;
constexpr std::int64_t kLongestPresign = std::int64_t{7} * 24 * 3600;

// A place where a session token stands in what sigv4 made, and what ends it.
struct TokenPlace {
  std::string_view before, end;
};
constexpr TokenPlace kTokenPlaces[] = {
    {"\nx-amz-security-token:", "\n"},
    {"X-Amz-Security-Token: ", "\n"},
    {"X-Amz-Security-Token=", "&\n"},
};

std::string sign_usage(const Program& program) {
  return program.name + " sign [options] [FILE]";
}

std::optional<std::string> argument_of(const ParsedArguments& parsed, std::string_view option) {
  if (!parsed.has(option)) return std::nullopt;
  return std::string(parsed.value(option));
}

Outcome<ParsedArguments> parse_words(std::span<const std::string> words, const Program& program) {
  auto parsed = parse_arguments(sign_options(), words, sign_usage(program));
  if (!parsed || parsed->rest.empty()) return parsed;
  std::string message = "Unknown options: ";
  for (const auto& word : parsed->rest)
    message += (&word == &parsed->rest.front() ? "" : ", ") + word;
  return std::unexpected(Failure{
      .kind = Failure::Kind::unknown_options, .message = std::move(message), .hints = {}, .error = {}});
}

// The options whose values or combination can be wrong.
struct Choices {
  std::optional<TimePoint> date;
  std::chrono::seconds presign{0};  // 0: header form
  sigv4::Options options;
};

Outcome<Choices> choices_of(const ParsedArguments& parsed) {
  Choices choices;
  if (const auto date = argument_of(parsed, "--date")) {
    choices.date = sigv4::parse_date(*date);
    if (!choices.date)
      return fail_usage("argument --date: " + repr(*date) + " is not of the form 20150830T123600Z");
  }
  if (const auto presign = argument_of(parsed, "--presign")) {
    const std::int64_t seconds = parse_int(*presign).value_or(0);
    if (seconds < 1 || seconds > kLongestPresign) {
      return fail_usage("argument --presign: must be 1 to " + std::to_string(kLongestPresign) + " seconds");
    }
    choices.presign = std::chrono::seconds(seconds);
    if (parsed.has("--payload-header")) {
      return fail_usage("argument --payload-header: not allowed with argument --presign");
    }
  }
  choices.options = {.normalize_path = !parsed.has("--no-normalize-path"),
                     .add_payload_header = parsed.has("--payload-header"),
                     .sign_session_token = !parsed.has("--no-sign-session-token")};
  return choices;
}

Result<std::string> read_descriptor(int descriptor) {
  std::string bytes(kMaxRequest + 1, '\0');
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t got = ::read(descriptor, bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return fail(Errc::configuration, "Unable to read standard input: " +
                                           std::error_code(errno, std::generic_category()).message());
    }
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

Outcome<HttpRequest> read_request(const std::string& path, const SignContext& context) {
  std::string text;
  if (path.empty() || path == "-") {
    auto read = read_descriptor(context.input);
    if (!read) return std::unexpected(to_failure(std::move(read).error()));
    text = std::move(*read);
  } else {
    auto file = context.host.read_file(path, kMaxRequest);
    if (!file) return std::unexpected(to_failure(std::move(file).error()));
    if (!*file) return fail_general("Unable to read " + path + ": No such file or directory");
    text = std::move((*file)->bytes);
  }
  auto request = parse_http_request(text);
  if (request) return std::move(*request);
  Failure failure = to_failure(std::move(request).error());
  failure.hints.emplace_back(
      "a request reads: POST / HTTP/1.1, then headers with Host among them, a blank line, the body");
  return std::unexpected(std::move(failure));
}

struct Signer {
  std::string region, service;
};

// The region and the service whose endpoint this is, in whatever partition. The
// region can only be the second label; the rule set says whether it is one.
std::optional<Signer> signer_of(std::string_view origin) {
  if (origin.ends_with(":443")) origin.remove_suffix(4);
  std::string_view label = origin;
  label.remove_prefix(label.find('.') + 1);  // npos + 1 is 0
  label = label.substr(0, label.find('.'));
  for (const Service service : {Service::logs, Service::sts}) {
    for (const unsigned variant : {0u, 1u, 2u, 3u, 4u}) {
      const bool global = variant == 4;  // sts.amazonaws.com
      const auto endpoint = resolve_endpoint({.service = service,
                                              .region = std::string(global ? "us-east-1" : label),
                                              .use_fips = (variant & 1) != 0,
                                              .use_dualstack = (variant & 2) != 0,
                                              .custom_url = {},
                                              .use_global_sts = global});
      if (endpoint && endpoint->origin == origin)
        return Signer{endpoint->signing_region, endpoint->signing_name};
    }
  }
  return std::nullopt;
}

Outcome<Signer> choose_signer(const ParsedArguments& parsed, const HttpRequest& request,
                              const SignContext& context) {
  const auto evident = signer_of(request.origin);
  auto region = context.region;
  if (!region && evident) region = evident->region;
  if (!region) region = context.configured_region;
  auto service = argument_of(parsed, "--service");
  if (!service && evident) service = evident->service;
  if (!service) {
    return fail_usage("the following arguments are required: --service",
                      {"the Host header is no endpoint of logs or sts that would tell it"});
  }
  if (!region) {
    return std::unexpected(Failure{.kind = Failure::Kind::no_region,
                                   .message = "You must specify a region.",
                                   .hints = {"the Host header does not tell it: set --region"},
                                   .error = {}});
  }
  return Signer{std::move(*region), std::move(*service)};
}

// The request's own x-amz-date is a better guess than now: it must be the same.
TimePoint signing_time_of(const Choices& choices, const HttpRequest& request, const SignContext& context) {
  if (choices.date) return *choices.date;
  return sigv4::parse_date(find_header(request.headers, "x-amz-date")).value_or(context.now);
}

Outcome<sigv4::Explanation> make_signature(const HttpRequest& request, const Signer& signer,
                                           const Choices& choices, const SignContext& context) {
  const auto credentials = context.credentials();
  if (!credentials) return std::unexpected(to_failure(credentials.error()));
  const sigv4::Signable signable{request.method, request.path, request.query, request.headers, request.body};
  const sigv4::Scope scope{signer.region, signer.service, signing_time_of(choices, request, context)};
  auto made = choices.presign.count() > 0
                  ? sigv4::explain_presign(signable, *credentials, scope, choices.presign, choices.options)
                  : sigv4::explain(signable, *credentials, scope, choices.options);
  if (made) return std::move(*made);
  Failure failure = to_failure(std::move(made).error());
  if (!find_header(request.headers, "authorization").empty()) {
    failure.hints.emplace_back("take the Authorization header out: it is made anew");
  }
  return std::unexpected(std::move(failure));
}

std::string write_headers(const std::vector<Header>& headers) {
  std::string out;
  for (const Header& header : headers)
    out += header.name + ": " + header.value + "\n";
  return out;
}

// Every session token in a text of ours as "<session token, 356 bytes>".
std::string mask_token(std::string text) {
  for (const auto& [before, end] : kTokenPlaces) {
    for (std::size_t at = text.find(before); at != std::string::npos; at = text.find(before, at)) {
      at += before.size();
      const std::size_t size = std::min(text.find_first_of(end, at), text.size()) - at;
      text.replace(at, size, "<session token, " + std::to_string(size) + " bytes>");
    }
  }
  return text;
}

std::string explained_section(std::string_view title, std::string_view text) {
  std::string out(title);
  out += "\n" + std::string(title.size(), '-') + "\n" + std::string(text);
  if (!text.ends_with('\n')) out += '\n';
  return out + "\n";
}

std::string write_explanation(const sigv4::Explanation& made) {
  std::string text = explained_section("Canonical request", made.canonical_request) +
                     explained_section("String to sign", made.string_to_sign) +
                     explained_section("Signature", made.signature);
  text += made.query.empty() ? explained_section("Headers to add", write_headers(made.headers))
                             : explained_section("Query to send", made.query);
  text.pop_back();  // the blank line after the last explained_section
  const std::string masked = mask_token(text);
  if (masked == text) return text;
  return masked +
         "\nnote: the session token is masked here; the hash and the signature are of the token itself\n";
}

}  // namespace

Outcome<std::string> run_sign(std::span<const std::string> words, const SignContext& context) {
  const auto parsed = parse_words(words, context.program);
  if (!parsed) return std::unexpected(parsed.error());
  if (!parsed->stopped_at.empty()) return sign_help(context.program);
  const auto choices = choices_of(*parsed);
  if (!choices) return std::unexpected(choices.error());
  const auto request = read_request(std::string(parsed->value("file")), context);
  if (!request) return std::unexpected(request.error());
  const auto signer = choose_signer(*parsed, *request, context);
  if (!signer) return std::unexpected(signer.error());
  const auto made = make_signature(*request, *signer, *choices, context);
  if (!made) return std::unexpected(made.error());
  if (parsed->has("--explain")) return write_explanation(*made);
  return made->query.empty() ? write_headers(made->headers) : made->query + "\n";
}

std::vector<Argument> sign_options() {
  const auto flag = [](std::string name) {
    return Argument{.name = std::move(name), .arity = Arity::none, .constant = "true"};
  };
  return {Argument{.name = "--service"},
          Argument{.name = "--date"},
          Argument{.name = "--presign", .type = Argument::Type::integer},
          flag("--no-normalize-path"),
          flag("--payload-header"),
          flag("--no-sign-session-token"),
          flag("--explain"),
          Argument{.name = "--help", .arity = Arity::none, .constant = "true", .stops = true},
          Argument{.name = "file", .arity = Arity::at_most_one}};
}

std::string sign_help(const Program& program) {
  return "usage: " + sign_usage(program) +
         "\n\n"
         "Signs a raw HTTP/1.1 request, read from FILE or standard input, with AWS\n"
         "Signature Version 4, and prints the headers to add. Nothing is sent.\n\n"
         "parameters:\n"
         "  --explain                 print every stage: canonical request, string to sign,\n"
         "                            signature, headers (the session token masked)\n"
         "  --service NAME            the signing name; of logs and sts hosts it is known\n"
         "  --region REGION           of logs and sts hosts it is known\n"
         "  --date 20150830T123600Z   the time of signing; else the request's X-Amz-Date, else now\n"
         "  --presign SECONDS         the query form: print the query to send, valid so long\n"
         "  --payload-header          add and sign X-Amz-Content-Sha256\n"
         "  --no-normalize-path       keep dot segments and doubled slashes in the path\n"
         "  --no-sign-session-token   add the session token after signing\n\n"
         "The credentials are those that any other command would use.\n";
}

}  // namespace crosslog::cli
