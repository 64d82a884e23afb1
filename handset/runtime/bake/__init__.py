"""The baked framework: Android linked with Robolectric's shadows ahead of time.

A bake is a folder `bake-KEY` beside the other products of the build. Its first half, the linked framework, depends on
the jars, on the baker and on the modules of this package; its second half, the archive, also on the handset's own
classes, the Java runtime and its flags. Both are made under temporary names and renamed. `baked.json` names the bake
in use and is written last.
"""
