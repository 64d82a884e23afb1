Feature: Website
  When the app does not let her in, the same account opens the website, unless it is the account that is blocked.

  Background:
    Given Rini is a member

  @K4
  Scenario Outline: What is the matter with the app does not keep her from the website
    Given the fault <fault> is in force
    When she logs in
    Then the app says that <what>
    When she logs in on the website
    Then the website shows her card

    Examples:
      | fault               | what                                     | what goes wrong                                                                 |
      | network-app-blocked | there is no connection                   | The system keeps this one app from the network, while the device is online.     |
      | device-limit        | the device was used for too many members | The device was used for three other members, and the service accepts no fourth. |
      | captcha-demanded    | an extra step is needed                  | The service demands an extra step that shows that a person logs in.             |

  @K4
  Scenario: A version that is too old does not keep her from the website
    Given the fault version-too-old is in force
    When she opens the app
    Then the app demands an update
    When she logs in on the website
    Then the website shows her card

  @K4
  Scenario: A blocked account is blocked on the website too
    Given the fault account-blocked is in force
    When she logs in
    Then she learns that her account is blocked and that an office unblocks it
    When she logs in on the website
    Then the website says that her account is blocked and that an office unblocks it
