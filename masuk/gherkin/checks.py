"""The checks that scenarios are tagged with: what a login flow owes its user when it fails.

docs/checks.md is made of this and of the features: python -m ci.docs
"""

from dataclasses import dataclass

from masuk.gherkin import check_limits as limits


@dataclass(frozen=True)
class Check:
    """What a login flow owes its user, where that comes from, and why no scenario looks for it, if none does."""

    sentence: str
    source: str
    untested: str = ""


CATALOGUE = {
    "N1": Check(
        "Offline, the app says that the connection is missing, never that the data is wrong.",
        "Android offline-first guide",
    ),
    "N2": Check(
        "After a reconnect, login works without a relaunch and the identifier is kept.",
        "CAQ State_Preservation",
    ),
    "N3": Check(
        "A network that is connected and not validated is treated as none.",
        "NetworkCapabilities",
    ),
    "N4": Check(
        f"A sign of work is shown within {limits.SIGN_OF_WORK_SECONDS} s, and waiting can be given up within"
        f" {limits.WAY_OUT_SECONDS} s, which ends it within {limits.GIVEN_UP_SECONDS} s.",
        "response-time limits",
    ),
    "N5": Check(
        f"With a silent server waiting ends within {limits.WAITING_ENDS_SECONDS} s, and trying again is possible.",
        "OkHttp defaults 10 s connect/read/write; rule",
    ),
    "N6": Check(
        "A login that stalls does not make the app stop responding.",
        "CAQ Stability_ANR",
    ),
    "N7": Check(
        "A dropped connection never repeats the login, and a double tap sends one.",
        "RFC 9110 §9.2.2; rule",
    ),
    "N8": Check(
        "Repeated reads are few and spaced.",
        "Android offline-first guide",
    ),
    "P1": Check(
        "An unknown identifier and a wrong password give the identical text.",
        "ASVS 6.3.8; WSTG-IDNT-04",
    ),
    "P2": Check(
        "Both cases send a request.",
        "ASVS 6.3.8",
    ),
    "P3": Check(
        "The error is a text that names what is wrong; a generic one names both fields.",
        "WCAG 3.3.1",
    ),
    "P4": Check(
        "The error reaches accessibility services without taking the focus.",
        "WCAG 4.1.3",
        untested="UiAutomator2 shows the tree, not the events that a screen reader gets",
    ),
    "P5": Check(
        "A failed login keeps the identifier, and asking for a new password takes it over.",
        "WCAG 3.3.7",
    ),
    "P6": Check(
        f"The password arrives exactly as typed: spaces, case, {limits.LONGEST_PASSWORD} characters.",
        "ASVS 6.2.8, 6.2.9",
    ),
    "P7": Check(
        "The password is masked, can be revealed, and accepts a paste.",
        "ASVS 6.2.6, 6.2.7; WCAG 3.3.8",
    ),
    "P8": Check(
        "Both fields have autofill hints.",
        "CAQ Autofill_Hints",
        untested="autofill hints are not in UiAutomator2's tree; a lint rule of the app's build sees them",
    ),
    "P9": Check(
        f"What can be touched is at least {limits.SMALLEST_TARGET_DP} dp large, and the error's contrast is at least"
        f" {limits.LOWEST_CONTRAST} to 1.",
        "CAQ Touch_Target_Size, Visual_Contrast",
    ),
    "I1": Check(
        "An identifier of the wrong type gets a message that names the accepted ones, and sends no request.",
        "WCAG 3.3.2, 3.3.3; rule",
    ),
    "B1": Check(
        "A wait that the server asks for, in seconds or as a date, is shown and kept, and never lengthened.",
        "RFC 6585 §4; RFC 9110 §10.2.3",
    ),
    "B2": Check(
        "The block screen is the same for real and invented identifiers.",
        "ASVS 6.3.8; cheat sheets",
    ),
    "B3": Check(
        "Clearing the data or changing the clock does not lift the block.",
        "WSTG-ATHN-03",
    ),
    "B4": Check(
        "A block begins at 5 to 10 failures and ends after 5 to 30 minutes.",
        "WSTG-ATHN-03",
        untested="needs the real service's counter and clock: a staging backend",
    ),
    "B5": Check(
        "A login that works resets the count of failures.",
        "SP 800-63B-4 §3.2.2",
    ),
    "B6": Check(
        "A new password and help stay reachable while blocked.",
        "cheat sheets",
    ),
    "B7": Check(
        "A refusal (403, 423) causes no automatic repeat.",
        "RFC 9110 §15.5.4; rule for 423",
    ),
    "B8": Check(
        "A captcha has an alternative that needs no puzzle.",
        "WCAG 3.3.8",
    ),
    "C1": Check(
        "With corrupt preferences or database the login opens, without a crash loop.",
        "ASVS 16.5.3",
    ),
    "C2": Check(
        "With an encrypted store whose key is missing the login opens.",
        "EncryptedSharedPreferences backup warning",
    ),
    "C3": Check(
        "With an expired token the login is asked for once: no loop, no member's data.",
        "ASVS 7.4.1; RFC 9110 §15.5.2",
    ),
    "C4": Check(
        "Logging out or expiry while offline still clears the member's data.",
        "ASVS 14.3.1",
    ),
    "C5": Check(
        "No readable password, token or member number is in the app's files.",
        "MASVS-STORAGE-1; MASTG-TEST-0207, -0200",
    ),
    "C6": Check(
        "Logging out ends the session, at the server too and whatever is under way.",
        "ASVS 7.4.1",
    ),
    "S1": Check(
        "The logs contain no secret.",
        "MASTG-TEST-0203; ASVS 16.2.5",
    ),
    "S2": Check(
        "The preview in the list of recent apps hides credentials.",
        "MASVS-PLATFORM-3",
        untested="an app that hides itself from the list of recent apps hides itself"
        " from the report's pictures too; test a release build by hand",
    ),
    "S3": Check(
        "Sensitive fields have input types that keyboards don't learn from.",
        "MASTG-TEST-0258",
        untested="input types are not in UiAutomator2's tree; a lint rule of the app's build sees them",
    ),
    "S4": Check(
        "No exported component opens a screen behind the login.",
        "MASVS-PLATFORM-1; MASTG-TEST-0029",
    ),
    "S5": Check(
        "Credentials go over TLS only, never in addresses; a bad certificate is refused.",
        "ASVS 12.2.1, 14.2.1; MASVS-NETWORK-1",
    ),
    "V1": Check(
        "Below the minimum version a blocking screen can't be bypassed.",
        "MASVS-CODE-2; MASTG-TEST-0036",
    ),
    "V2": Check(
        "An interrupted update resumes; an optional one leaves the login usable.",
        "Play in-app updates",
    ),
    "R1": Check(
        "Server errors give a message about the service: no stack trace, never wrong data.",
        "ASVS 16.5.1; WSTG-ERRH-01",
    ),
    "R2": Check(
        "A wait that an overloaded server asks for is shown and kept.",
        "RFC 9110 §15.6.4",
    ),
    "R3": Check(
        "A success with HTML, an empty or a malformed body never logs anybody in.",
        "ASVS 16.5.3; MASVS-CODE-4",
    ),
    "X1": Check(
        "The app opens under each fault without a crash and without hanging.",
        "CAQ Stability_ANR",
    ),
    "X2": Check(
        f"Loading that takes more than {limits.LOADING_SECONDS} s is shown; the first screen comes within"
        f" {limits.FIRST_SCREEN_SECONDS} s.",
        "CAQ App_Startup_Time; Android vitals",
    ),
    "X3": Check(
        "Rotation and process death keep identifier and error, and put no password on disk.",
        "CAQ Orientation_Transitions, State_Preservation; rule",
    ),
    "K1": Check(
        "An update keeps the member logged in.",
        "rule",
    ),
    "K2": Check(
        "As soon as the office has unblocked an account, its member gets in.",
        "rule",
    ),
    "K3": Check(
        "A device that too many members have used is named as the cause.",
        "rule",
    ),
    "K4": Check(
        "What is the matter with the app does not keep the same account from the website; a block does.",
        "rule",
    ),
    "K5": Check(
        "Clearing the cache costs no session, and clearing the data or a new installation heals what is damaged.",
        "rule",
    ),
    "K6": Check(
        "A wrong date of the phone is named as a possible cause.",
        "rule",
    ),
    "K7": Check(
        "The card can be asked for anew: the answer is shown and kept, and a failure is told.",
        "rule",
    ),
    "F1": Check(
        "Asking for a new password is answered alike for known and unknown identifiers.",
        "ASVS 6.3.8; WSTG-ATHN-09; cheat sheets",
    ),
}
CHECKS = {name: check.sentence for name, check in CATALOGUE.items()}
"""The sentences alone."""
