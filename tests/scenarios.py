"""Single scenarios that tests run, by name: lines move as features are written."""

BLOCKED = "features/blocked_account.feature::Repeated failures block the account"
LOGIN = "features/login.feature::A member logs in and sees her card"
NO_CONNECTION = "features/no_network.feature::Without a way to the server the app says that the connection is missing"
PASSWORD_HIDDEN = "features/form.feature::The password is hidden until she asks to see it"
SAME_ANSWER = "features/wrong_data.feature::A wrong password and an unknown number get the same answer"
WIFI_LEADS_NOWHERE = "features/no_network.feature::WiFi that leads nowhere is no connection"
WRONG_DATA_TOLD = "features/wrong_data.feature::The app says that the data is wrong, and keeps the number"
