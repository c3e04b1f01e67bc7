"""Network and formats: fetching feeds and pages politely, reading them into articles.

Pure but for `http.py`: parsing and page reading run in worker processes.
"""
