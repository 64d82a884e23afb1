Feature: Login
  What must hold when nothing is wrong.

  Background:
    Given Rini is a member

  Scenario: A member logs in and sees her card
    When she logs in
    Then she sees her card
    And the app's files hold no secret

  Scenario: A member who is logged in stays so
    Given she has been logged in before
    When she opens the app
    Then she sees her card
