"""What leaves the site: text for assistants, data for programs, flash cards, a feed, a sitemap, and an edition for the disk."""
