#!/usr/bin/env python3
"""Verifies the mirror of a journal (the folder journal/ of a store) without the program.

    python3 verify_mirror.py STORE/journal [--vkey VKEY]
    python3 verify_mirror.py --self-test

It follows assets/doc/file-format.md and shares no code with the program, so that an error in the
code of one of the two shows itself. It needs Python 3.8 and nothing else: CBOR, the tree and
Ed25519 are here. Without --vkey, the key that entry 0 states is used; whoever wants to be sure
brings the key from elsewhere (a printed fingerprint, a court file).

Prints "ok: ..." and ends with 0; or one line for each fault, "file: sequence: reason", and ends with 1.
"""

import base64
import binascii
import contextlib
import fcntl
import hashlib
import hmac
import mmap
import os
import re
import sys

# The record type "signing key" and its fields, as the list of record types gives them.
SIGNING_KEY_KIND = 2
KEY_VOIDED = 6  # common to all records
KEY_OFFICER, KEY_PUBLIC, KEY_FROM, KEY_UNTIL = 10, 11, 12, 13

LEAVES_IN_A_FILE = 65536
LEAF_LIMIT = 65535
LEAF_MAGIC = bytes.fromhex("54570100")
ITEM_LIMIT, SIGNATURE_LIMIT, NESTING = 500, 8, 16
ROLES = {"actor", "releaser", "receiver", "second", "witness"}
ORIGIN, ACT, OFFICER, SESSION, REQUEST, CLOCK, BATCH, ITEMS, BODY, SIGNATURES = range(10)
OWN_BODY = bytes(12)


class Fault(Exception):
    """A reason why bytes are not what the format says."""


# ---- deterministic CBOR, RFC 8949 section 4.2.1 ----

def read_head(data, at):
    """Major type, argument, and where the content begins."""
    if at >= len(data):
        raise Fault("CBOR ends too early")
    major, short = data[at] >> 5, data[at] & 31
    if short < 24:
        return major, short, at + 1
    if short > 27 or major == 7:
        raise Fault("CBOR form %02x is not allowed" % data[at])
    size = 1 << short - 24
    end = at + 1 + size
    if end > len(data):
        raise Fault("CBOR ends too early")
    number = int.from_bytes(data[at + 1:end], "big")
    if number < 24 or (size > 1 and number < 1 << 4 * size):
        raise Fault("a CBOR number is longer than it need be")
    return major, number, end


def read_value(data, at, level=1):
    """The value at `at`, and where the next one begins."""
    major, number, start = read_head(data, at)
    if major == 0:
        return number, start
    if major == 1:
        return -1 - number, start
    if major in (2, 3):
        end = start + number
        if end > len(data):
            raise Fault("a CBOR string ends too early")
        content = bytes(data[start:end])
        if major == 2:
            return content, end
        try:
            return content.decode("utf-8"), end
        except UnicodeDecodeError:
            raise Fault("a CBOR text is not UTF-8") from None
    if major == 7 and number in (20, 21, 22):
        return (False, True, None)[number - 20], start
    if major not in (4, 5) or level > NESTING:
        raise Fault("CBOR form %02x is not allowed" % data[at])
    if major == 4:
        array = []
        for _ in range(number):
            value, start = read_value(data, start, level + 1)
            array.append(value)
        return array, start
    table, before = {}, b""
    for _ in range(number):
        key, value_start = read_value(data, start, level + 1)
        written = bytes(data[start:value_start])
        if written <= before:
            raise Fault("the keys of a CBOR map are not in order")
        before = written
        if data[start] >> 5 > 1:
            raise Fault("a CBOR map has a key that is no number")
        table[key], start = read_value(data, value_start, level + 1)
    return table, start


def read_fields(data):
    """A whole map of numbers to values: (number, value, its bytes, where its key begins)."""
    major, count, at = read_head(data, 0)
    if major != 5:
        raise Fault("it is not a CBOR map")
    fields, before = [], -1
    for _ in range(count):
        major, tag, start = read_head(data, at)
        if major != 0 or tag <= before:
            raise Fault("the keys of the map are not ascending numbers")
        value, end = read_value(data, start)
        fields.append((tag, value, bytes(data[start:end]), at))
        before, at = tag, end
    if at != len(data):
        raise Fault("bytes follow the CBOR map")
    return fields


