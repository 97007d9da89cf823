"""RFC 6962 §2.1 written down as it stands in the RFC: slow, over lists of entries, and independent of our code."""

from hashlib import sha256

from protocol.log import Hashes, Tree, leaf_hash

CT_ENTRIES = [
    bytes.fromhex(entry)
    for entry in ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
]
"""The entries of Certificate Transparency's reference tests."""

CT_ROOTS = [
    bytes.fromhex(root)
    for root in [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
]
"""The roots over the first 0 to 8 of them."""


def entries(count: int) -> list[bytes]:
    """Entries unlike each other."""
    return [b"entry %d" % number for number in range(count)]


def leaves(count: int) -> list[bytes]:
    """Their leaf hashes."""
    return [leaf_hash(entry) for entry in entries(count)]


def hashes_of(leaf_hashes: list[bytes]) -> Hashes:
    """All complete subtrees over these leaves, in memory."""
    held = {
        (run.level, run.first + at): value for run in Tree().grow(leaf_hashes)[1] for at, value in enumerate(run.hashes)
    }
    return lambda level, index: held[level, index]


def mth(data: list[bytes]) -> bytes:
    """MTH(D[n])."""
    if not data:
        return sha256(b"").digest()
    if len(data) == 1:
        return sha256(b"\x00" + data[0]).digest()
    k = _k(len(data))
    return sha256(b"\x01" + mth(data[:k]) + mth(data[k:])).digest()


def path(m: int, data: list[bytes]) -> tuple[bytes, ...]:
    """PATH(m, D[n])."""
    if len(data) == 1:
        return ()
    k = _k(len(data))
    if m < k:
        return (*path(m, data[:k]), mth(data[k:]))
    return (*path(m - k, data[k:]), mth(data[:k]))


def subproof(m: int, data: list[bytes], whole: bool = True) -> tuple[bytes, ...]:
    """SUBPROOF(m, D[n], b)."""
    if m == len(data):
        return () if whole else (mth(data),)
    k = _k(len(data))
    if m <= k:
        return (*subproof(m, data[:k], whole), mth(data[k:]))
    return (*subproof(m - k, data[k:], False), mth(data[:k]))


def _k(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k
