"""Open data as files: tables, packages, catalogues."""
