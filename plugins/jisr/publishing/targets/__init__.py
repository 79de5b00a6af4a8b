"""Targets of publishing: a folder, rsync, rclone."""
