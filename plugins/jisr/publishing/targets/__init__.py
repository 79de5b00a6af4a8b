"""Where a site is published: a folder, rsync, rclone."""
