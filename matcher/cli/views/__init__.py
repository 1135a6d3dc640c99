"""What the commands show: tables and sentences on the screen, made from data alone."""
