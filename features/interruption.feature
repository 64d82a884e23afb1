Feature: Interruption
  The phone is turned or locked, or the system ends the app: it costs neither her login nor what she has typed.

  Background:
    Given Rini is a member

  @X3
  Scenario Outline: A screen that the system creates again loses neither her number nor the reason
    Given she has tried to log in under the fault <fault>
    When the fault <change> comes into force
    Then the app says that <what>
    And her number is still there
    And the app's files hold no secret

    Examples:
      | fault          | change           | what                   | what goes wrong                                  |
      | wrong-password | phone-turned     | her data is wrong      | The member types a wrong password.               |
      | network-off    | phone-turned     | there is no connection | Airplane mode: the device has no network at all. |
      | wrong-password | font-large       | her data is wrong      | The member types a wrong password.               |
      | wrong-password | language-english | her data is wrong      | The member types a wrong password.               |

  @X3
  Scenario Outline: What happens while the app is at work costs no login, and sends no second one
    Given the fault server-slow is in force
    When she logs in
    And her login reaches the server and stays unanswered
    And the fault <change> comes into force
    And the trouble is over
    Then she sees her card
    And exactly one login has reached the server
    And her login was still unanswered when that happened

    Examples:
      | change           |
      | phone-turned     |
      | screen-off       |
      | font-large       |
      | language-english |

  @X3
  Scenario Outline: An app that the system has ended in the background comes back with her number and the reason
    Given she has tried to log in under the fault <fault>
    When the fault app-ended-in-background comes into force
    And she opens the app
    Then the app says that <what>
    And her number is still there
    And the app's files hold no secret

    Examples:
      | fault          | what                   | what goes wrong                                  |
      | wrong-password | her data is wrong      | The member types a wrong password.               |
      | network-off    | there is no connection | Airplane mode: the device has no network at all. |

  @X3
  Scenario: An app that the system ends while it is at work does not stop the next login
    Given the fault server-slow is in force
    When she logs in
    And her login reaches the server and stays unanswered
    And the fault app-ended-in-background comes into force
    And the trouble is over
    And she opens the app
    Then her login was still unanswered when that happened
    And she is asked to log in
    When she logs in
    Then she sees her card
    And the app has not crashed

  @X3
  Scenario: Going back while the app is at work does not stop the next login
    Given the fault server-slow is in force
    When she logs in
    And her login reaches the server and stays unanswered
    And she presses Back
    And the trouble is over
    And the service ends her sessions
    And she opens the app
    And she restarts the app
    Then her login was still unanswered when that happened
    And she is asked to log in
    When she logs in
    Then she sees her card
    And the app has not crashed

  @X3
  Scenario: Going back from her card ends no session
    Given she is logged in
    When she presses Back
    And she opens the app
    Then she sees her card
    And the app has not crashed
