"""`make bench-answers`: what people ask of a town hall, and how well the question desk answers it.

The questions are our own. Each line: numbers of the services that answer it (none for a foreign question), a tab, the
question. `plain`, `typos`, `foreign` were written before the first measurement and `foreign-more` after it; they are
for tuning. `final-…` were written later and measured when tuning had ended. (At first every third line of the others
was kept for that; its figures were looked at three times while the refusal was made better, so it was used up.)
"""
