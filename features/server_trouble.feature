Feature: Server trouble
  Nothing is wrong with the member, her data or her phone: the app must not say so, and must not let anybody in.

  @R1
  Scenario Outline: A server in trouble is named as the cause
    Given Rini is a member
    And the fault <fault> is in force
    When she logs in
    Then the app says that the service is in trouble
    And exactly one login has reached the server
    And her number is still there
    And once it is over she can log in

    Examples:
      | fault                |
      | server-500           |
      | server-502           |
      | server-503           |
      | server-504           |

  @R3
  Scenario Outline: What is no answer never logs anybody in
    Given Rini is a member
    And the fault <fault> is in force
    When she logs in
    Then the app says that the service is in trouble
    And nobody is logged in
    And once it is over she can log in

    Examples:
      | fault                |
      | server-html          |
      | server-empty         |
      | server-malformed     |
      | server-foreign-json  |
      | server-wrong-type    |
      | server-redirect-http |

  @R3
  Scenario: An answer that ends in the middle never logs anybody in
    Given Rini is a member
    And the fault server-truncated is in force
    When she logs in
    Then the app says that the connection was lost
    And nobody is logged in
    And once it is over she can log in

  @R2
  Scenario Outline: A server that says when to come back is believed
    Given Rini is a member
    And the fault <fault> is in force
    When she logs in
    Then the app says that the service is in trouble
    And it names <seconds> seconds to wait
    And another try at once sends nothing

    Examples:
      | fault                  | seconds |
      | server-503-retry-after | 20      |
      | server-maintenance     | 1800    |

  @R2
  Scenario: Opening the app anew neither shortens an overloaded server's wait nor changes its reason
    Given Rini is a member
    And she has tried to log in under the fault server-maintenance
    When she opens the app anew
    And she logs in
    Then the app says that the service is in trouble
    And exactly one login has reached the server

  @S5
  Scenario Outline: A server that can't prove itself gets no password
    Given Rini is a member
    And the fault <fault> is in force
    When she logs in
    Then the app says that the connection is not safe
    And no login has reached the server
    And once it is over she can log in

    Examples:
      | fault                   |
      | certificate-wrong-host  |
      | certificate-self-signed |

  @S5 @K6
  Scenario Outline: A certificate that does not fit the phone's date names both as possible causes
    Given Rini is a member
    And the fault <fault> is in force
    When she logs in
    Then the app says that the phone's date may be wrong
    And no login has reached the server
    And once it is over she can log in

    Examples:
      | fault               |
      | certificate-expired |
      | clock-years-behind  |
      | clock-years-ahead   |

  @N8
  Scenario: A server in trouble is not asked again and again
    Given Rini is a member
    And she has been logged in before
    And the fault server-500 is in force
    When she opens the app
    Then the card is shown as it was last known
    And her card was asked for few times

  @X1
  Scenario Outline: The app opens whatever the server does
    Given Rini is a member
    And she has been logged in before
    And the fault <fault> is in force
    When she opens the app
    Then the card is shown as it was last known
    And the app has not crashed

    Examples:
      | fault               |
      | server-500          |
      | server-malformed    |
      | certificate-expired |
      | link-dropped-before |
