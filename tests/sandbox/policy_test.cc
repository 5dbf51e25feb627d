// Who may do what: the rules that the scenarios of run.py cannot all reach.
#define BOOST_TEST_MODULE sandbox_policy
#include "sandbox/policy.h"

#include <boost/test/unit_test.hpp>

#include "sandbox/text.h"

namespace {

using namespace crosslog::sandbox;

std::expected<Policy, std::string> read(std::string_view text, PolicyKind kind = PolicyKind::identity) {
  return read_policy(boost::json::parse(text), kind);
}

Decision decide(std::string_view statements, std::string_view action, std::string_view resource) {
  const auto policy = read(R"({"Statement":)" + std::string(statements) + "}").value();
  return evaluate({&policy}, action, resource);
}

TrustDecision trust(std::string_view statement, const Caller& caller, const TrustContext& context = {}) {
  const auto policy = read(R"({"Statement":)" + std::string(statement) + "}", PolicyKind::trust).value();
  return evaluate_trust(policy, "sts:AssumeRole", caller, context);
}

const Caller kUser{"111111111111", "arn:aws:iam::111111111111:user/u", ""};
const Caller kSession{"111111111111", "arn:aws:sts::111111111111:assumed-role/r/s",
                      "arn:aws:iam::111111111111:role/r"};

std::string allow(std::string_view principal, std::string_view condition = "{}") {
  return R"({"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":)" + std::string(principal) + "}" +
         (condition == "{}" ? "" : R"(,"Condition":)" + std::string(condition)) + "}";
}

}  // namespace

BOOST_AUTO_TEST_CASE(wildcards) {
  for (const auto& [pattern, text] : {std::pair{"*", ""},
                                      {"*", "a"},
                                      {"a*", "a"},
                                      {"a*c", "abbc"},
                                      {"a?c", "abc"},
                                      {"*b*", "abc"},
                                      {"**", "x"},
                                      {"a*b*c", "aXbYbZc"},
                                      {"", ""}})
    BOOST_TEST(wildcard_match(pattern, text), pattern << " does not match " << text);
  for (const auto& [pattern, text] :
       {std::pair{"", "a"}, {"a", ""}, {"?", ""}, {"a*c", "abd"}, {"a?c", "ac"}, {"A", "a"}})
    BOOST_TEST(!wildcard_match(pattern, text), pattern << " matches " << text);
}

BOOST_AUTO_TEST_CASE(identity_policies) {
  const auto one =
      R"({"Effect":"Allow","Action":["logs:Get*","logs:Filter?ogEvents"],"Resource":"arn:aws:logs:*:1:log-group:G:*"})";
  const auto resource = "arn:aws:logs:eu-west-1:1:log-group:G:log-stream:S";
  BOOST_TEST((decide(one, "logs:GetLogEvents", resource) == Decision::allowed));
  BOOST_TEST((decide(one, "LOGS:getlogevents", resource) == Decision::allowed), "actions have no case");
  BOOST_TEST((decide(one, "logs:FilterLogEvents", resource) == Decision::allowed));
  BOOST_TEST((decide(one, "logs:PutLogEvents", resource) == Decision::not_allowed));
  BOOST_TEST((decide(one, "logs:GetLogEvents", "arn:aws:logs:eu-west-1:1:log-group:g:log-stream:S") ==
              Decision::not_allowed),
             "resources have");
  const auto both =
      R"([{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"logs:Unmask","Resource":"*"}])";
  BOOST_TEST((decide(both, "logs:GetLogEvents", resource) == Decision::allowed));
  BOOST_TEST((decide(both, "logs:Unmask", resource) == Decision::denied));
  BOOST_TEST((evaluate({}, "logs:GetLogEvents", resource) == Decision::not_allowed));
}

BOOST_AUTO_TEST_CASE(principals) {
  for (const auto* principal : {R"("*")", R"("111111111111")", R"("arn:aws:iam::111111111111:root")",
                                R"(["arn:aws:iam::222222222222:root","111111111111"])"}) {
    BOOST_TEST(trust(allow(principal), kUser).trusted, principal);
    BOOST_TEST(trust(allow(principal), kSession).trusted, principal);
    BOOST_TEST(!trust(allow(principal), kSession).by_name, principal);
  }
  BOOST_TEST(trust(allow(R"("arn:aws:iam::111111111111:user/u")"), kUser).by_name);
  BOOST_TEST(trust(allow(R"("arn:aws:iam::111111111111:role/r")"), kSession).by_name);
  BOOST_TEST(trust(allow(R"("arn:aws:sts::111111111111:assumed-role/r/s")"), kSession).by_name);
  BOOST_TEST(!trust(allow(R"("arn:aws:iam::111111111111:user/v")"), kUser).trusted);
  BOOST_TEST(!trust(allow(R"("arn:aws:sts::111111111111:assumed-role/r/t")"), kSession).trusted);
  BOOST_TEST(!trust(allow(R"("arn:aws:iam::222222222222:root")"), kUser).trusted);
  const auto deny =
      R"({"Effect":"Deny","Action":"sts:*","Principal":{"AWS":"arn:aws:iam::111111111111:user/u"}})";
  const std::string both = "[" + allow(R"("*")") + "," + deny + "]";
  BOOST_TEST(!trust(both, kUser).trusted);
  BOOST_TEST(trust(both, kSession).trusted);
}

