"""`make bench-answers`: what people ask of a town hall, and how well the question desk answers it.

The questions are our own. Each line: numbers of the services that answer it (none for a foreign question), a tab, the
question. `plain`, `typos`, `foreign` and `foreign-more` are for tuning; among them are those that were kept for a
final figure twice, until it was known and they were used to become better. `final-…` were written after the last change
of the search and measured once.
"""
