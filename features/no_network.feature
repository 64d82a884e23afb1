Feature: No network
  The most frequent cause, and the cheapest to remedy: the app must say so, and go on when the network is back.

  @N1
  Scenario: Without a network the app says that the connection is missing
    Given Rini is a member
    And the device has no network
    When she logs in
    Then the app says that there is no connection
    And no login has reached the server

  @N2
  Scenario: Once the network is back, login works without a relaunch
    Given Rini is a member
    And she has failed to log in without a network
    When the network comes back
    And she tries again without entering her number
    Then she sees her card
    And the app was not relaunched
