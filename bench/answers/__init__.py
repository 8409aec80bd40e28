"""`make bench-answers`: what people ask of a town hall, and how well the question desk answers it.

The questions are our own. Each line: numbers of the services that answer it (none for a foreign question), a tab, the
question. All files are for tuning but `untouched-…`, where there are any: written by somebody else while the search is
tuned, kept closed until that is done, and measured once (ADR 1436). `final-…`, `last-…`, `later-…`, `unseen-…`,
`newest-…` and `further-…` were such files; no words were added for the last ones.
"""
