"""A small binding of crosslog's C API by ctypes: sessions, credentials, the pager of a stream.

Names and rules are those of crosslog/crosslog.h. CROSSLOG_LIBRARY names another library
than the system's libcrosslog.so.0.
"""
import contextlib
import ctypes
import os
from ctypes import CFUNCTYPE, POINTER, byref, c_char_p, c_int, c_int64, c_size_t, c_uint32, c_void_p

library = ctypes.CDLL(os.environ.get("CROSSLOG_LIBRARY", "libcrosslog.so.0"))
library.crosslog_code_name.restype = c_char_p

OK, NETWORK, INTERNAL, YES = 0, 12, 18, 1


class String(ctypes.Structure):
    """Bytes and their number; the bytes belong to somebody else."""
    _fields_ = [("data", c_void_p), ("size", c_size_t)]

    def __bytes__(self):
        return ctypes.string_at(self.data, self.size) if self.data else b""

    def __str__(self):
        return bytes(self).decode()


def string(value):
    """A text or bytes for the library. Its bytes live as long as it does, in it or in a struct."""
    data = value.encode() if isinstance(value, str) else value or b""
    view = String(ctypes.cast(c_char_p(data), c_void_p), len(data))
    view.keep = data
    return view


class Options(ctypes.Structure):
    """A struct that begins with its size: zero but for what is given."""

    def __init__(self, **members):
        super().__init__(size=ctypes.sizeof(self))
        self.keep = []
        for name, value in members.items():
            if isinstance(value, str):
                value = string(value)
            elif isinstance(value, Options):
                self.keep.append(value)
                value = ctypes.cast(ctypes.pointer(value), c_void_p)
            self.keep.append(value)
            setattr(self, name, value)


class Error(ctypes.Structure):
    _fields_ = [("code", c_int), ("http_status", c_int), ("attempts", c_int), ("message", String), ("description", String),
                ("aws_code", String), ("request_id", String), ("operation", String), ("hints", POINTER(String)),
                ("hint_count", c_size_t), ("details", c_void_p), ("detail_count", c_size_t), ("memory", c_void_p)]


class Header(ctypes.Structure):
    _fields_ = [("name", String), ("value", String)]


class Request(ctypes.Structure):
    _fields_ = [("method", String), ("origin", String), ("path", String), ("query", String), ("headers", POINTER(Header)),
                ("header_count", c_size_t), ("body", String), ("connect_timeout_ms", c_int64), ("read_timeout_ms", c_int64),
                ("total_timeout_ms", c_int64), ("max_response_bytes", c_size_t)]


SEND = CFUNCTYPE(c_int, c_void_p, POINTER(Request), c_void_p, c_void_p, POINTER(Error))
GET = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, POINTER(Error))


class Transport(Options):
    _fields_ = [("size", c_size_t), ("user", c_void_p), ("send", SEND), ("destroy", c_void_p)]


class CredentialSource(Options):
    _fields_ = [("size", c_size_t), ("user", c_void_p), ("get", GET), ("invalidate", c_void_p), ("destroy", c_void_p)]


class Keys(Options):
    _fields_ = [("size", c_size_t), ("access_key_id", String), ("secret_access_key", String), ("session_token", String),
                ("account_id", String), ("origin", String), ("expires_ms", c_int64)]


class SessionOptions(Options):
    _fields_ = [("size", c_size_t), ("profile", String), ("region", String), ("logs_endpoint_url", String),
                ("sts_endpoint_url", String), ("imds_endpoint_url", String), ("ca_bundle", String),
                ("credential_cache", String), ("connect_timeout_s", c_int64), ("read_timeout_s", c_int64),
                ("isolated", c_int), ("transport", c_void_p), ("clock", c_void_p)]


class GetLogEvents(Options):
    _fields_ = [("size", c_size_t), ("log_group_name", String), ("log_group_identifier", String),
                ("log_stream_name", String), ("start_time_ms", POINTER(c_int64)), ("end_time_ms", POINTER(c_int64)),
                ("next_token", String), ("limit", c_int64), ("start_from_head", c_int), ("unmask", c_int)]


class Event(ctypes.Structure):
    _fields_ = [("timestamp_ms", c_int64), ("ingestion_time_ms", c_int64), ("message", String), ("log_stream_name", String),
                ("event_id", String), ("present", c_uint32), ("reserved", c_uint32)]


class Page(ctypes.Structure):
    _fields_ = [("events", POINTER(Event)), ("event_count", c_size_t)]


class CrosslogError(Exception):
    """What the library reports; `code` by its name, `hints` for a person."""

    def __init__(self, error):
        super().__init__(str(error.description))
        self.code = library.crosslog_code_name(error.code).decode()
        self.hints = [str(hint) for hint in error.hints[:error.hint_count]]


# A callback is given handles as plain numbers: these say that they are pointers.
library.crosslog_response_set_status.argtypes = [c_void_p, c_int]
library.crosslog_response_add_header.argtypes = [c_void_p, String, String]
library.crosslog_response_append_body.argtypes = [c_void_p, String]
library.crosslog_credentials_set.argtypes = [c_void_p, POINTER(Keys), POINTER(Error)]


def make(function, *arguments):
    """Calls function(*arguments, &out, &error) and gives `out`: a handle, or None."""
    out, error = c_void_p(), Error()
    if function(*arguments, byref(out), byref(error)) != OK:
        failure = CrosslogError(error)
        library.crosslog_error_clear(byref(error))
        raise failure
    return out if out.value else None


@contextlib.contextmanager
def owned(noun, function, *arguments):
    """The same, and freed in the end."""
    handle = make(function, *arguments)
    try:
        yield handle
    finally:
        getattr(library, "crosslog_%s_free" % noun)(handle)


def pages_of(session_options, group, stream, source=None):
    """The pages of a stream, the oldest first: [(timestamp in ms, message in bytes)]. With the
    default chain of credentials, or with those of `source`."""
    with contextlib.ExitStack() as stack:
        def own(noun, function, *arguments):
            return stack.enter_context(owned(noun, function, *arguments))

        session = own("session", library.crosslog_session_new, byref(session_options))
        provider = None if source is None else own("provider", library.crosslog_provider_new_custom, byref(source))
        client = own("client", library.crosslog_client_new, session, provider, None)
        query = GetLogEvents(log_group_name=group, log_stream_name=stream, start_from_head=YES)
        pager = own("pager", library.crosslog_pager_new_get, client, byref(query))
        while (handle := make(library.crosslog_pager_next, pager, None)) is not None:
            page = ctypes.cast(handle, POINTER(Page)).contents
            events = [(event.timestamp_ms, bytes(event.message)) for event in page.events[:page.event_count]]
            library.crosslog_page_free(handle)
            yield events
