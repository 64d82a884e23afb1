Feature: Old version
  The server no longer serves an old version: the app has to say so, and an update must keep what the member had.

  @V1
  Scenario: A version that is too old demands an update, and Back does not help
    Given Rini is a member
    And she has the previous version of the app
    And the server demands the newest version
    When she opens the app
    And she presses Back and opens the app again
    Then the app demands an update

  Scenario: After the update the member is still logged in
    Given Rini is a member
    And she has been logged in with the previous version
    And the server demands the newest version
    When the app demands an update and she makes it
    Then she sees her card
