Feature: Old version
  The server no longer serves an old version: the app has to say so, and an update must keep what the member had.

  Background:
    Given Rini is a member

  @V1
  Scenario: A version that is too old demands an update, and Back does not help
    Given the fault version-too-old is in force
    When she opens the app
    Then the app demands an update
    When she presses Back
    And she opens the app
    Then the app still demands an update

  @V1
  Scenario: A version that is too old is refused when it logs in
    Given she has opened the app, which has found its version good
    And the fault version-too-old is in force
    When she logs in
    Then the app demands an update
    When she restarts the app
    Then the app still demands an update

  @V1
  Scenario: The demand leads to the newest version
    Given the fault version-too-old is in force
    When she opens the app
    Then the app demands an update
    When she follows the demand
    Then the screen changes

  @V1
  Scenario: A demand that the server withdraws is withdrawn in the app
    Given the fault version-too-old is in force
    When she opens the app
    Then the app demands an update
    When the trouble is over
    And she restarts the app
    Then she is asked to log in

  @C5
  Scenario: An update leaves nothing readable of what the version before has stored
    Given she has been logged in with the previous version
    When she updates the app
    Then she sees her card
    And the app is newer than before
    And the app's files hold no secret

  @V1
  Scenario: A demand is not bypassed while the server can't say whether it still holds
    Given the fault version-too-old is in force
    And she has opened the app and been told
    When the fault server-500 comes into force
    And she restarts the app, which asks about its version in vain
    Then the app still demands an update
    When she presses Back
    And she opens the app
    Then the app still demands an update
    When she restarts the app
    Then the app still demands an update

  @K1
  Scenario: After the update the member is still logged in
    Given she has been logged in with the previous version
    When she updates the app
    Then she sees her card
    And the app is newer than before

  @K1
  Scenario: The update that the app demands lets her in again
    Given she has been logged in with the previous version
    And the fault version-too-old is in force
    When she opens the app
    Then the app demands an update
    When she updates the app
    Then she sees her card

  @V2
  Scenario: An update that breaks off leaves the app as it was
    Given she has been logged in with the previous version
    And the fault update-interrupted is in force
    When she opens the app
    Then she sees her card
    And the app is the one from before

  @V2
  Scenario: An update that broke off is demanded again, and works then
    Given she has been logged in with the previous version
    And the fault update-interrupted is in force
    And the fault version-too-old is in force
    When she opens the app
    Then the app demands an update
    When she updates the app
    Then she sees her card
    And the app is newer than before

  @V2
  Scenario: An optional update is offered, and leaves the login usable
    Given the fault update-optional is in force
    When she opens the app
    Then the app offers an update
    When she logs in
    Then she sees her card

  Scenario: A downgrade is refused, and the app works on
    Given she has been logged in before
    When somebody tries to install the previous version over it
    And she opens the app
    Then the device refuses the downgrade
    And she sees her card
