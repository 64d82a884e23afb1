Feature: Form
  What a member types into has to be fit for it, most of all when the login has failed.

  @P7
  Scenario: The password is hidden until she asks to see it
    Given Rini is a member
    When she fills in the form
    Then her password is hidden
    And she can have it shown

  @P7
  Scenario: A password can be pasted
    Given Rini is a member
    When she pastes her password and logs in
    Then she sees her card

  @P9
  Scenario Outline: What the app says can be read, and what she may touch is large enough for a finger
    Given Rini is a member
    And the fault <fault> is in force
    When she logs in
    Then the app says that <what>
    And its colours are far enough apart to be read
    And everything that she may touch is large enough for a finger

    Examples:
      | fault          | what                      |
      | wrong-password | her data is wrong         |
      | server-500     | the service is in trouble |

  @P9
  Scenario: With large letters everything is still there
    Given Rini is a member
    And she has tried to log in under the fault wrong-password
    When the fault font-large comes into force
    Then the app says that her data is wrong
    And help is at hand
    And everything that she may touch is large enough for a finger

  @X3
  Scenario Outline: A screen that is made anew loses neither her number nor the reason
    Given Rini is a member
    And she has tried to log in under the fault <fault>
    When the fault <change> comes into force
    Then the app says that <what>
    And her number is still there
    And the app's files hold no secret

    Examples:
      | fault          | change           | what                   |
      | wrong-password | phone-turned     | her data is wrong      |
      | network-off    | phone-turned     | there is no connection |
      | wrong-password | font-large       | her data is wrong      |
      | wrong-password | language-english | her data is wrong      |

  @X3
  Scenario Outline: What happens while the app is at work costs no login, and sends no second one
    Given Rini is a member
    And the fault server-slow is in force
    When she logs in
    And her login is under way
    And the fault <change> comes into force
    And the trouble is over
    Then she sees her card
    And exactly one login has reached the server
    And it was under way when that happened

    Examples:
      | change           |
      | phone-turned     |
      | screen-off       |
      | font-large       |
      | language-english |

  @X3
  Scenario Outline: An app that the system has ended in the background comes back with her number and the reason
    Given Rini is a member
    And she has tried to log in under the fault <fault>
    When the fault app-ended-in-background comes into force
    And she opens the app
    Then the app says that <what>
    And her number is still there
    And the app's files hold no secret

    Examples:
      | fault          | what                   |
      | wrong-password | her data is wrong      |
      | network-off    | there is no connection |

  @X3
  Scenario: An app that the system ends while it is at work
    Given Rini is a member
    And the fault server-slow is in force
    When she logs in
    And her login is under way
    And the fault app-ended-in-background comes into force
    And the trouble is over
    And she opens the app
    Then her login was under way when that happened
    And she can log in, unless she still is
    And the app has not crashed

  @X3
  Scenario: Going back while the app is at work
    Given Rini is a member
    And the fault server-slow is in force
    When she logs in
    And her login is under way
    And she presses Back
    And the trouble is over
    And she opens the app
    And she opens the app anew
    Then her login was under way when that happened
    And she can log in, unless she still is
    And the app has not crashed

  @S4
  Scenario: No other app can open what is behind the login
    Given Rini is a member
    And she has been logged in before
    When another app tries to open her card
    Then the device refuses it
