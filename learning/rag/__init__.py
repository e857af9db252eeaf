"""The retrieval engine: reading files, cutting passages, finding and answering, measuring.

It has no models and asks no database: rows come in as arguments, and whoever may read them is the
caller's business (`Reread`).
"""
