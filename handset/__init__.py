"""An Android device without a virtual machine: adb, shell and UiAutomator2 server over JVMs that run real APKs."""
