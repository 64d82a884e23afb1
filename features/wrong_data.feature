Feature: Wrong data
  A member mistypes, or mixes up her numbers.

  @P1 @P2
  Scenario: A wrong password and an unknown number get the same answer
    Given Rini is a member
    And she was refused for a wrong password
    When she logs in with a number that nobody has
    Then both answers are the same
    And both logins have reached the server

  @P5
  Scenario: A failed login keeps the number that was entered
    Given Rini is a member
    When she logs in with a wrong password
    Then her number is still there
    And with the right password she sees her card

  @S1
  Scenario: Neither a failed login nor a good one leaves a secret in the log
    Given Rini is a member
    And she was refused for a wrong password
    When she logs in
    Then she sees her card
    And the app's log holds no secret

  @I1
  Scenario Outline: A number of the wrong kind is explained, not sent
    Given Rini is a member
    When she logs in with <kind> as her number
    Then the app names the numbers that it accepts
    And no login has reached the server

    Examples:
      | kind                       |
      | her virtual account number |
      | a number that is too short |
      | letters                    |
