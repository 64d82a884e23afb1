Feature: No network
  The most frequent cause, and the cheapest to remedy: the app must say so, and go on when the network is back.

  @N1
  Scenario Outline: Without a way to the server the app says that the connection is missing
    Given Rini is a member
    And the fault <fault> is in force
    When she logs in
    Then the app says that there is no connection
    And once it is over she can log in

    Examples:
      | fault               |
      | network-off         |
      | network-app-blocked |
      | names-not-resolved  |

  @N2
  Scenario Outline: Once the network is back, login works without a relaunch
    Given Rini is a member
    And she has tried to log in under the fault <fault>
    When the network comes back
    And she tries again without entering her number
    Then she sees her card
    And exactly one login has reached the server
    And the app was not relaunched

    Examples:
      | fault               |
      | network-off         |
      | link-dropped-before |

  @N3
  Scenario: WiFi that leads nowhere is no connection
    Given Rini is a member
    And the fault network-not-validated is in force
    When she logs in
    Then the app says that there is no connection
    And once it is over she can log in

  @N1 @C4
  Scenario: Without a network a member who is logged in sees her card as it was last known
    Given Rini is a member
    And she has been logged in before
    And the device has no network
    When she opens the app
    Then the card is shown as it was last known

  @C4
  Scenario: Logging out without a network leaves nothing of the member behind
    Given Rini is a member
    And she is logged in
    And the device has no network
    When she logs out
    Then nobody is logged in
    And nothing of her is left in the app's files
    And no logout has reached the server

  Scenario: When WiFi is gone mobile data carries the login
    Given Rini is a member
    And the fault wifi-off is in force
    When she logs in
    Then she sees her card
    And the login went over mobile data
