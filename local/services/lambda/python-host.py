"""Runs a Python handler in a child process, as AWS's runtime runs it in an execution environment.

Invocations arrive as lines of JSON on descriptor 3, answers leave on descriptor 4, so that nothing a handler
prints can disturb them.
"""

import decimal
import importlib
import io
import json
import logging
import math
import os
import queue
import sys
import threading
import time
import traceback

# what one invocation may print: a handler that logs in a loop must not fill the memory of the process that shows it
MAX_LINES = 10_000
MAX_CHARACTERS = 1_048_576


class Channel:
    def __init__(self):
        self._answers = os.fdopen(4, "wb")
        self._lock = threading.Lock()

    def send(self, **message):
        line = json.dumps(message).encode() + b"\n"
        with self._lock:
            self._answers.write(line)
            self._answers.flush()


class Log:
    def __init__(self, channel):
        self._channel = channel
        self.begin("")

    def begin(self, request_id):
        self.request_id = request_id
        self._lines = 0
        self._characters = 0

    def _full(self):
        return self._lines > MAX_LINES or self._characters > MAX_CHARACTERS

    def line(self, message, level=None):
        if self._full():
            return
        self._lines += 1
        self._characters += len(message)
        if self._full():
            level = "WARN"
            message = f"log cut: an invocation prints at most {MAX_LINES} lines and {MAX_CHARACTERS} characters here"
        self._channel.send(type="log", requestId=self.request_id, message=message, **({"level": level} if level else {}))


class LogStream(io.RawIOBase):
    """Stands behind sys.stdout and sys.stderr."""

    def __init__(self, log, descriptor):
        self._log = log
        self._descriptor = descriptor
        self._partial = b""

    def writable(self):
        return True

    def fileno(self):
        return self._descriptor

    def write(self, data):
        *lines, rest = (self._partial + bytes(data)).split(b"\n")
        self._partial = rest[-MAX_CHARACTERS:]
        for line in lines:
            self._log.line(line.decode("utf-8", "replace"))
        return len(data)

    def end(self):
        if self._partial:
            self.write(b"\n")


class LogHandler(logging.Handler):
    def __init__(self, log):
        super().__init__()
        self._log = log

    def emit(self, record):
        self._log.line(self.format(record), record.levelname)


class Fault(Exception):
    """An error of the runtime itself, named as AWS's Python runtime names it."""

    def __init__(self, error_type, message, trace=None):
        super().__init__(message)
        self.error_type = error_type
        self.trace = trace or []


class Attributes:
    """A dict's values as attributes; what it lacks is None."""

    def __init__(self, names, values):
        for name in names:
            setattr(self, name, values.get(name))

    def __repr__(self):
        return f"{vars(self)}"


class LambdaContext:
    def __init__(self, message):
        self.aws_request_id = message["requestId"]
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = message["invokedFunctionArn"]
        self.tenant_id = None
        self.client_context = client_context(message.get("clientContext"))
        self.identity = Attributes(("cognito_identity_id", "cognito_identity_pool_id"), {})
        self._deadline = message["deadline"]

    def get_remaining_time_in_millis(self):
        return max(0, int(self._deadline - time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))

    def __repr__(self):
        return f"LambdaContext({vars(self)})"


def client_context(text):
    if text is None:
        return None
    values = json.loads(text)
    context = Attributes(("custom", "env", "client"), values)
    if context.client is not None:
        names = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")
        context.client = Attributes(names, context.client)
    return context


class Encoder(json.JSONEncoder):
    def default(self, value):
        if isinstance(value, decimal.Decimal):
            if not value.is_finite():
                return math.nan
            return int(value) if value == value.to_integral_value() else float(value)
        return super().default(value)


def marshal(response):
    if isinstance(response, bytes):
        return response.decode("utf-8", "replace")
    try:
        return json.dumps(response, cls=Encoder)
    except Exception as error:
        raise Fault("Runtime.MarshalError", f"Unable to marshal response: {error}") from None


def load(handler):
    try:
        module_name, function_name = handler.rsplit(".", 1)
    except ValueError as error:
        raise Fault("Runtime.MalformedHandlerName", f"Bad handler '{handler}': {error}") from None
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise Fault("Runtime.BuiltInModuleConflict", f"Cannot use built-in module {module_name} as a handler module")
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise Fault("Runtime.ImportModuleError", f"Unable to import module '{module_name}': {error}") from None
    except SyntaxError as error:
        trace = [f'  File "{error.filename}" Line {error.lineno}\n    {error.text}']
        raise Fault("Runtime.UserCodeSyntaxError", f"Syntax error in module '{module_name}': {error}", trace) from None
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise Fault("Runtime.HandlerNotFound", f"Handler '{function_name}' missing on module '{module_name}'") from None


def error_payload(error, request_id):
    if isinstance(error, Fault):
        return {"errorMessage": str(error), "errorType": error.error_type, "requestId": request_id, "stackTrace": error.trace}
    frames = [(frame.filename, frame.lineno, frame.name, frame.line) for frame in traceback.extract_tb(error.__traceback__)]
    while frames and frames[0][0] == __file__:
        frames.pop(0)
    return {
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "requestId": request_id,
        "stackTrace": traceback.format_list(frames),
    }


def error_log(payload):
    lines = [f"[ERROR] {payload['errorType']}: {payload['errorMessage']}", "Traceback (most recent call last):"]
    return "\n".join(lines + [line.rstrip("\n") for line in payload["stackTrace"]])


def read_invocations(invocations):
    with os.fdopen(3, "rb") as requests:
        for line in requests:
            invocations.put(json.loads(line))
    # the process that started this one is gone, and a handler may be running
    os._exit(0)


def main():
    channel = Channel()
    log = Log(channel)
    streams = [LogStream(log, 1), LogStream(log, 2)]
    sys.stdout, sys.stderr = (
        # unbuffered, as python3 -u has them
        io.TextIOWrapper(stream, encoding="utf-8", errors="backslashreplace", write_through=True)
        for stream in streams
    )

    def flush():
        for stream in streams:
            stream.end()

    logging.getLogger().addHandler(LogHandler(log))
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]
    try:
        handler = load(os.environ["_HANDLER"])
    except Exception as error:
        flush()
        payload = error_payload(error, "")
        channel.send(type="crash", requestId="", text=json.dumps(payload), log=error_log(payload))
        sys.exit(1)

    invocations = queue.SimpleQueue()
    threading.Thread(target=read_invocations, args=(invocations,), daemon=True).start()
    channel.send(type="ready")
    while True:
        message = invocations.get()
        request_id = message["requestId"]
        log.begin(request_id)
        try:
            text = marshal(handler(json.loads(message["event"]), LambdaContext(message)))
        except Exception as error:
            flush()
            payload = error_payload(error, request_id)
            log.line(error_log(payload), "ERROR")
            channel.send(type="error", requestId=request_id, text=json.dumps(payload))
        except BaseException:
            flush()
            raise
        else:
            flush()
            channel.send(type="response", requestId=request_id, text=text)


main()
