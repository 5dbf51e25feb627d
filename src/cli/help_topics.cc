#include "cli/help_topics.h"

namespace crosslog::cli {
namespace {

constexpr HelpTopic kTopics[] = {
    {"environment", "ENVIRONMENT", "The variables that are read", R"(
Options win over variables, and variables over the files. An empty variable is none.

which profile and region:
  AWS_PROFILE, AWS_DEFAULT_PROFILE
                      the profile, unless --profile names one
  AWS_REGION, AWS_DEFAULT_REGION
                      the region, unless --region names one
  AWS_CONFIG_FILE     instead of ~/.aws/config
  AWS_SHARED_CREDENTIALS_FILE
                      instead of ~/.aws/credentials

credentials:
  AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_SECURITY_TOKEN
                      keys; left out when --profile is given
  AWS_CREDENTIAL_EXPIRATION, AWS_ACCOUNT_ID
                      when those keys end, and whose they are
  AWS_ROLE_ARN, AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_SESSION_NAME
                      a role that is taken with the token in that file
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, AWS_CONTAINER_CREDENTIALS_FULL_URI
                      where a container's credentials are served (ECS, EKS)
  AWS_CONTAINER_AUTHORIZATION_TOKEN, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE
                      what is shown there
  CROSSLOG_NO_CACHE   not empty: as --no-cache

the instance's metadata:
  AWS_EC2_METADATA_DISABLED
                      true: never asked
  AWS_EC2_METADATA_SERVICE_ENDPOINT, AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE
                      where it is, or IPv4 or IPv6
  AWS_IMDS_USE_IPV6   true: as the mode IPv6
  AWS_METADATA_SERVICE_TIMEOUT, AWS_METADATA_SERVICE_NUM_ATTEMPTS
                      seconds of patience, and how often

endpoints and the way to them:
  AWS_ENDPOINT_URL_CLOUDWATCH_LOGS, AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL_SSO
                      call this instead of that service
  AWS_ENDPOINT_URL    the same for every service
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS
                      true: only --endpoint-url counts
  AWS_USE_FIPS_ENDPOINT, AWS_USE_DUALSTACK_ENDPOINT
                      true: endpoints of that kind
  AWS_CA_BUNDLE, REQUESTS_CA_BUNDLE
                      PEM file of the certificates to trust
  HTTPS_PROXY, ALL_PROXY, NO_PROXY
                      the proxy, and the hosts that are reached without; in small letters too
  AWS_MAX_ATTEMPTS, AWS_RETRY_MODE, AWS_NEW_RETRIES_2026
                      how often a call is tried, and how it is paced: standard or adaptive
  AWS_DISABLE_CLOCK_SKEW_CORRECTION
                      true: sign with the own clock, right or wrong

what is printed:
  AWS_DEFAULT_OUTPUT  the format, unless --output names one
  AWS_CLI_ERROR_FORMAT
                      as --cli-error-format
  NO_COLOR, TERM      not empty, or dumb: no colours unless --color on is given
  TZ                  what the local time zone is, for the commands for people

files of the user:
  HOME                where ~ is
  XDG_CACHE_HOME      where completion keeps names for a minute, instead of ~/.cache
)"},
    {"files", "FILES", "The files that are read and written", R"(
  ~/.aws/config       profiles and settings
  ~/.aws/credentials  keys, by profile
  ~/.aws/sso/cache/   tokens of single sign-on, as the AWS CLI keeps them; only read
  ~/.aws/cli/cache/   credentials of roles until they expire, shared with the AWS CLI; --no-cache
                      leaves it alone
  ~/.cache/crosslog/completion/
                      names of log groups and streams for completion, for a minute, at most 64 files
)"},
    {"exit-codes", "EXIT STATUS", "What the exit status says", R"(
  0                   all was done, also when there was nothing to print
  130                 interrupted (SIGINT); 143: ended (SIGTERM)
  252                 a wrong command line or parameter, or a command that would change the account
  253                 no region, no credentials, or a setting that is wrong
  254                 the service answered with an error
  255                 anything else: no answer, an answer that makes no sense, a full disk
)"},
    {"examples", "EXAMPLES", "Some command lines", R"(
examples:
  crosslog get /aws/lambda/orders --since 2h --filter ERROR
  crosslog get /aws/lambda/orders --last 20 --profile crossb
  crosslog groups '/aws/lambda/*-prod'
  crosslog streams /aws/lambda/orders --by-time --long
  crosslog logs filter-log-events --log-group-name G --query 'events[].[timestamp,message]' --output text
  crosslog whoami --profile crossb
  crosslog completion bash > ~/.local/share/bash-completion/completions/crosslog
)"},
};

}  // namespace

std::span<const HelpTopic> help_topics() noexcept {
  return kTopics;
}

}  // namespace crosslog::cli
