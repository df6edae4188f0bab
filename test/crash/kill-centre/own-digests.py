"""Last row and digest of each ledger below a folder, by its own program (docs/centre.md, docs/ledger-format.md).

Prints {"LOT/NODE": "LAST HEAD"}, as centre-check.py does, for LOT/ledger.db in the folder of the first argument.
"""
import hashlib
import json
import os
import sqlite3
import sys

TEXTS = ("deductionId", "kind", "laneId", "nodeId", "orderId")


def escaped(text):
    out = ['"']
    short = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    for char in text:
        if char in short:
            out.append(short[char])
        elif char < " ":
            out.append("\\u%04x" % ord(char))
        else:
            out.append(char)
    return "".join(out) + '"'


def canonical(row):
    parts = []
    if row["amountFen"] is not None:
        parts.append('"amountFen":%d' % row["amountFen"])
    parts.append('"atMs":%d' % row["atMs"])
    parts.append('"body":%s' % row["body"])
    parts += ['"%s":%s' % (name, escaped(row[name])) for name in TEXTS if row[name] is not None]
    parts.append('"seq":%d' % row["seq"])
    if row["stayId"] is not None:
        parts.append('"stayId":%s' % escaped(row["stayId"]))
    return "{" + ",".join(parts) + "}"


def sm3(data):
    return hashlib.new("sm3", data).digest()


def digest_of(path):
    db = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
    db.row_factory = sqlite3.Row
    last, d, node = 0, bytes(32), ""
    for row in db.execute("SELECT * FROM ledger_row ORDER BY nodeId, seq"):
        node = row["nodeId"]
        assert row["seq"] == last + 1, row["seq"]
        last, d = row["seq"], sm3(d + sm3(canonical(row).encode("utf-8")))
    return node, "%d %s" % (last, d.hex())


folder = sys.argv[1]
heads = {}
for lot in sorted(os.listdir(folder)):
    node, head = digest_of(os.path.join(folder, lot, "ledger.db"))
    heads["%s/%s" % (lot, node)] = head
print(json.dumps(heads))