# ---- the tree, RFC 6962 ----

def leaf_hash(data):
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    """Keeps the roots of the perfect subtrees only."""

    def __init__(self):
        self.peaks = []  # (number of leaves, root), larger first

    def append(self, leaf):
        size = 1
        while self.peaks and self.peaks[-1][0] == size:
            leaf = node_hash(self.peaks.pop()[1], leaf)
            size *= 2
        self.peaks.append((size, leaf))

    def root(self):
        if not self.peaks:
            return hashlib.sha256(b"").digest()
        root = self.peaks[-1][1]
        for _, peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


# ---- Ed25519, RFC 8032, in extended coordinates ----

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
IDENTITY = (0, 1, 1, 0)


def prepared(point):
    """The form in which a point is added."""
    x, y, z, t = point
    return (y - x) % P, (y + x) % P, 2 * D * t % P, 2 * z % P


def added(point, other):
    x, y, z, t = point
    minus, plus, t2, z2 = other
    a, b, c, d = (y - x) * minus % P, (y + x) * plus % P, t * t2 % P, z * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def decompressed(data):
    """The point of 32 bytes, or None."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT_OF_MINUS_ONE % P
    if x * x % P != square or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def compressed(point):
    x, y, z, _ = point
    inverse = pow(z, P - 2, P)
    return (y * inverse % P | (x * inverse % P & 1) << 255).to_bytes(32, "little")


def multiples(point):
    """For each of 64 steps of four bits, the point's multiples 0 to 15."""
    table = []
    for _ in range(64):
        one, row = prepared(point), [prepared(IDENTITY)]
        step = IDENTITY
        for _ in range(15):
            step = added(step, one)
            row.append(prepared(step))
        table.append(row)
        point = added(step, one)
    return table


def multiplied(table, number, point=IDENTITY):
    """point + number * the table's point."""
    for row in table:
        if number & 15:
            point = added(point, row[number & 15])
        number >>= 4
    return point


_tables = {}


