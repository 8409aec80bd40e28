"""`make bench-answers`: what people ask of a town hall, and how well the question desk answers it.

The questions are our own. Each line: numbers of the services that answer it (none for a foreign question), a tab, the
question. All files are for tuning but `unseen-…`, which was written by somebody else while the search was tuned, kept
closed until that was done, and measured once. `final-…`, `last-…` and `later-…` were such files before.
"""
