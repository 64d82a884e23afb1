Feature: Wrong data
  A member mistypes, or mixes up her numbers.

  Background:
    Given Rini is a member

  @P1
  Scenario: A wrong password and an unknown number get the same answer
    When she enters a wrong password
    And she enters a number that nobody has
    Then both answers are the same

  @P2
  Scenario: A wrong password and an unknown number are both for the server to judge
    When she enters a wrong password
    And she enters a number that nobody has
    Then exactly 2 logins have reached the server

  @P1
  Scenario: A member without an account hears what everybody hears
    Given the fault not-registered is in force
    When she logs in
    Then the app says that her data is wrong
    When the trouble is over and she logs in again
    Then she sees her card

  @P3 @P5
  Scenario Outline: The app says that the data is wrong, and keeps the number
    Given the fault <fault> is in force
    When she logs in
    Then the app says that her data is wrong
    And her number is still there
    When the trouble is over and she logs in again
    Then she sees her card

    Examples:
      | fault               | what goes wrong                                            |
      | wrong-password      | The member types a wrong password.                         |
      | wrong-password-case | The member types their password with the shift key locked. |
      | unknown-identifier  | The member types a well-formed number that nobody has.     |

  @P3
  Scenario: The reason of one failure goes when the next login is under way
    Given she has tried to log in under the fault wrong-password
    When the fault server-silent comes into force
    And she tries again without entering her number
    Then it is no longer told that her data is wrong
    And the server still owes an answer

  @P3
  Scenario: A different failure replaces the message
    When she enters a wrong password
    And the fault server-500 comes into force
    And she tries again without entering her number
    Then the app says that the service is in trouble
    When the trouble is over and she logs in again
    Then she sees her card

  @P5
  Scenario: A number that was typed for the login need not be typed again for a new password
    Given she has tried to log in under the fault wrong-password
    When she asks for a new password without entering her number
    Then exactly one reset message was sent, to her

  @P6
  Scenario: A long password with spaces arrives exactly as typed
    Given her password is long and has spaces
    When she logs in
    Then she sees her card
    And the password has arrived with its spaces, all 64 characters

  @S1
  Scenario: Neither a failed login nor a good one leaves a secret in the log
    When she enters a wrong password
    And she corrects her password
    Then she sees her card
    And the app's log holds no secret

  @C5
  Scenario: A failed login leaves no secret in the app's files
    When she enters a wrong password
    And she corrects her password
    Then she sees her card
    And the app's files hold no secret

  @I1
  Scenario Outline: A number of the wrong kind is explained, not sent
    Given the fault <fault> is in force
    When she logs in
    Then the app says that only other numbers are accepted
    And no login has reached the server
    When the trouble is over and she logs in again
    Then she sees her card

    Examples:
      | fault                  | what goes wrong                                                          |
      | virtual-account-number | The member types the virtual account number that they pay to.            |
      | identifier-too-short   | The member types only the beginning of their number.                     |
      | identifier-too-long    | The member's finger rests on a key: a digit too many.                    |
      | identifier-letters     | The member types letters where a number belongs.                         |
      | identifier-separated   | The member types their number in groups with dashes between, as printed. |

  @I1
  Scenario: A number of the wrong kind is explained, not sent, where a new password is asked for
    Given the fault identifier-too-short is in force
    When she asks for a new password
    Then she learns that no new password was asked for, since only other numbers are accepted
    And no wish for a new password has reached the server

  @I1
  Scenario: Spaces around a pasted number are forgiven
    Given she types spaces around her number
    When she logs in
    Then she sees her card
    And her number has arrived without the spaces that she typed

  @I1
  Scenario: The card number is as good as the identity number
    Given she types her card number
    When she logs in
    Then she sees her card
    And her card number has arrived
