"""What an app talks to: the stub backend, the bad link, the interceptor, the website, test accounts."""
