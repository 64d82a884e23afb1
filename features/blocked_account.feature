Feature: Blocked account
  Rini tried her password too often. Only an office can help, and the app has to say so.

  @B6 @B7
  Scenario: Repeated failures block the account
    Given Rini is a member
    When she enters a wrong password again and again
    Then the app says that her account is blocked and that an office unblocks it
    And a new password and help are at hand
    And no further login has reached the server

  Scenario: Neither the right password nor a reinstall lifts the block
    Given Rini is a member
    And her account is blocked
    When she reinstalls the app
    And she logs in
    Then the app says that her account is blocked and that an office unblocks it

  Scenario: From the first failure to the office and back
    Given Rini is a member
    And she has blocked her account with wrong passwords
    And she has reinstalled the app
    When the office unblocks her account
    And she logs in
    Then she sees her card
