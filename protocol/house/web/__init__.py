"""The frame of the pages, and the pages of accounts, people and the trail."""
