"""The finder of overlapping work (C7), pure: words, names, passages, scores. Nothing here reads the database."""
