#!/usr/bin/env python3
"""The same with parts of its own: HTTP by Python's urllib, keys from where you keep yours.

    own_parts.py REGION GROUP STREAM [URL]     ACCESS_KEY_ID and SECRET_ACCESS_KEY in the environment

The library signs, retries and decodes; it opens no connection and looks at no file.
"""
import os
import sys
import urllib.error
import urllib.request
from ctypes import byref

import crosslog


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


opener = urllib.request.build_opener(NoRedirect)


@crosslog.SEND
def send(_user, request, response, _stop, error):
    """Exceptions must not leave a callback: they become the error that it was given."""
    try:
        request = request.contents
        url = str(request.origin) + str(request.path) + ("?" + str(request.query) if request.query.size else "")
        headers = {str(header.name): str(header.value) for header in request.headers[:request.header_count]}
        asked = urllib.request.Request(url, bytes(request.body) or None, headers, method=str(request.method))
        try:
            answer = opener.open(asked, timeout=request.read_timeout_ms / 1000 or None)
        except urllib.error.HTTPError as refusal:
            answer = refusal  # any status is an answer
        with answer:
            body = crosslog.string(answer.read())
            crosslog.library.crosslog_response_set_status(response, answer.status)
            for name, value in answer.headers.items():
                crosslog.library.crosslog_response_add_header(response, crosslog.string(name), crosslog.string(value))
            return crosslog.library.crosslog_response_append_body(response, body)
    except OSError as trouble:
        crosslog.library.crosslog_error_set(error, crosslog.NETWORK, crosslog.string(str(trouble)))
        return crosslog.NETWORK


@crosslog.GET
def get(_user, credentials, _stop, error):
    keys = crosslog.Keys(access_key_id=os.environ.get("ACCESS_KEY_ID", ""),
                         secret_access_key=os.environ.get("SECRET_ACCESS_KEY", ""))
    return crosslog.library.crosslog_credentials_set(credentials, byref(keys), error)


def main(region, group, stream, url=""):
    options = crosslog.SessionOptions(region=region, logs_endpoint_url=url, isolated=1,
                                      transport=crosslog.Transport(send=send))
    for page in crosslog.pages_of(options, group, stream, crosslog.CredentialSource(get=get)):
        for _, message in page:
            sys.stdout.buffer.write(message + b"\n")


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except crosslog.CrosslogError as error:
        sys.exit("\n".join([str(error)] + ["hint: " + hint for hint in error.hints]))
