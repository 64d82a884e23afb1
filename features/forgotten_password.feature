Feature: Forgotten password
  The way back in must not tell anybody who is a member.

  @F1
  Scenario: Asking for a new password is answered alike for known and unknown numbers
    Given Rini is a member
    When she asks for a new password
    And she asks for a new password for a number that nobody has
    Then both answers are the same
    And only she was sent anything

  @X3
  Scenario: The answer to asking for a new password outlasts a turn of the phone
    Given Rini is a member
    When she asks for a new password
    And the fault phone-turned comes into force
    Then the same answer is still there
    And the phone was turned

  @F1
  Scenario: The old password works until a new one is set
    Given Rini is a member
    When she asks for a new password
    And she goes back and logs in
    Then she sees her card
    And only she was sent anything

  @F1
  Scenario: With a new password she gets in, and with the old one nobody
    Given Rini is a member
    And she has asked for a new password and set one
    When she logs in with the old password
    Then the app says that her data is wrong
    And with the new password she sees her card

  @F1
  Scenario Outline: Asking for a new password in vain is not said to have worked
    Given Rini is a member
    And the fault <fault> is in force
    When she asks for a new password
    Then she learns that no new password was asked for, since <what>

    Examples:
      | fault       | what                      |
      | network-off | there is no connection    |
      | server-500  | the service is in trouble |
      | server-html | the service is in trouble |
