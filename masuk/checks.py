"""The checks that scenarios are tagged with: what a login flow owes its user when it fails.

Their sources are in docs/checks.md.
"""

CHECKS = {
    "N1": "Offline, the app says that the connection is missing, never that the data is wrong.",
    "N2": "After a reconnect, login works without a relaunch and the identifier is kept.",
    "P1": "An unknown identifier and a wrong password give the identical text.",
    "P2": "Both cases send a request.",
    "P5": "A failed login keeps the identifier.",
    "I1": "An identifier of the wrong type gets a message that names the accepted ones, and sends no request.",
    "B6": "Help stays reachable while blocked.",
    "B7": "A refusal causes no automatic repeat.",
    "C1": "With corrupt preferences or database the login opens, without a crash loop.",
    "S1": "The logs contain no secret.",
    "V1": "Below the minimum version a blocking screen can't be bypassed.",
}
