"""The demo company: the same every time it is loaded on the same day, and the same cast as in the tests."""
