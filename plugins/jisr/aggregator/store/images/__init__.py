"""Pictures of posts: download and re-encoding."""
