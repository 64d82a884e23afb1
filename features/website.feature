Feature: Website
  When the app does not let her in, the same account opens the website, unless it is the account that is blocked.

  @K4
  Scenario Outline: What is the matter with the app does not keep her from the website
    Given Rini is a member
    And the fault <fault> is in force
    When she logs in
    Then the app says that <what>
    And on the website she sees her card

    Examples:
      | fault               | what                                     |
      | network-app-blocked | there is no connection                   |
      | device-limit        | the device was used for too many members |
      | captcha-demanded    | an extra step is needed                  |

  @K4
  Scenario: A version that is too old does not keep her from the website
    Given Rini is a member
    And the server demands a newer version
    When she opens the app
    Then the app demands an update
    And on the website she sees her card

  @K4
  Scenario: A blocked account is blocked on the website too
    Given Rini is a member
    And the fault account-blocked is in force
    When she logs in
    Then she learns that her account is blocked and that an office unblocks it
    And the website says so too