def base_table():
    if b"" not in _tables:
        _tables[b""] = multiples(decompressed((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")))
    return _tables[b""]


def key_table(public):
    """The multiples of minus the key, kept: few officers sign many entries. None for a bad key."""
    if public not in _tables:
        point = decompressed(public) if len(public) == 32 else None
        if point is not None:
            eightfold = point
            for _ in range(3):
                eightfold = added(eightfold, prepared(eightfold))
            if eightfold[0] % P == 0:  # of small order: it would "sign" anything
                point = None
        if point is not None:
            x, y, z, t = point
            point = multiples((P - x, y, z, P - t))
        _tables[public] = point
    return _tables[public]


def signature_valid(public, message, signature):
    table = key_table(public)
    if table is None or len(signature) != 64:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    h = hashlib.sha512(signature[:32] + public + message).digest()
    h = int.from_bytes(h, "little") % L
    return compressed(multiplied(table, h, multiplied(base_table(), s))) == signature[:32]


# ---- signed notes and checkpoints, C2SP ----

def strict_base64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Fault("it is not base64") from None
    if base64.b64encode(data).decode() != text:
        raise Fault("it is not base64 as it is written by all")
    return data


def read_vkey(vkey):
    """Name, key id and public key of an Ed25519 verification key."""
    parts = vkey.split("+", 2)
    if len(parts) != 3 or not parts[0] or re.search(r"[\s\x00-\x1f]", parts[0]):
        raise Fault("the verification key is not name+id+key")
    name, shown, key = parts[0], parts[1], strict_base64(parts[2])
    if len(key) != 33 or key[0] != 1:
        raise Fault("the verification key is not an Ed25519 key")
    key_id = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    if key_id.hex() != shown:
        raise Fault("the verification key does not have the id that it states")
    return name, key_id, key[1:]


def read_note(data):
    """The text of a signed note, and its signatures: (name, key id, signature)."""
    if len(data) > 65536:
        raise Fault("the note is longer than 64 KiB")
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Fault("the note is not UTF-8") from None
    if re.search(r"[\x00-\x09\x0b-\x1f]", whole):
        raise Fault("the note holds control characters")
    text, blank, lines = whole.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise Fault("the note has no signatures behind an empty line")
    signatures = []
    for line in lines[:-1].split("\n"):
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "\u2014" or not parts[1] or "+" in parts[1]:
            raise Fault("the note has a signature line of another form")
        blob = strict_base64(parts[2])
        if len(blob) < 5:
            raise Fault("the note has a signature that is too short")
        signatures.append((parts[1], blob[:4], blob[4:]))
    if len(signatures) > 32:
        raise Fault("the note has more than 32 signatures")
    return text + "\n", signatures


def check_note(data, key):
    """The text of a note that the key signed."""
    text, signatures = read_note(data)
    name, key_id, public = key
    ours = [signature for n, i, signature in signatures if n == name and i == key_id]
    if not ours:
        raise Fault("the log's key %s did not sign it" % name)
    if not all(signature_valid(public, text.encode(), signature) for signature in ours):
        raise Fault("the signature of the log's key is wrong")
    return text


def read_checkpoint(text):
    """Origin, size and root."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise Fault("it is not origin, size and root")
    if not re.fullmatch(r"0|[1-9][0-9]{0,19}", lines[1]) or int(lines[1]) >= 2**64:
        raise Fault("the size is not a number")
    root = strict_base64(lines[2])
    if len(root) != 32:
        raise Fault("the root is not 32 bytes")
    return lines[0], int(lines[1]), root


# ---- statements and bodies ----

def is_uint(value, limit=2**64):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < limit


def is_int(value):
    return isinstance(value, int) and not isinstance(value, bool) and -2**63 <= value < 2**63


def is_bytes(value, size):
    return isinstance(value, bytes) and len(value) == size


def is_line(value):
    return isinstance(value, str) and value != "" and not re.search(r"[\x00-\x1f\x7f]", value)


def is_array(value, size):
    return isinstance(value, list) and len(value) == size


FORMS = {
    ORIGIN: is_line,
    ACT: is_line,
    OFFICER: is_uint,
    SESSION: lambda v: is_bytes(v, 16),
    REQUEST: lambda v: is_bytes(v, 16),
    CLOCK: lambda v: is_array(v, 3) and is_int(v[0]) and is_bytes(v[1], 16) and is_int(v[2]),
    BATCH: lambda v: is_array(v, 2) and is_bytes(v[0], 16) and is_uint(v[1]),
    ITEMS: lambda v: isinstance(v, list) and len(v) <= ITEM_LIMIT and all(map(is_item, v)),
    BODY: lambda v: is_bytes(v, 32),
    SIGNATURES: lambda v: (isinstance(v, list) and 0 < len(v) <= SIGNATURE_LIMIT
                           and all(map(is_signature, v))),
}


def is_item(value):
    return (is_array(value, 4) and is_bytes(value[0], 12) and is_uint(value[1], 2**32)
            and value[1] > 0 and (value[2] is None or is_uint(value[2])) and is_bytes(value[3], 32))


def is_signature(value):
    return (is_array(value, 4) and isinstance(value[0], str) and value[0] in ROLES
            and is_uint(value[1]) and is_bytes(value[2], 4) and is_bytes(value[3], 64))


def read_statement(data):
    """The statement, and the bytes that its officers signed."""
    statement, unsigned = {}, data
    for key, value, _, start in read_fields(data):
        if key not in FORMS:
            raise Fault("the statement has a part %d, which is not known" % key)
        if not FORMS[key](value):
            raise Fault("part %d of the statement has a wrong form" % key)
        statement[key] = value
        if key == SIGNATURES:  # the last one, and the map's count is in its first byte
            unsigned = bytes([data[0] - 1]) + data[1:start]
    for key in (ORIGIN, ACT, OFFICER, SESSION, REQUEST, CLOCK, ITEMS):
        if key not in statement:
            raise Fault("the statement lacks part %d" % key)
    items = statement[ITEMS]
    if any(items[i][0] >= items[i + 1][0] for i in range(len(items) - 1)):
        raise Fault("the items of the statement are not in order")
    return statement, unsigned


def open_body(body, record_key, revision):
    """The commitment of a body, and its fields."""
    if len(body) < 34:
        raise Fault("the body is cut short")
    if body[0] != 0:
        raise Fault("the body has algorithm %d, which cannot be checked" % body[0])
    nonce, fields, hashes = body[1:33], {}, []
    for tag, value, written, _ in read_fields(body[33:]):
        if tag > 65535:
            raise Fault("the body has the tag %d, which is too large" % tag)
        number = tag.to_bytes(2, "big")
        salt = hmac.new(nonce, number, "sha256").digest()[:16]
        hashes.append(hashlib.sha256(b"\2" + number + salt + written).digest())
        fields[tag] = value
    commitment = hashlib.sha256(b"tidewaiter/body/1\0" + record_key + revision.to_bytes(4, "big")
                                + b"".join(hashes)).digest()
    return commitment, fields


# ---- the mirror ----

def leaf_frames(data):
    """Each leaf of a file; a Fault where it is torn."""
    at = 0
    while at < len(data):
        size = int.from_bytes(data[at:at + 4], "big")
        if len(data) - at < 4 + size:
            raise Fault("the file is torn at byte %d" % at)
        yield data[at + 4:at + 4 + size]
        at += 4 + size


def body_frames(data):
    """Each body of a file: (sequence, n, body)."""
    at = 0
    while at < len(data):
        head = data[at:at + 14]
        size = int.from_bytes(head[10:], "big")
        if len(data) - at < 14 + size:
            raise Fault("the file is torn at byte %d" % at)
        yield (int.from_bytes(head[:8], "big"), int.from_bytes(head[8:10], "big"),
               data[at + 14:at + 14 + size])
        at += 14 + size


def contents(path):
    with open(path, "rb") as file:
        if os.fstat(file.fileno()).st_size == 0:
            return b""
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


@contextlib.contextmanager
def quiet(folder):
    """Keeps programs from writing meanwhile, where the mirror is in use."""
    try:
        lock = os.open(os.path.join(folder, "lock"), os.O_RDONLY)
    except OSError:  # a copy has none
        yield
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield
    finally:
        os.close(lock)


def is_signing_key(record_key):
    return record_key[0] == SIGNING_KEY_KIND and record_key[8:] == bytes(4)


class SigningKey:
    def __init__(self, fields):
        public = fields.get(KEY_PUBLIC)
        self.officer = fields.get(KEY_OFFICER)
        self.begins, self.ends = fields.get(KEY_FROM), fields.get(KEY_UNTIL)
        if not (is_uint(self.officer) and is_array(public, 2) and public[0] == "ed25519"
                and is_bytes(public[1], 32) and is_int(self.begins)
                and (self.ends is None or is_int(self.ends))):
            raise Fault("the signing key record lacks officer, key or time")
        self.public = public[1]
        self.voided = bool(fields.get(KEY_VOIDED))
        self.key_id = hashlib.sha256(self.public).digest()[:4]

    def holds(self, time):
        return not self.voided and self.begins <= time and (self.ends is None or time < self.ends)


class Mirror:
    def __init__(self, folder, vkey):
        self.folder, self.vkey = folder, vkey
        self.key = self.origin = None
        self.faults = []
        self.entries = self.bodies = self.dropped = self.signatures = 0
        self.time = 0
        self.tree = Tree()
        self.latest = {}  # record key -> (revision, sequence)
        self.signing_keys = {}  # record key -> SigningKey

    def fault(self, name, sequence, reason):
        self.faults.append("%s: %s: %s" % (name, "-" if sequence is None else sequence, reason))

    def verify(self):
        if self.vkey is not None:
            try:
                self.key = read_vkey(self.vkey)
            except Fault as fault:
                self.fault("--vkey", None, fault)
        names = sorted(os.listdir(self.folder))
        numbers = [int(name[:6]) for name in names if re.fullmatch(r"[0-9]{6}\.leaf", name)]
        for name in names:
            if re.fullmatch(r"[0-9]{6}\.body", name) and int(name[:6]) not in numbers:
                self.fault(name, None, "there is no file of leaves beside it")
        if numbers != list(range(len(numbers))) or not numbers:
            self.fault("000000.leaf", None, "a file of leaves is missing")
        for number in numbers:
            self.verify_file(number, number == numbers[-1])
        self.verify_head()
        return not self.faults

    def verify_file(self, number, last):
        leaf_name, body_name = "%06d.leaf" % number, "%06d.body" % number
        path = os.path.join(self.folder, body_name)
        bodies = BodyReader(self, body_name, contents(path) if os.path.exists(path) else b"")
        first = count = number * LEAVES_IN_A_FILE
        try:
            for data in leaf_frames(contents(os.path.join(self.folder, leaf_name))):
                self.verify_entry(leaf_name, count, bytes(data), bodies)
                count += 1
        except Fault as fault:
            self.fault(leaf_name, count, fault)
        bodies.finish()
        self.entries += count - first
        if count - first > LEAVES_IN_A_FILE or (not last and count - first < LEAVES_IN_A_FILE):
            self.fault(leaf_name, count, "it holds %d entries" % (count - first))

    def verify_entry(self, name, sequence, data, bodies):
        self.tree.append(leaf_hash(data))
        written = bodies.of(sequence)
        try:
            if len(data) > LEAF_LIMIT or len(data) <= 20 or data[:4] != LEAF_MAGIC:
                raise Fault("it is not framed as a leaf")
            if int.from_bytes(data[4:12], "big") != sequence:
                raise Fault("it states the sequence %d" % int.from_bytes(data[4:12], "big"))
            time = int.from_bytes(data[12:20], "big")
            statement, unsigned = read_statement(data[20:])
        except Fault as fault:
            self.fault(name, sequence, fault)
            return
        if time < self.time:
            self.fault(name, sequence, "its time is before that of the entry before")
        self.time = max(time, self.time)
        if self.origin is None:
            self.origin = statement[ORIGIN]
        if statement[ORIGIN] != self.origin:
            self.fault(name, sequence, "it is of another log, %s" % statement[ORIGIN])
        before = dict(self.signing_keys) if SIGNATURES in statement else {}
        self.verify_bodies(name, bodies.name, sequence, statement, written)
        for line in statement.get(SIGNATURES, []):
            self.verify_signature(name, sequence, time, unsigned, line, before)

    def verify_bodies(self, leaf_name, body_name, sequence, statement, written):
        wanted = {}
        if BODY in statement:
            wanted[0] = (OWN_BODY, 0, statement[BODY])
        for n, (record_key, revision, previous, commitment) in enumerate(statement[ITEMS], 1):
            self.verify_chain(leaf_name, sequence, record_key, revision, previous)
            wanted[n] = (record_key, revision, commitment)
        for n in written.keys() - wanted.keys():
            self.fault(body_name, sequence, "body %d belongs to nothing" % n)
        own = None
        for n, (record_key, revision, commitment) in wanted.items():
            fields = self.verify_body(body_name, sequence, n, record_key, revision, commitment,
                                      written.get(n))
            if n == 0:
                own = fields
        if sequence == 0:
            self.verify_first(leaf_name, body_name, statement, own, written.get(0))

    def verify_chain(self, name, sequence, record_key, revision, previous):
        known = self.latest.get(record_key)
        if known is None:
            good = revision == 1 and previous is None
        else:
            good = (revision - 1, previous) == known
        if not good:
            self.fault(name, sequence, "revision %d of %s does not follow the one before"
                       % (revision, record_key.hex()))
        self.latest[record_key] = (revision, sequence)

    def verify_body(self, name, sequence, n, record_key, revision, commitment, body):
        if body is None:
            self.fault(name, sequence, "body %d is missing" % n)
            return None
        if not body:
            self.dropped += 1
            if is_signing_key(record_key):
                self.fault(name, sequence, "body %d of a signing key may not be dropped" % n)
            return None
        self.bodies += 1
        try:
            found, fields = open_body(bytes(body), record_key, revision)
            if found != commitment:
                raise Fault("it does not fit its commitment")
            if is_signing_key(record_key):
                self.signing_keys[record_key] = SigningKey(fields)
        except Fault as fault:
            self.fault(name, sequence, "body %d: %s" % (n, fault))
            return None
        return fields

    def verify_first(self, leaf_name, body_name, statement, fields, body):
        if statement[ACT] != "store.create" or BODY not in statement:
            self.fault(leaf_name, 0, "the first entry is not store.create with a body")
            return
        if body is not None and not body and self.key is not None:
            return  # dropped, and the key is known from elsewhere
        try:
            if fields is None:
                raise Fault("the log's key cannot be read; give it with --vkey")
            if not (is_uint(fields.get(10), 4096) and is_uint(fields.get(11), 65536)
                    and isinstance(fields.get(12), bool) and isinstance(fields.get(13), str)):
                raise Fault("store.create lacks site, format, demo or the log's key")
            if self.vkey is not None and fields[13] != self.vkey:
                raise Fault("the log's key is not the one that was given")
            if self.key is None and self.vkey is None:
                self.key = read_vkey(fields[13])
            if self.key is not None and self.key[0] != statement[ORIGIN]:
                raise Fault("the log's key is of another log, %s" % self.key[0])
        except Fault as fault:
            self.fault(body_name, 0, fault)

    def verify_signature(self, name, sequence, time, unsigned, line, before):
        role, officer, key_id, signature = line
        # A key may sign the entry that first states it, and the one that ends it.
        keys = {key.public for table in (before, self.signing_keys) for key in table.values()
                if key.officer == officer and key.key_id == key_id and key.holds(time)}
        message = "tidewaiter/sign/1\n%s\n%s\n%s\n" % (
            self.origin, role, hashlib.sha256(unsigned).hexdigest())
        if not keys:
            self.fault(name, sequence, "officer %d had no key %s when signing as %s"
                       % (officer, key_id.hex(), role))
        elif not any(signature_valid(key, message.encode(), signature) for key in keys):
            self.fault(name, sequence, "the signature of officer %d as %s is wrong"
                       % (officer, role))
        else:
            self.signatures += 1

    def verify_head(self):
        try:
            with open(os.path.join(self.folder, "head"), "rb") as file:
                data = file.read(65537)
            if self.key is None:
                raise Fault("no key is known to check it with")
            origin, size, root = read_checkpoint(check_note(data, self.key))
            if origin != self.origin:
                raise Fault("it is of another log, %s" % origin)
            if size != self.entries:
                raise Fault("it is of %d entries, the files hold %d" % (size, self.entries))
            if root != self.tree.root():
                raise Fault("its root is not the root of the files' entries")
        except OSError as error:
            self.fault("head", None, error.strerror)
        except Fault as fault:
            self.fault("head", None, fault)

    def summary(self):
        return "ok: %d entries, %d bodies, %d dropped, %d signatures, root %s" % (
            self.entries, self.bodies, self.dropped, self.signatures,
            base64.b64encode(self.tree.root()).decode())


class BodyReader:
    """Hands out the bodies of a file entry by entry, in its order."""

    def __init__(self, mirror, name, data):
        self.mirror, self.name = mirror, name
        self.frames, self.ahead, self.last = body_frames(data), None, (-1, -1)

    def peek(self):
        if self.ahead is None and self.frames is not None:
            try:
                self.ahead = next(self.frames, None)
            except Fault as fault:
                self.mirror.fault(self.name, None, fault)
            if self.ahead is None:
                self.frames = None
        return self.ahead

    def take(self):
        sequence, n, body = self.ahead
        self.ahead = None
        if (sequence, n) <= self.last:
            self.mirror.fault(self.name, sequence, "body %d is out of order" % n)
        self.last = max(self.last, (sequence, n))
        return sequence, n, body

    def of(self, wanted):
        found = {}
        while self.peek() is not None and self.ahead[0] <= wanted:
            sequence, n, body = self.take()
            if sequence == wanted:
                found[n] = body
            else:
                self.mirror.fault(self.name, sequence, "body %d belongs to nothing" % n)
        return found

    def finish(self):
        while self.peek() is not None:
            sequence, n, _ = self.take()
            self.mirror.fault(self.name, sequence, "body %d belongs to nothing" % n)


# ---- published vectors ----

# RFC 8032 section 7.1: public key, message, signature.
ED25519_VECTORS = [
    ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
     "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
    ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da0"
     "85ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
    ("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac1"
     "8ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
    ("ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
     hashlib.sha512(b"abc").hexdigest(),
     "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b5890"
     "9351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"),
]

NOTE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
NOTE = ("This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6T"
        "fXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n").encode()

TREE_LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657",
               "606162636465666768696a6b6c6d6e6f"]
TREE_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

GOOD_CBOR = ["00", "17", "1818", "190100", "1a00010000", "1b0000000100000000", "20", "3818", "40",
             "60", "63e6b5b7", "80", "820102", "a0", "a201020304", "a10102", "f4", "f5", "f6"]
BAD_CBOR = ["", "1817", "190018", "1900ff", "1a0000ffff", "1b00000000ffffffff", "18", "f7", "f8ff",
            "f90000", "fb3ff0000000000000", "c000", "5f40ff", "9fff", "bfff", "61ff", "63eda080",
            "62c080", "4101ff", "4201", "8201", "a203040102", "a201020102", "a101", "1c",
            "a1616101", "a1f401", "a18001", "81" * 17 + "00"]


def whole_value(data):
    value, end = read_value(data, 0)
    if end != len(data):
        raise Fault("bytes follow")
    return value


def refused(function, *arguments):
    try:
        function(*arguments)
    except Fault:
        return True
    return False


def self_test():
    failures = []

    def expect(name, good):
        if not good:
            failures.append(name)

    for number, (public, message, signature) in enumerate(ED25519_VECTORS):
        public, message, signature = map(bytes.fromhex, (public, message, signature))
        expect("Ed25519 vector %d" % number, signature_valid(public, message, signature))
        expect("Ed25519 other message %d" % number,
               not signature_valid(public, message + b"x", signature))
        for at in range(0, 512, 5):
            flipped = bytearray(signature)
            flipped[at // 8] ^= 1 << at % 8
            expect("Ed25519 vector %d bit %d" % (number, at),
                   not signature_valid(public, message, bytes(flipped)))
        larger = int.from_bytes(signature[32:], "little") + L
        expect("Ed25519 second form of a signature",
               not signature_valid(public, message, signature[:32] + larger.to_bytes(32, "little")))
    expect("Ed25519 key of small order",
           not signature_valid(b"\1" + bytes(31), b"", b"\1" + bytes(63)))

    key = read_vkey(NOTE_KEY)
    expect("note", check_note(NOTE, key) == "This is an example message.\n")
    for at in range(len(NOTE) * 8):
        flipped = bytearray(NOTE)
        flipped[at // 8] ^= 1 << at % 8
        expect("note bit %d" % at, refused(check_note, bytes(flipped), key))
    expect("key with another id", refused(read_vkey, NOTE_KEY.replace("530d903a", "530d903b")))

    tree = Tree()
    for size, root in enumerate(TREE_ROOTS):
        expect("root of %d leaves" % size, tree.root().hex() == root)
        if size < len(TREE_LEAVES):
            tree.append(leaf_hash(bytes.fromhex(TREE_LEAVES[size])))

    for form in GOOD_CBOR:
        expect("CBOR %s" % form, not refused(whole_value, bytes.fromhex(form)))
    for form in BAD_CBOR:
        expect("CBOR %s" % form, refused(whole_value, bytes.fromhex(form)))

    for name in failures:
        print("failed: %s" % name)
    if not failures:
        print("ok: self-test")
    return 1 if failures else 0


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    vkey = None
    if len(arguments) == 3 and "--vkey" in arguments[:2]:
        at = arguments.index("--vkey")
        vkey = arguments[at + 1]
        del arguments[at:at + 2]
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print("usage: verify_mirror.py STORE/journal [--vkey VKEY] | --self-test", file=sys.stderr)
        return 2
    if not os.path.isdir(arguments[0]):
        print("%s: -: it is not a folder" % arguments[0])
        return 1
    mirror = Mirror(arguments[0], vkey)
    with quiet(arguments[0]):
        good = mirror.verify()
    if good:
        print(mirror.summary())
        return 0
    for fault in mirror.faults:
        print(fault)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
