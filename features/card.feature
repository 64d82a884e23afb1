Feature: Card
  What holds after the login too: the card can grow old, and its session can end while it is open.

  Background:
    Given Rini is a member

  @K7
  Scenario: A card that she refreshes is shown, and kept
    Given she is logged in
    And the office has corrected her name
    When she refreshes her card
    Then her card shows the corrected name
    When the fault network-off comes into force
    And she restarts the app
    Then the card is shown as it was last known

  @K7
  Scenario: A card is asked for when the app is opened
    Given she has been logged in before
    And the office has corrected her name
    When she opens the app
    Then her card shows the corrected name

  @X3
  Scenario: A card that is turned still says that it is old
    Given she has been logged in before
    And the fault network-off is in force
    When she opens the app
    Then the card is shown as it was last known
    When the fault phone-turned comes into force
    Then the card is shown as it was last known

  @K7
  Scenario Outline: A card that can't be refreshed says so, until it can
    Given she is logged in
    And the fault <fault> is in force
    When she refreshes her card
    Then the card is shown as it was last known
    When the trouble is over
    And she refreshes her card
    Then her card is fresh again

    Examples:
      | fault       | what goes wrong                                  |
      | network-off | Airplane mode: the device has no network at all. |
      | server-500  | The service answers 500 with a stack trace.      |

  @X2
  Scenario: A card that comes slowly is shown to be under way
    Given she is logged in
    And the fault server-slow is in force
    When she refreshes her card
    Then her card shows for 2 seconds that it is being asked for

  @C3
  Scenario Outline: The app says once that the session has ended while the card was open
    Given she is logged in
    And the fault <fault> is in force
    When she refreshes her card
    Then the app says that <what>
    And nobody is logged in
    And her card was asked for once
    When the trouble is over and she logs in again
    Then she sees her card

    Examples:
      | fault             | what                          | what goes wrong                                                                  |
      | session-expired   | her session has ended         | The service has let the app's session expire.                                    |
      | session-elsewhere | her account is used elsewhere | The member has logged in on another device, which ended the session on this one. |

  @V1
  Scenario: A version that becomes too old while the card is open demands an update
    Given she is logged in
    And the fault version-too-old is in force
    When she refreshes her card
    Then the app demands an update
    When she restarts the app
    Then the app still demands an update

  @C6
  Scenario: A card that comes after the logout logs nobody in
    Given she is logged in
    And the fault server-slow is in force
    When she logs out while her card is under way
    Then her card was not there before she logged out
    When the trouble is over
    Then the card that comes late logs nobody in

  @X3
  Scenario: A card that the system has ended in the background comes back
    Given she is logged in
    When the fault app-ended-in-background comes into force
    And she opens the app
    Then she sees her card
    And the app runs in a new process
    And the app has not crashed

  @C6
  Scenario: Logging out ends the session at the server
    Given she is logged in
    When she logs out
    Then nobody is logged in
    And the server has ended her session

  @S4
  Scenario: No other app can open what is behind the login
    Given she has been logged in before
    When another app tries to open her card
    Then the device refuses it
