Feature: Card
  What holds after the login too: the card can grow old, and its session can end while it is open.

  @K7
  Scenario: A card that is asked for anew is shown, and kept
    Given Rini is a member
    And she is logged in
    And the office has corrected her name
    When she asks for her card anew
    Then her card shows the corrected name
    And without a network it still does

  @K7
  Scenario: A card is asked for when the app is opened
    Given Rini is a member
    And she has been logged in before
    And the office has corrected her name
    When she opens the app
    Then her card shows the corrected name

  @X3
  Scenario: A card that is turned still says that it is old
    Given Rini is a member
    And she has been logged in before
    And the device has no network
    When she opens the app
    Then the card is shown as it was last known
    And when the phone is turned it still is

  @K7
  Scenario Outline: A card that can't be had anew says so, until it can
    Given Rini is a member
    And she is logged in
    And the fault <fault> is in force
    When she asks for her card anew
    Then the card is shown as it was last known
    And once it is over her card is fresh again

    Examples:
      | fault       |
      | network-off |
      | server-500  |

  @X2
  Scenario: A card that comes slowly is shown to be under way
    Given Rini is a member
    And she is logged in
    And the fault server-slow is in force
    When she asks for her card anew
    Then her card shows for 2 seconds that it is being asked for

  @C3
  Scenario Outline: A session that ends while the card is open is told, and forgotten
    Given Rini is a member
    And she is logged in
    And the fault <fault> is in force
    When she asks for her card anew
    Then the app says that <what>
    And nobody is logged in
    And her card was asked for once
    And once it is over she can log in

    Examples:
      | fault             | what                          |
      | session-expired   | her session has ended         |
      | session-elsewhere | her account is used elsewhere |

  @V1
  Scenario: A version that becomes too old while the card is open demands an update
    Given Rini is a member
    And she is logged in
    And the server demands a newer version
    When she asks for her card anew
    Then the app demands an update
    And opening the app anew does not bypass it

  @C6
  Scenario: A card that comes after the logout logs nobody in
    Given Rini is a member
    And she is logged in
    And the fault server-slow is in force
    When she logs out while her card is under way
    Then her card was not there before she logged out
    And once it is over nobody is logged in

  @X3
  Scenario: A card that the system has ended in the background comes back
    Given Rini is a member
    And she is logged in
    When the fault app-ended-in-background comes into force
    And she opens the app
    Then she sees her card
    And the app runs in a new process
    And the app has not crashed

  @C6
  Scenario: Logging out ends the session at the server
    Given Rini is a member
    And she is logged in
    When she logs out
    Then nobody is logged in
    And the server has ended her session
