Feature: Weak network
  The phone shows bars, and nothing comes through, or only bit by bit.

  @N7
  Scenario Outline: A connection that breaks off is told, and the login is not repeated
    Given Rini is a member
    And the fault <fault> is in force
    When she logs in
    Then the app says that the connection was lost
    And exactly one login has reached the server
    And her number is still there
    And once it is over she can log in

    Examples:
      | fault               |
      | link-dropped-during |
      | link-dropped-after  |

  @N7
  Scenario: A connection that breaks off before anything was sent is told too
    Given Rini is a member
    And the fault link-dropped-before is in force
    When she logs in
    Then the app says that the connection was lost
    And no login has reached the server
    And once it is over she can log in

  @N7
  Scenario: A network that goes during a login is told, and the login is not repeated
    Given Rini is a member
    And the fault network-lost-during is in force
    When she logs in
    Then the app says that there is no connection
    And exactly one login has reached the server
    And once it is over she can log in

  @N7
  Scenario: WiFi that goes during a login is told, and the next login goes over mobile data
    Given Rini is a member
    And the fault wifi-lost-during is in force
    When she logs in
    Then the app says that the connection was lost
    And exactly one login has reached the server
    And once it is over she can log in

  @N4 @N6
  Scenario: While nothing comes back the app is at work, and waiting can be given up
    Given Rini is a member
    And the fault link-silent is in force
    When she logs in
    Then the app shows that it is at work, and lets her give up
    And the app has not crashed
    And once it is over she can log in

  @N4
  Scenario: Who gives up waiting is told of no failure
    Given Rini is a member
    And the fault server-silent is in force
    When she logs in
    And she gives up waiting
    Then the app blames nothing for it
    And exactly one login has reached the server

  @N5
  Scenario Outline: Waiting for an answer ends by itself
    Given Rini is a member
    And the fault <fault> is in force
    When she logs in
    Then in the end the app says that no answer has come
    And her number is still there
    And once it is over she can log in

    Examples:
      | fault         |
      | server-silent |
      | server-drips  |
      | link-silent   |

  @N4 @X2
  Scenario: A slow server is no failure
    Given Rini is a member
    And the fault server-slow is in force
    When she logs in
    Then the app shows for 2 seconds that it is at work
    And she sees her card
    And exactly one login has reached the server

  @X2
  Scenario: The first screen does not wait for the server
    Given Rini is a member
    And she has been logged in before
    And the fault server-silent is in force
    When she opens the app
    Then the first screen comes in time
    And the server still owes an answer

  @N7
  Scenario: An impatient second tap sends nothing
    Given Rini is a member
    And the fault server-slow is in force
    When she taps the login button twice
    Then the app shows for 2 seconds that it is at work
    And she sees her card
    And exactly one login has reached the server

  Scenario: A weak network is slow, and enough
    Given Rini is a member
    And the fault link-weak is in force
    When she logs in
    Then she sees her card
    And the login went over the bad link
