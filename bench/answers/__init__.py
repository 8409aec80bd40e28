"""`make bench-answers`: what people ask of a town hall, and how well the question desk answers it.

The questions are our own; they were written before the first measurement. Each line: numbers of the services that
answer it (none for a foreign question), a tab, the question. Every third line is kept for the final figure.
"""
