"""One module a kind of endpoint, each loaded only when a setting names it."""
