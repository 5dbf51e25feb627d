#define BOOST_TEST_MODULE cli_configure_list
#include "cli/commands/configure_list.h"

#include <boost/test/unit_test.hpp>
#include <map>
#include <string>

using namespace crosslog;
using namespace crosslog::cli;

namespace {

struct Scene {
  std::string list() {
    Host host;
    host.getenv = [this](std::string_view name) -> std::optional<std::string> {
      const auto found = environment.find(std::string(name));
      return found == environment.end() ? std::nullopt : std::optional(found->second);
    };
    out.clear();
    done = configure_list({.program = program,
                           .host = host,
                           .config = config,
                           .globals = globals,
                           .credentials = [this] { return credentials; },
                           .instance_region = [this] { return instance_region; }},
                          [this](std::string_view text) -> Outcome<void> {
                            out += text;
                            return {};
                          });
    return out;
  }
  std::string line(std::string_view label) {
    list();
    const auto at = out.find(label);
    return out.substr(at, out.find('\n', at) - at);
  }
  void set_region(const std::string& profile, const std::string& region) {
    config.profiles[profile].properties["region"].value = region;
  }

  Program program;
  SharedConfig config;
  GlobalOptions globals;
  std::map<std::string, std::string> environment;
  Outcome<Credentials> credentials = std::unexpected(
      Failure{.kind = Failure::Kind::no_credentials, .message = "none", .hints = {}, .error = {}});
  std::optional<std::string> instance_region;
  std::string out;
  Outcome<void> done;
};

Credentials keys(const std::string& id, const std::string& secret, const std::string& method) {
  Credentials credentials;
  credentials.access_key_id = id;
  credentials.secret_access_key = Secret(secret);
  credentials.hops = {{.method = "env", .subject = "", .place = "", .cached = false},
                      {.method = method, .subject = "", .place = "", .cached = false}};
  return credentials;
}

}  // namespace

BOOST_AUTO_TEST_CASE(nothing_is_configured) {
  Scene scene;
  BOOST_TEST(scene.list() ==
             "NAME       : VALUE                    : TYPE             : LOCATION\n"
             "profile    : <not set>                : None             : None\n"
             "access_key : <not set>                : None             : None\n"
             "secret_key : <not set>                : None             : None\n"
             "region     : <not set>                : None             : None\n");
  BOOST_TEST(scene.done.has_value());
}

BOOST_AUTO_TEST_CASE(of_keys_the_last_four_characters_are_shown) {
  Scene scene;
  scene.credentials = keys("AKIAEXAMPLEABCD", "secretEFGH", "assume-role");
  scene.list();
  BOOST_TEST(scene.out.find("access_key : ****************ABCD     : assume-role      : \n"
                            "secret_key : ****************EFGH     : assume-role      : \n") !=
             std::string::npos);
  scene.credentials = keys("AB", "C", "shared-credentials-file");
  scene.list();
  BOOST_TEST(scene.out.find("access_key : ****************AB       : shared-credentials-file : \n"
                            "secret_key : ****************C        : shared-credentials-file : \n") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(profiles) {
  Scene scene;
  scene.environment = {{"AWS_DEFAULT_PROFILE", "second"}};
  const std::string variables = " : env              : ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE']";
  BOOST_TEST(scene.line("profile") == "profile    : second                  " + variables);
  scene.environment["AWS_PROFILE"] = "f\u00fcrst";
  BOOST_TEST(scene.line("profile") == "profile    : f\u00fcrst                   " + variables);
  scene.environment["AWS_PROFILE"] = "";
  BOOST_TEST(scene.line("profile") == "profile    :                         " + variables);
  scene.globals.overrides.profile = "option";
  BOOST_TEST(scene.line("profile") == "profile    : option                   : manual           : --profile");
}

BOOST_AUTO_TEST_CASE(regions) {
  Scene scene;
  scene.instance_region = "eu-north-1";
  BOOST_TEST(scene.line("region") == "region     : eu-north-1               : imds             : ");
  scene.set_region("default", "eu-west-1");
  scene.set_region("p", "bad region");
  BOOST_TEST(scene.line("region") ==
             "region     : eu-west-1                : config-file      : ~/.aws/config");
  scene.environment = {{"AWS_CONFIG_FILE", "/c"}, {"AWS_PROFILE", "p"}};
  BOOST_TEST(scene.line("region") == "region     : bad region               : config-file      : /c");
  scene.environment["AWS_DEFAULT_REGION"] = "us-east-2";
  BOOST_TEST(
      scene.line("region") ==
      "region     : us-east-2                : env              : ['AWS_REGION', 'AWS_DEFAULT_REGION']");
  scene.globals.overrides.region = "us-west-2";
  BOOST_TEST(scene.line("region") == "region     : us-west-2                : manual           : --region");
  scene.program.name = "aws";
  BOOST_TEST(scene.line("region").contains("us-east-2"));
  scene.environment.clear();
  scene.config.profiles.clear();
  BOOST_TEST(scene.line("region") == "region     : us-west-2                : imds             : ");
}

BOOST_AUTO_TEST_CASE(what_is_known_before_an_error_is_said) {
  Scene scene;
  scene.globals.overrides.profile = "nope";
  scene.credentials = fail_general("The config profile (nope) could not be found");
  scene.list();
  BOOST_TEST(!scene.done.has_value());
  BOOST_TEST(scene.out ==
             "NAME       : VALUE                    : TYPE             : LOCATION\n"
             "profile    : nope                     : manual           : --profile\n");
}
