"""`masuk new app`: a profile for another app, from its APK and its login screen.

`manifest` reads the APK, `guesses` tells what the elements of the screen are, `draft` writes the profile's text,
`command` does it all.
"""
