"""Fetches, builds and checks Node, Appium, Java and the jars."""
