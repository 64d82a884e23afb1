Feature: Broken state
  What the app keeps on the phone is stale or damaged: it must not stop a login, and clearing it must heal.

  Background:
    Given Rini is a member

  @C1
  Scenario Outline: Damaged storage does not stop the login
    Given she has been logged in before
    And the fault <fault> is in force
    When she opens the app
    Then she is asked to log in
    When she logs in
    Then she sees her card
    And the app has not crashed

    Examples:
      | fault                    | what goes wrong                                                                                       |
      | preferences-corrupt      | The app's preferences hold garbage.                                                                   |
      | preferences-half-written | The app's preferences end in the middle, as after a battery that ran out.                             |
      | preferences-empty        | The app's preferences are an empty file.                                                              |
      | database-corrupt         | The app's database holds garbage.                                                                     |
      | database-half-written    | The app's database ends in the middle.                                                                |
      | storage-unusable         | A folder with something in it stands in the place of the app's database: it can't be used or removed. |

  @C1
  Scenario: A dirty cache does no harm
    Given she has been logged in before
    And the fault cache-dirty is in force
    When she opens the app
    Then she sees her card
    And the app has put right what was damaged

  @C2
  Scenario Outline: A session whose key is lost does not stop the login
    Given she has been logged in before
    And the fault <fault> is in force
    When she opens the app
    Then she is asked to log in
    When she logs in
    Then she sees her card
    And the app has not crashed

    Examples:
      | fault       | what goes wrong                                                                      |
      | key-missing | The key that the stored session was sealed with is gone, as after a restored backup. |
      | key-foreign | The key is not the one that the stored session was sealed with.                      |

  @C2
  Scenario: A session that a backup has brought back from an older version, and that has ended, does not stop the login
    Given she has been logged in with the previous version
    And the fault storage-restored is in force
    And the fault session-expired is in force
    When she opens the app
    Then she is asked to log in
    When she logs in
    Then she sees her card
    And the app is newer than before
    And the app has not crashed

  @C2
  Scenario: What a backup has brought back from an older version without a session does not stop the login
    Given she has been logged in with the previous version, and has logged out
    And the fault storage-restored is in force
    When she opens the app
    Then she is asked to log in
    When she logs in
    Then she sees her card
    And the app is newer than before
    And the app has not crashed

  @K5
  Scenario: Clearing the cache costs no session
    Given she has been logged in before
    When she clears the app's cache
    And she opens the app
    Then she sees her card

  @K5
  Scenario Outline: What clearing the cache can't heal, the next remedy does
    Given she has been logged in before
    And the fault <fault> is in force
    And she has cleared the app's cache and is still asked to log in
    When she <remedy>
    And she logs in
    Then she sees her card
    When she restarts the app
    Then she sees her card

    Examples:
      | fault               | remedy                | what goes wrong                                                                                       |
      | preferences-corrupt | clears the app's data | The app's preferences hold garbage.                                                                   |
      | preferences-corrupt | reinstalls the app    | The app's preferences hold garbage.                                                                   |
      | storage-unusable    | clears the app's data | A folder with something in it stands in the place of the app's database: it can't be used or removed. |
      | storage-unusable    | reinstalls the app    | A folder with something in it stands in the place of the app's database: it can't be used or removed. |

  @K5
  Scenario Outline: A login that can't be kept works, and says what helps
    Given the fault <fault> is in force
    When she logs in
    Then she sees her card
    And her card says that <what>
    And the app has not crashed

    Examples:
      | fault        | what                        | what goes wrong              |
      | storage-full | the phone's storage is full | The phone's storage is full. |

  @K5
  Scenario: The app says what helps when its storage can't be used
    Given she has been logged in before
    And the fault storage-unusable is in force
    When she opens the app
    And she logs in
    Then she sees her card
    And her card says that the app's data has to be cleared

  @C3
  Scenario Outline: The app says once that the server has ended the session
    Given she has been logged in before
    And the fault <fault> is in force
    When she opens the app
    Then the app says that <what>
    And nobody is logged in
    And her card was asked for once
    When the trouble is over and she logs in again
    Then she sees her card

    Examples:
      | fault             | what                          | what goes wrong                                                                  |
      | session-expired   | her session has ended         | The service has let the app's session expire.                                    |
      | session-elsewhere | her account is used elsewhere | The member has logged in on another device, which ended the session on this one. |

  @C3
  Scenario: The app says once that an update has ended the session
    Given she has been logged in with the previous version
    And the fault session-ended-by-update is in force
    When she updates the app
    Then the app says that her session has ended
    And nobody is logged in
    When the trouble is over and she logs in again
    Then she sees her card

  @C3
  Scenario: A new password that she has set on the website counts in the app
    Given she has been logged in before
    And the fault session-ended-by-new-password is in force
    When she opens the app
    Then the app says that her session has ended
    When she logs in
    Then she sees her card