BOOST_AUTO_TEST_CASE(conditions) {
  const auto external = allow(R"("*")", R"({"StringEquals":{"sts:ExternalId":["a","b"]}})");
  BOOST_TEST(!trust(external, kUser).trusted);
  BOOST_TEST(!trust(external, kUser, {"A", false}).trusted);
  BOOST_TEST(trust(external, kUser, {"b", false}).trusted);
  const auto mfa = allow(R"("*")", R"({"Bool":{"aws:MultiFactorAuthPresent":"true"}})");
  BOOST_TEST(!trust(mfa, kUser).trusted);
  BOOST_TEST(trust(mfa, kUser, {std::nullopt, true}).trusted);
}

BOOST_AUTO_TEST_CASE(web_identities) {
  const auto statement = [](const std::string& condition) {
    return R"({"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":"arn:p"})" +
           (condition.empty() ? "" : R"(,"Condition":)" + condition) + "}";
  };
  const auto trusts = [](const std::string& text, const WebIdentity& identity) {
    const auto policy = read(R"({"Statement":)" + text + "}", PolicyKind::trust);
    BOOST_REQUIRE(policy);
    return trusts_identity(*policy, identity);
  };
  const WebIdentity identity{"arn:p", "host/id", "ns:reader", "sts.amazonaws.com"};
  BOOST_TEST(trusts(statement(""), identity));
  BOOST_TEST(!trusts(statement(""), {"arn:q", "host/id", "ns:reader", "sts.amazonaws.com"}));
  BOOST_TEST(trusts(statement(R"({"StringEquals":{"host/id:sub":"ns:reader"}})"), identity));
  BOOST_TEST(!trusts(statement(R"({"StringEquals":{"host/id:sub":"ns:writer"}})"), identity));
  BOOST_TEST(!trusts(statement(R"({"StringEquals":{"host/other:sub":"ns:reader"}})"), identity));
  BOOST_TEST(trusts(statement(R"({"StringLike":{"host/id:sub":"ns:*"}})"), identity));
  BOOST_TEST(!trusts(statement(R"({"StringLike":{"host/id:sub":"ns:*","host/id:aud":"other"}})"), identity));
  const std::string deny =
      R"({"Effect":"Deny","Action":"sts:*","Principal":{"Federated":"arn:p"},"Condition":{"StringEquals":{"host/id:sub":"ns:reader"}}})";
  BOOST_TEST(!trusts("[" + statement("") + "," + deny + "]", identity));
  BOOST_TEST(!read(R"({"Statement":)" + statement(R"({"StringEquals":{"host/id:sub":"ns:*"}})") + "}",
                   PolicyKind::trust));
}

BOOST_AUTO_TEST_CASE(what_is_not_understood_is_refused) {
  for (const auto* text : {"1", "[]", "{}", R"({"Statement":[]})", R"({"Statement":"x"})",
                           R"({"Statment":[]})", R"({"Statement":{"Effect":"Allow","Action":"*"}})",
                           R"({"Statement":{"Effect":"allow","Action":"*","Resource":"*"}})",
                           R"({"Statement":{"Effect":"Allow","Action":1,"Resource":"*"}})",
                           R"({"Statement":{"Effect":"Allow","Action":[1],"Resource":"*"}})",
                           R"({"Statement":{"Effect":"Allow","NotAction":"*","Resource":"*"}})",
                           R"({"Statement":{"Effect":"Allow","Action":"*","NotResource":"*"}})",
                           R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{}}})"})
    BOOST_TEST(!read(text), text);
  for (
      const auto* text :
      {R"({"Statement":{"Effect":"Allow","Action":"*","Principal":"arn"}})",
       R"({"Statement":{"Effect":"Allow","Action":"*","Principal":{"CanonicalUser":"x"}}})",
       R"({"Statement":{"Effect":"Allow","Action":"*","NotPrincipal":"*"}})",
       R"({"Statement":{"Effect":"Allow","Action":"*","Principal":"*","Condition":{"StringLike":{"sts:ExternalId":"a*"}}}})",
       R"({"Statement":{"Effect":"Allow","Action":"*","Principal":"*","Condition":{"Bool":{"aws:SecureTransport":true}}}})"})
    BOOST_TEST(!read(text, PolicyKind::trust), text);
}

BOOST_AUTO_TEST_CASE(managed_policies) {
  const Policy* reader = managed_policy("arn:aws:iam::aws:policy/CloudWatchLogsReadOnlyAccess");
  BOOST_REQUIRE(reader != nullptr);
  BOOST_TEST(reader == managed_policy("CloudWatchLogsReadOnlyAccess"));
  BOOST_TEST((evaluate({reader}, "logs:GetLogEvents", "x") == Decision::allowed));
  BOOST_TEST((evaluate({reader}, "logs:Unmask", "x") == Decision::not_allowed));
  BOOST_TEST(managed_policy("Nothing") == nullptr);
}
