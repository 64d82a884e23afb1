"""The packages that are part of the system, each with its launcher activity or None."""

LAUNCHER_PACKAGE = "com.android.launcher3"
SYSTEM_PACKAGES = {
    "android": None,
    "com.android.inputmethod.latin": None,
    "com.android.settings": "com.android.settings.Settings",
    "com.android.shell": None,
    "com.android.systemui": None,
    LAUNCHER_PACKAGE: "com.android.launcher3.uioverrides.QuickstepLauncher",
}
