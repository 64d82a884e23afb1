Feature: Weak network
  The phone shows bars, and nothing comes through, or only bit by bit.

  Background:
    Given Rini is a member

  @N7
  Scenario Outline: The app reports a connection that breaks off, and does not repeat the login
    Given the fault <fault> is in force
    When she logs in
    Then the app says that the connection was lost
    And exactly one login has reached the server
    And her number is still there
    When the trouble is over and she logs in again
    Then she sees her card

    Examples:
      | fault               | what goes wrong                                                                             |
      | link-dropped-during | The connection drops while a login request is under way; the service does not carry it out. |
      | link-dropped-after  | The connection drops after the service has carried a login out; its answer is lost.         |

  @N7
  Scenario: The app reports a connection that breaks off before anything was sent
    Given the fault link-dropped-before is in force
    When she logs in
    Then the app says that the connection was lost
    And no login has reached the server
    When the trouble is over and she logs in again
    Then she sees her card

  @N7
  Scenario: The app reports a network that goes during a login, and does not repeat the login
    Given the fault network-lost-during is in force
    When she logs in
    Then the app says that there is no connection
    And exactly one login has reached the server
    When the trouble is over and she logs in again
    Then she sees her card

  @N7
  Scenario: The app reports WiFi that goes during a login, and the next login goes over mobile data
    Given the fault wifi-lost-during is in force
    When she logs in
    Then the app says that the connection was lost
    And exactly one login has reached the server
    When the trouble is over and she logs in again
    Then she sees her card

  @N4 @N6
  Scenario: While nothing comes back the app is at work, and waiting can be given up
    Given the fault link-silent is in force
    When she logs in
    Then the app shows that it is at work
    When she gives up waiting
    Then the app has not crashed
    When the trouble is over and she logs in again
    Then she sees her card

  @N4
  Scenario: Giving up waiting shows no failure
    Given the fault server-silent is in force
    When she logs in
    And she gives up waiting
    Then the app reports no failure
    And exactly one login has reached the server

  @N5
  Scenario Outline: Waiting for an answer ends by itself
    Given the fault <fault> is in force
    When she logs in
    Then in the end the app says that no answer has come
    And her number is still there
    When the trouble is over and she logs in again
    Then she sees her card

    Examples:
      | fault         | what goes wrong                                                           |
      | server-silent | The service takes requests and never answers.                             |
      | server-drips  | The service's answers come a byte every two seconds, and so take minutes. |
      | link-silent   | Connections are accepted, and nothing ever comes back.                    |

  @N4 @X2
  Scenario: A slow server is no failure
    Given the fault server-slow is in force
    When she logs in
    Then the app shows for 2 seconds that it is at work
    And she sees her card
    And exactly one login has reached the server

  @X2
  Scenario: The first screen does not wait for the server
    Given she has been logged in before
    And the fault server-silent is in force
    When she opens the app
    Then the first screen comes in time
    And the server still owes an answer

  @N7
  Scenario: An impatient second tap sends nothing
    Given the fault server-slow is in force
    When she taps the login button twice
    Then the app shows for 2 seconds that it is at work
    And she sees her card
    And exactly one login has reached the server

  Scenario: A weak network is slow, and enough
    Given the fault link-weak is in force
    When she logs in
    Then she sees her card
    And the login went over the bad link
