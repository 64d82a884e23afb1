"""`masuk inspect`: the current screen as picture and tree, and where to find each element, in one HTML file.

`tree` reads the screen's tree, `proposals` finds locators for its elements, `privacy` masks what stands in fields,
`page` makes the file, `command` takes the look at a device.
"""
