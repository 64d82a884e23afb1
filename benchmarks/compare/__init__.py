"""The same scenario by other means, in one run: a bare script, Robot Framework and WebdriverIO beside `masuk run`."""
