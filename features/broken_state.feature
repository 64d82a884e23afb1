Feature: Broken state
  What the app keeps on the phone is stale or damaged: it must not stop a login, and clearing it must heal.

  @C1
  Scenario Outline: Corrupt storage does not stop the login
    Given Rini is a member
    And she has been logged in before
    And the app's "<storage>" is corrupt
    When she opens the app
    Then she can log in, unless she still is
    And the app has not crashed

    Examples:
      | storage     |
      | preferences |
      | database    |

  Scenario: Clearing the app's data heals it
    Given Rini is a member
    And she has been logged in before
    And the app's "preferences" is corrupt
    When she clears the app's data
    And she logs in
    Then she sees her card

  Scenario: A session that the server has ended does not stop the login
    Given Rini is a member
    And she has been logged in before
    And the server has ended her session
    When she opens the app
    And she logs in
    Then she sees her card
