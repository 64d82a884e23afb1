"""A screen with all that makes locators hard: ids that repeat, texts that repeat, no ids, quotes, typed text."""

import io

from PIL import Image

SIZE = (100, 200)
SOURCE = """<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<hierarchy index="0" class="hierarchy" rotation="0" width="100" height="200">
  <android.widget.FrameLayout package="org.example" class="android.widget.FrameLayout" bounds="[0,0][100,200]">
    <android.widget.TextView package="org.example" class="android.widget.TextView" text="Say &quot;hello&quot;"
        resource-id="org.example:id/title" bounds="[0,0][100,20]"/>
    <android.widget.EditText package="org.example" class="android.widget.EditText" text="0012345678901234"
        hint="Number" resource-id="org.example:id/number" bounds="[0,20][100,40]"/>
    <android.widget.EditText package="org.example" class="android.widget.EditText" text="a&amp;b"
        hint="Password" password="true" resource-id="org.example:id/secret" bounds="[0,40][100,60]"/>
    <android.widget.EditText package="org.example" class="android.widget.EditText" text="Code" hint="Code"
        content-desc="code" bounds="[0,60][100,80]"/>
    <android.widget.TextView package="org.example" class="android.widget.TextView" text="Welcome, 0012345678901234"
        bounds="[0,80][100,100]"/>
    <android.view.ViewGroup package="org.example" class="android.view.ViewGroup" bounds="[0,100][100,200]">
      <android.widget.Button package="org.example" class="android.widget.Button" text="Go" clickable="true"
          resource-id="org.example:id/row" bounds="[0,100][50,120]"/>
      <android.widget.Button package="org.example" class="android.widget.Button" text="Go" clickable="true"
          resource-id="org.example:id/row" enabled="false" bounds="[50,100][100,120]"/>
      <android.widget.Button package="org.example" class="android.widget.Button" text="" clickable="true"
          resource-id="android:id/button1" bounds="[0,120][50,140]"/>
      <android.widget.ImageView package="org.example" class="android.widget.ImageView" bounds="[0,140][50,160]"/>
      <android.widget.ImageView package="org.example" class="android.widget.ImageView" bounds="[50,140][100,160]"/>
    </android.view.ViewGroup>
  </android.widget.FrameLayout>
</hierarchy>
"""


def picture() -> bytes:
    """A white screen."""
    out = io.BytesIO()
    Image.new("RGB", SIZE, "white").save(out, "PNG")
    return out.getvalue()
