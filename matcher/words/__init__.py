"""Every sentence that people read, Chinese and English, in one place a subject."""
