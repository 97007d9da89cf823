"""The codes of bodies in words: English here; other languages are catalogues of whoever shows them. Pure."""
