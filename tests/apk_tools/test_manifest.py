"""What aapt2 prints of a manifest, read."""

import pytest

from apk_tools.manifest import ManifestError, parse_activities, parse_badging

TREE = """N: android=http://schemas.android.com/apk/res/android (line=2)
  E: manifest (line=2)
    A: http://schemas.android.com/apk/res/android:versionCode(0x0101021b)=7
    A: package="org.example.app" (Raw: "org.example.app")
      E: application (line=9)
        A: http://schemas.android.com/apk/res/android:name(0x01010003)=".App" (Raw: ".App")
          E: activity (line=18)
            A: http://schemas.android.com/apk/res/android:theme(0x01010000)=@0x7f070000
            A: http://schemas.android.com/apk/res/android:name(0x01010003)=".Main" (Raw: ".Main")
              E: intent-filter (line=23)
                  E: action (line=24)
                    A: http://schemas.android.com/apk/res/android:name(0x01010003)="android.intent.action.MAIN"
          E: activity-alias (line=28)
            A: http://schemas.android.com/apk/res/android:name(0x01010003)="Other" (Raw: "Other")
          E: activity (line=31)
            A: http://schemas.android.com/apk/res/android:name(0x01010003)="com.example.library.Page"
          E: service (line=34)
            A: http://schemas.android.com/apk/res/android:name(0x01010003)=".Service" (Raw: ".Service")
"""


def test_activities_are_written_out_and_nothing_else_is_taken_for_one() -> None:
    found = [activity.name for activity in parse_activities(TREE, "org.example.app")]
    assert found == ["org.example.app.Main", "org.example.app.Other", "com.example.library.Page"]


def test_a_build_without_a_version_code_has_the_one_that_android_gives_it() -> None:
    assert parse_badging("package: name='org.example.app' versionCode='' versionName=''").version_code == 0


def test_what_is_no_manifest_is_told() -> None:
    with pytest.raises(ManifestError, match="the manifest names no package"):
        parse_badging("")
