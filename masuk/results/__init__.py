"""Verdicts, controls, the baseline, JUnit, Allure and reports."""
