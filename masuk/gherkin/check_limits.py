"""Numbers of the checks: `masuk.gherkin.checks` says them, steps measure them, and no setting changes them."""

SIGN_OF_WORK_SECONDS = 1
"""From the tap until the app shows that it is at work."""
WAY_OUT_SECONDS = 10
"""From the tap until waiting can be given up."""
GIVEN_UP_SECONDS = 3
"""From the tap that gives waiting up until the app is ready again."""
COUNTDOWN_SECONDS = 5
"""Within this time a wait that is counted down has become shorter on the screen."""
LOADING_SECONDS = 2
"""Work that takes longer than this is shown all the time."""
WAITING_ENDS_SECONDS = 40
"""From the tap until the app gives up a server that says nothing."""
FIRST_SCREEN_SECONDS = 5
"""From the launch until the first screen."""
SMALLEST_TARGET_DP = 48
"""Width and height of what takes a tap."""
LOWEST_CONTRAST = 4.5
"""Of a text with what is behind it, as WCAG 2.2 counts it: 1 for no contrast, 21 for black on white."""
LONGEST_PASSWORD = 64
"""Characters that must arrive."""
