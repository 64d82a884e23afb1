Feature: No network
  The most frequent cause, and the cheapest to remedy: the app must say so, and go on when the network is back.

  Background:
    Given Rini is a member

  @N1
  Scenario Outline: Without a way to the server the app says that the connection is missing
    Given the fault <fault> is in force
    When she logs in
    Then the app says that there is no connection
    When the trouble is over and she logs in again
    Then she sees her card

    Examples:
      | fault               | what goes wrong                                                             |
      | network-off         | Airplane mode: the device has no network at all.                            |
      | network-app-blocked | The system keeps this one app from the network, while the device is online. |
      | names-not-resolved  | No name can be resolved, while the network itself works.                    |

  @N2
  Scenario Outline: Once the network is back, login works without a relaunch
    Given she has tried to log in under the fault <fault>
    When the network comes back
    And she tries again without entering her number
    Then she sees her card
    And exactly one login has reached the server
    And the app was not relaunched

    Examples:
      | fault               | what goes wrong                                          |
      | network-off         | Airplane mode: the device has no network at all.         |
      | link-dropped-before | Each connection is dropped before a request can be sent. |

  @N3
  Scenario: WiFi that leads nowhere is no connection
    Given the fault network-not-validated is in force
    When she logs in
    Then the app says that there is no connection
    When the trouble is over and she logs in again
    Then she sees her card

  @N1 @C4
  Scenario: Without a network a member who is logged in sees her card as it was last known
    Given she has been logged in before
    And the fault network-off is in force
    When she opens the app
    Then the card is shown as it was last known

  @C4
  Scenario: Logging out without a network leaves nothing of the member behind
    Given she is logged in
    And the fault network-off is in force
    When she logs out
    Then nobody is logged in
    And nothing of her is left in the app's files
    And no logout has reached the server

  Scenario: When WiFi is gone mobile data carries the login
    Given the fault wifi-off is in force
    When she logs in
    Then she sees her card
    And the login went over mobile data
