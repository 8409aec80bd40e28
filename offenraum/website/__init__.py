"""What the website of a conference says: pages, news, partners, pictures, questions, legal texts."""
