"""The content of the schema: one file a sheet, each column with its headers and its help."""
