"""Checks badge files with a verifier that is none of ours (openbadgeslib) and without any network: a socket that is
opened ends the program. Called by tests/browser/scenarios/carry.mjs: check.py FOLDER KEY.pem DOCUMENTS.json

Prints a JSON object, for each file of the folder: "valid", or why not. DOCUMENTS holds what a reader with a network
would have fetched, by address: for the question whether a file was withdrawn."""
import json
import pathlib
import socket
import sys


def no_network(*_args, **_kwargs):
    raise SystemExit("the verifier asked for the network")


socket.socket.connect = no_network
socket.getaddrinfo = no_network

import jwt  # noqa: E402
from openbadgeslib.ob2 import OB2Verifier  # noqa: E402
from openbadgeslib.ob3 import OB3Verifier  # noqa: E402


def token_of(reader, path):
    data = path.read_bytes()
    if path.suffix == ".svg":
        return reader.extract_token_from_svg(data)
    if path.suffix == ".png":
        return reader.extract_token_from_png(data)
    return data.decode().strip()


def check(path, pem, documents):
    download = None if documents is None else lambda url: documents[url].encode()
    asks = documents is not None
    if "v2" in path.name:
        OB2Verifier(pubkey_pem=pem, download=download).verify(token_of(OB2Verifier, path), check_revocation=asks)
        return
    token = token_of(OB3Verifier, path)
    # Nothing but the file: the key that it carries.
    own = jwt.PyJWK(jwt.get_unverified_header(token)["jwk"]).key
    for key in (own, pem):
        OB3Verifier(pubkey_pem=key).verify(token, check_status=asks, download=download)


def main(folder, key, documents=None):
    pem = pathlib.Path(key).read_text()
    known = json.loads(pathlib.Path(documents).read_text()) if documents else None
    verdicts = {}
    for path in sorted(pathlib.Path(folder).glob("badge-*")):
        try:
            check(path, pem, known)
            verdicts[path.name] = "valid"
        except Exception as refusal:  # every refusal is an answer here
            verdicts[path.name] = f"{type(refusal).__name__}: {refusal}"
    print(json.dumps(verdicts))


main(*sys.argv[1:])
