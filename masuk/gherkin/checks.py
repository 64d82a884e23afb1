"""The checks that scenarios are tagged with: what a login flow owes its user when it fails.

Their sources, and why some of them are not tested here, are in docs/checks.md.
"""

from masuk.gherkin import check_limits as limits

CHECKS = {
    "N1": "Offline, the app says that the connection is missing, never that the data is wrong.",
    "N2": "After a reconnect, login works without a relaunch and the identifier is kept.",
    "N3": "A network that is connected and not validated is treated as none.",
    "N4": (
        f"A sign of work is shown within {limits.SIGN_OF_WORK_SECONDS} s, and waiting can be given up within"
        f" {limits.WAY_OUT_SECONDS} s, which ends it within {limits.GIVEN_UP_SECONDS} s."
    ),
    "N5": f"With a silent server waiting ends within {limits.WAITING_ENDS_SECONDS} s, and trying again is possible.",
    "N6": "A login that stalls does not make the app stop responding.",
    "N7": "A dropped connection never repeats the login, and a double tap sends one.",
    "N8": "Repeated reads are few and spaced.",
    "P1": "An unknown identifier and a wrong password give the identical text.",
    "P2": "Both cases send a request.",
    "P3": "The error is a text that names what is wrong; a generic one names both fields.",
    "P4": "The error reaches accessibility services without taking the focus.",
    "P5": "A failed login keeps the identifier, and asking for a new password takes it over.",
    "P6": f"The password arrives exactly as typed: spaces, case, {limits.LONGEST_PASSWORD} characters.",
    "P7": "The password is masked, can be revealed, and accepts a paste.",
    "P8": "Both fields have autofill hints.",
    "P9": (
        f"What can be touched is at least {limits.SMALLEST_TARGET_DP} dp large, and the error's contrast is at least"
        f" {limits.LOWEST_CONTRAST} to 1."
    ),
    "I1": "An identifier of the wrong type gets a message that names the accepted ones, and sends no request.",
    "B1": "A wait that the server asks for, in seconds or as a date, is shown and kept, and never lengthened.",
    "B2": "The block screen is the same for real and invented identifiers.",
    "B3": "Clearing the data or changing the clock does not lift the block.",
    "B4": "A block begins at 5 to 10 failures and ends after 5 to 30 minutes.",
    "B5": "A login that works resets the count of failures.",
    "B6": "A new password and help stay reachable while blocked.",
    "B7": "A refusal (403, 423) causes no automatic repeat.",
    "B8": "A captcha has an alternative that needs no puzzle.",
    "C1": "With corrupt preferences or database the login opens, without a crash loop.",
    "C2": "With an encrypted store whose key is missing the login opens.",
    "C3": "With an expired token the login is asked for once: no loop, no member's data.",
    "C4": "Logging out or expiry while offline still clears the member's data.",
    "C5": "No readable password, token or member number is in the app's files.",
    "C6": "Logging out ends the session, at the server too and whatever is under way.",
    "S1": "The logs contain no secret.",
    "S2": "The preview in the list of recent apps hides credentials.",
    "S3": "Sensitive fields have input types that keyboards don't learn from.",
    "S4": "No exported component opens a screen behind the login.",
    "S5": "Credentials go over TLS only, never in addresses; a bad certificate is refused.",
    "V1": "Below the minimum version a blocking screen can't be bypassed.",
    "V2": "An interrupted update resumes; an optional one leaves the login usable.",
    "R1": "Server errors give a message about the service: no stack trace, never wrong data.",
    "R2": "A wait that an overloaded server asks for is shown and kept.",
    "R3": "A success with HTML, an empty or a malformed body never logs anybody in.",
    "X1": "The app opens under each fault without a crash and without hanging.",
    "X2": (
        f"Loading that takes more than {limits.LOADING_SECONDS} s is shown; the first screen comes within"
        f" {limits.FIRST_SCREEN_SECONDS} s."
    ),
    "X3": "Rotation and process death keep identifier and error, and put no password on disk.",
    "K1": "An update keeps the member logged in.",
    "K2": "As soon as the office has unblocked an account, its member gets in.",
    "K3": "A device that too many members have used is named as the cause.",
    "K4": "What is the matter with the app does not keep the same account from the website; a block does.",
    "K5": "Clearing the cache costs no session, and clearing the data or a new installation heals what is damaged.",
    "K6": "A wrong date of the phone is named as a possible cause.",
    "K7": "The card can be asked for anew: the answer is shown and kept, and a failure is told.",
    "F1": "Asking for a new password is answered alike for known and unknown identifiers.",
}
