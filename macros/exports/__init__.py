"""What leaves the site: text for assistants, data for programs, a feed, a sitemap, and an edition for the disk."""
