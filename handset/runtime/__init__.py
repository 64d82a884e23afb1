"""The Java half of the handset: one JVM per app process, which runs an APK on the Android framework."""
