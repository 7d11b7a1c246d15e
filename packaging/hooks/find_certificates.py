"""Runs before the frozen app: Linux systems keep the certificates that https needs in many places.

The OpenSSL in the bundle looks only where the system it was built on keeps them.
"""

import os
import sys

PLACES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora, older Red Hat
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  # Red Hat
    "/etc/ssl/ca-bundle.pem",  # openSUSE
    "/etc/ssl/cert.pem",  # Alpine
)

if sys.platform == "linux" and not {"SSL_CERT_FILE", "SSL_CERT_DIR"} & os.environ.keys():
    for place in PLACES:
        if os.path.isfile(place):  # noqa: PTH113 - pathlib would cost each start a few ms
            os.environ["SSL_CERT_FILE"] = place
            break
