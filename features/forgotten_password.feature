Feature: Forgotten password
  The way back in must not tell anybody who is a member.

  Background:
    Given Rini is a member

  @F1
  Scenario: Asking for a new password is answered alike for known and unknown numbers
    When she asks for a new password
    And she asks for a new password for a number that nobody has
    Then both answers are the same
    And exactly one reset message was sent, to her

  @X3
  Scenario: The answer to asking for a new password outlasts a turn of the phone
    When she asks for a new password
    And the fault phone-turned comes into force
    Then the same answer is still there
    And the phone was turned

  @F1
  Scenario: The old password works until a new one is set
    When she asks for a new password
    And she goes back and logs in
    Then she sees her card
    And exactly one reset message was sent, to her

  @F1
  Scenario: With a new password she gets in, and with the old one nobody
    Given she has asked for a new password and set one
    When she logs in with the old password
    Then the app says that her data is wrong
    When she logs in with the new password
    Then she sees her card

  @F1
  Scenario Outline: Asking for a new password in vain is not said to have worked
    Given the fault <fault> is in force
    When she asks for a new password
    Then she learns that no new password was asked for, since <what>

    Examples:
      | fault       | what                      | what goes wrong                                  |
      | network-off | there is no connection    | Airplane mode: the device has no network at all. |
      | server-500  | the service is in trouble | The service answers 500 with a stack trace.      |
      | server-html | the service is in trouble | The service answers 200 with a page of HTML.     |
