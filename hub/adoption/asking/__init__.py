"""The question box of the dashboard: from a question in German or English to an entry of the closed menu.

It never makes a number: it names a report and a cut, and the answer is what that report says by itself.
"""
