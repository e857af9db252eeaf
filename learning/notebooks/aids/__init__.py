"""What is made of a notebook, one module an aid; adding one is that module and one line in `kinds.py`."""
