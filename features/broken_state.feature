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
      | storage-unusable         |

  @C1
  Scenario: A dirty cache does no harm
    Given Rini is a member
    And she has been logged in before
    And the fault cache-dirty is in force
    When she opens the app
    Then she sees her card
    And the app has put right what was damaged

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

  @C2
  Scenario: What a backup has brought back from an older version does not stop the login
    Given Rini is a member
    And she has been logged in with the previous version
    And the fault storage-restored is in force
    When she opens the app
    Then she can log in, unless she still is
    And the app is newer than before
    And the app has not crashed

  @K5
  Scenario: Clearing the cache costs no session
    Given Rini is a member
    And she has been logged in before
    When she clears the app's cache
    And she opens the app
    Then she sees her card

  @K5
  Scenario Outline: What clearing the cache can't heal, the next remedy does
    Given Rini is a member
    And she has been logged in before
    And the fault <fault> is in force
    And she has cleared the app's cache in vain
    When she <remedy>
    And she logs in
    Then she sees her card
    And she stays logged in

    Examples:
      | fault               | remedy                |
      | preferences-corrupt | clears the app's data |
      | preferences-corrupt | reinstalls the app    |
      | storage-unusable    | clears the app's data |
      | storage-unusable    | reinstalls the app    |

  @K5
  Scenario Outline: A login that can't be kept works, and says what helps
    Given Rini is a member
    And the fault <fault> is in force
    When she logs in
    Then she sees her card
    And her card says that <what>
    And the app has not crashed

    Examples:
      | fault        | what                        |
      | storage-full | the phone's storage is full |

  @K5
  Scenario: Storage that can't be used is told with its remedy
    Given Rini is a member
    And she has been logged in before
    And the fault storage-unusable is in force
    When she opens the app
    Then she can log in
    And her card says that the app's data has to be cleared

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
  Scenario: An update that ends the session is told, once
    Given Rini is a member
    And she has been logged in with the previous version
    And the fault session-ended-by-update is in force
    When she updates the app
    Then the app says that her session has ended
    And nobody is logged in
    And once it is over she can log in

  @C3
  Scenario: A new password that she has set on the website counts in the app
    Given Rini is a member
    And she has been logged in before
    And the fault session-ended-by-new-password is in force
    When she opens the app
    Then the app says that her session has ended
    And she can log in
