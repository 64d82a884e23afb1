Feature: Form
  What a member types into has to be fit for it, most of all when the login has failed.

  Background:
    Given Rini is a member

  @P7
  Scenario: The password is hidden until she asks to see it
    When she fills in the form
    Then her password is hidden
    When she asks to see it
    Then her password is shown

  @P7
  Scenario: A password can be pasted
    When she pastes her password and logs in
    Then she sees her card

  @P9
  Scenario Outline: What the app says can be read, and what she may touch is large enough for a finger
    Given the fault <fault> is in force
    When she logs in
    Then the app says that <what>
    And its colours are far enough apart to be read
    And everything that she may touch is large enough for a finger

    Examples:
      | fault          | what                      | what goes wrong                             |
      | wrong-password | her data is wrong         | The member types a wrong password.          |
      | server-500     | the service is in trouble | The service answers 500 with a stack trace. |

  @P9
  Scenario: With large letters everything is still there
    Given she has tried to log in under the fault wrong-password
    When the fault font-large comes into force
    Then the app says that her data is wrong
    And help is at hand
    And everything that she may touch is large enough for a finger
