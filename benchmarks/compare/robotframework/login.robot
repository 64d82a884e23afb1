*** Settings ***
Documentation       The scenario with Robot Framework and its AppiumLibrary.
Library             AppiumLibrary    timeout=10
Test Setup          Open The App
Test Teardown       Close Application


*** Test Cases ***
A Wrong Password Is Told, And The Right One Opens The Card
    Wait Until Element Is Visible    id=identifier
    Input Text    id=identifier    %{COMPARED_IDENTIFIER}
    Input Password    id=password    %{COMPARED_WRONG_PASSWORD}
    Click Element    id=submit
    Wait Until Element Is Visible    id=message
    ${said}    Get Text    id=message
    Should Match Regexp    ${said}    kata sandi.*salah
    Clear Text    id=password
    Input Password    id=password    %{COMPARED_PASSWORD}
    Click Element    id=submit
    Wait Until Element Is Visible    id=member_name
    Element Should Contain Text    id=member_name    %{COMPARED_NAME}


*** Keywords ***
Open The App
    ${capabilities}    Evaluate    json.loads(os.environ["COMPARED_CAPABILITIES"])    modules=json, os
    Open Application    %{COMPARED_APPIUM}    &{capabilities}
