Feature: Blocked account
  Rini tried her password too often. Only an office can help, and the app has to say so.

  Background:
    Given Rini is a member

  @B6 @B7
  Scenario: Repeated failures block the account
    When she enters a wrong password until her account is blocked
    Then she learns that her account is blocked and that an office unblocks it
    And a new password and help are at hand
    And the server has reported the block exactly once

  @B6
  Scenario: What helps while the account is blocked works
    Given the fault account-blocked is in force
    When she logs in
    Then a new password and help are at hand
    When she calls for help
    Then the screen changes
    When she comes back and goes on to a new password
    Then she can ask for a new password

  @B2 @B7
  Scenario Outline: A block looks the same whoever is blocked and however it is said
    Given the fault <fault> is in force
    When she logs in
    Then she learns that her account is blocked and that an office unblocks it
    And the screen says nothing of her
    And the server has reported the block exactly once
    When the trouble is over and she logs in again
    Then she sees her card

    Examples:
      | fault                      | what goes wrong                                                                      |
      | account-blocked            | The account is blocked after repeated failures, until the office unblocks it (403).  |
      | account-locked             | The account is blocked until the office unblocks it, said with status 423.           |
      | unknown-identifier-blocked | A number that nobody has is blocked after repeated failures, as a member's would be. |

  @B3
  Scenario Outline: Nothing that she does to the app lifts the block
    Given the fault account-blocked is in force
    When she <remedy>
    And she logs in
    Then she learns that her account is blocked and that an office unblocks it
    When the trouble is over and she logs in again
    Then she sees her card

    Examples:
      | remedy                 |
      | clears the app's cache |
      | clears the app's data  |
      | reinstalls the app     |

  @K2
  Scenario: A member whom the office has unblocked gets in after a reinstall
    Given she has entered a wrong password until her account was blocked
    And she has reinstalled the app
    When the office unblocks her account
    And she logs in with the right data
    Then she sees her card
    And the server has refused her before

  @B3 @K2
  Scenario: The block ends where it began, at the server
    Given she has entered a wrong password until her account was blocked
    When the office unblocks her account
    And she restarts the app
    And she logs in with the right data
    Then she sees her card

  @B1
  Scenario Outline: A wait that the server asks for is shown and kept
    Given the fault <fault> is in force
    When she logs in
    Then the app says that she has to wait
    And it names about 90 seconds to wait
    When she tries again at once
    Then no further login is sent

    Examples:
      | fault           | what goes wrong                                                                                    |
      | login-wait      | After repeated failures the service asks to wait 90 seconds (429, Retry-After in seconds).         |
      | login-wait-date | After repeated failures the service asks to wait until a time of day (429, Retry-After as a date). |

  @B1
  Scenario: A wait is counted down, also after a look at something else
    Given she has tried to log in under the fault login-wait
    When she looks at something else and comes back
    Then the seconds that it names become fewer

  @B1
  Scenario: The app says when a wait is over
    Given the fault login-wait-short is in force
    When she logs in
    Then in the end the app says that she may try again
    When she logs in
    Then she sees her card

  @B1
  Scenario: A wait until a time of day is counted by the server's clock
    Given the fault clock-hour-ahead is in force
    And the fault login-wait-date is in force
    When she logs in
    Then the app says that she has to wait
    And it names about 90 seconds to wait

  @B3
  Scenario: Setting the clock ahead does not shorten the wait
    Given she has tried to log in under the fault login-wait
    When the fault clock-hour-ahead comes into force
    And she logs in
    Then the app says that she has to wait
    And exactly one login has reached the server

  @B1
  Scenario: Restarting the app does not shorten the wait
    Given she has tried to log in under the fault login-wait
    When she restarts the app
    And she logs in
    Then the app says that she has to wait
    And exactly one login has reached the server

  @B1
  Scenario: A wait that is kept is never longer than the server has asked for
    Given she has tried to log in under the fault login-wait
    When the fault clock-hour-behind comes into force
    And she restarts the app
    And she logs in
    Then the app says that she has to wait
    And it names about 90 seconds to wait

  @B1
  Scenario: A wait without a length is shown and kept too
    Given the fault login-wait-untold is in force
    When she logs in
    Then the app says that she has to wait
    When she tries again at once
    Then no further login is sent

  @B5
  Scenario: A login that works forgets the failures before it
    Given she has entered a wrong password 4 times
    And she has then logged in and out
    When she enters a wrong password
    And she corrects her password
    Then she sees her card
    And the server has refused her before

  @B8
  Scenario: An extra step that the app can't show has another way
    Given the fault captcha-demanded is in force
    When she logs in
    Then the app says that an extra step is needed
    And help is at hand
    When the trouble is over and she logs in again
    Then she sees her card

  @K3
  Scenario: A device that three others have used is named as the cause
    Given the fault device-limit is in force
    When she logs in
    Then the app says that the device was used for too many members
    And help is at hand
    When the trouble is over and she logs in again
    Then she sees her card
