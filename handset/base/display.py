"""The device's screen: its size, density and rotation."""

from dataclasses import dataclass


@dataclass
class Display:
    """`width` and `height` are pixels in portrait, `density` is dots per inch, `rotation` is 0 or 1 (landscape)."""

    width: int = 822
    height: int = 1782
    density: int = 320
    rotation: int = 0
    on: bool = True

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels as the screen stands now."""
        return (self.height, self.width) if self.rotation else (self.width, self.height)

    @property
    def orientation(self) -> str:
        """PORTRAIT or LANDSCAPE."""
        return "LANDSCAPE" if self.rotation else "PORTRAIT"
