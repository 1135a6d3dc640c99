"""How the process that reads uploads ends, besides well."""

#: The exit status where its memory did not do.
OUT_OF_MEMORY = 71
#: The exit status where it found no room on the disk.
DISK_FULL = 72
