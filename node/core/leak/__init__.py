"""The leak check: what of a composed warning could give away who reported. Pure.

Source: promise 2, DESIGN §4 and §5, PEOPLE 1.6, 1.7, 4.13, FINDINGS (Redaction).
"""
