Feature: Server trouble
  Nothing is wrong with the member, her data or her phone: the app must not say so, and must not let anybody in.

  Background:
    Given Rini is a member

  @R1
  Scenario Outline: A server in trouble is named as the cause
    Given the fault <fault> is in force
    When she logs in
    Then the app says that the service is in trouble
    And exactly one login has reached the server
    And her number is still there
    When the trouble is over and she logs in again
    Then she sees her card

    Examples:
      | fault      | what goes wrong                                        |
      | server-500 | The service answers 500 with a stack trace.            |
      | server-502 | The gateway answers 502 with a page of HTML.           |
      | server-503 | The service answers 503 and does not say for how long. |
      | server-504 | The gateway answers 504.                               |

  @R3
  Scenario Outline: A malformed success never logs anybody in
    Given the fault <fault> is in force
    When she logs in
    Then the app says that the service is in trouble
    And nobody is logged in
    When the trouble is over and she logs in again
    Then she sees her card

    Examples:
      | fault                | what goes wrong                                                    |
      | server-html          | The service answers 200 with a page of HTML.                       |
      | server-empty         | The service answers 200 with nothing.                              |
      | server-malformed     | The service answers 200 with broken JSON.                          |
      | server-foreign-json  | The service answers 200 with JSON that holds nothing of a login.   |
      | server-wrong-type    | The service answers 200 with bytes that call themselves a picture. |
      | server-redirect-http | The service redirects to plain http.                               |

  @R3
  Scenario: An answer that ends in the middle never logs anybody in
    Given the fault server-truncated is in force
    When she logs in
    Then the app says that the connection was lost
    And nobody is logged in
    When the trouble is over and she logs in again
    Then she sees her card

  @R2
  Scenario Outline: The app keeps the wait of a server that says when to come back
    Given the fault <fault> is in force
    When she logs in
    Then the app says that the service is in trouble
    And it names about <seconds> seconds to wait
    When she tries again at once
    Then no further login is sent

    Examples:
      | fault                  | seconds | what goes wrong                                                                  |
      | server-503-retry-after | 20      | The service answers 503 and asks to come back in 20 seconds.                     |
      | server-maintenance     | 1800    | The service is under maintenance: 503, a page of HTML, and half an hour to wait. |

  @R2
  Scenario: Restarting the app neither shortens an overloaded server's wait nor changes its reason
    Given she has tried to log in under the fault server-maintenance
    When she restarts the app
    And she logs in
    Then the app says that the service is in trouble
    And exactly one login has reached the server

  @S5
  Scenario Outline: A server that can't prove itself gets no password
    Given the fault <fault> is in force
    When she logs in
    Then the app says that the connection is not safe
    And no login has reached the server
    When the trouble is over and she logs in again
    Then she sees her card

    Examples:
      | fault                   | what goes wrong                                                    |
      | certificate-wrong-host  | The service's certificate is for another name.                     |
      | certificate-self-signed | The service's certificate is signed by nobody whom the app trusts. |

  @S5 @K6
  Scenario Outline: A certificate that does not fit the phone's date names both as possible causes
    Given the fault <fault> is in force
    When she logs in
    Then the app says that the phone's date may be wrong
    And no login has reached the server
    When the trouble is over and she logs in again
    Then she sees her card

    Examples:
      | fault               | what goes wrong                                                                    |
      | certificate-expired | The service's certificate has expired.                                             |
      | clock-years-behind  | The phone's clock is six years behind, as after a battery that was empty for long. |
      | clock-years-ahead   | The phone's clock is six years ahead.                                              |

  @N8
  Scenario: A server in trouble is not asked again and again
    Given she has been logged in before
    And the fault server-500 is in force
    When she opens the app
    Then the card is shown as it was last known
    And her card was asked for few times

  @X1
  Scenario Outline: The app opens whatever the server does
    Given she has been logged in before
    And the fault <fault> is in force
    When she opens the app
    Then the card is shown as it was last known
    And the app has not crashed

    Examples:
      | fault               | what goes wrong                                          |
      | server-500          | The service answers 500 with a stack trace.              |
      | server-malformed    | The service answers 200 with broken JSON.                |
      | certificate-expired | The service's certificate has expired.                   |
      | link-dropped-before | Each connection is dropped before a request can be sent. |
