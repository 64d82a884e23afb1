Feature: Broken state
  What the app keeps on the phone is stale or damaged: it must not stop a login, and clearing it must heal.

  @C1
  Scenario Outline: Damaged storage does not stop the login
    Given Rini is a member
    And she has been logged in before
    And the fault <fault> is in force
    When she opens the app
    Then she is asked to log in
    And she can log in
    And the app has not crashed

    Examples:
      | fault                    |
      | preferences-corrupt      |
      | preferences-half-written |
      | preferences-empty        |
      | database-corrupt         |
      | database-half-written    |

  @C2
  Scenario Outline: A session whose key is lost does not stop the login
    Given Rini is a member
    And she has been logged in before
    And the fault <fault> is in force
    When she opens the app
    Then she is asked to log in
    And she can log in
    And the app has not crashed

    Examples:
      | fault       |
      | key-missing |
      | key-foreign |

  Scenario Outline: Each remedy heals damaged storage
    Given Rini is a member
    And she has been logged in before
    And the fault preferences-corrupt is in force
    And she has been asked to log in again
    When she <remedy>
    And she logs in
    Then she sees her card
    And she stays logged in

    Examples:
      | remedy                |
      | clears the app's data |
      | reinstalls the app    |

  @C3
  Scenario Outline: A session that the server has ended is told, once
    Given Rini is a member
    And she has been logged in before
    And the fault <fault> is in force
    When she opens the app
    Then the app says that <what>
    And nobody is logged in
    And her card was asked for once
    And once it is over she can log in

    Examples:
      | fault             | what                           |
      | session-expired   | her session has ended          |
      | session-elsewhere | her account is used elsewhere  |

  @C3
  Scenario: A new password that she has set on the website counts in the app
    Given Rini is a member
    And she has been logged in before
    And the fault session-ended-by-new-password is in force
    When she opens the app
    Then the app says that her session has ended
    And she can log in
