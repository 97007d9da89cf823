"""Makes a node: its keys, its first epoch key, its database. Nothing that exists is overwritten."""

from datetime import datetime

from node.actions.case_desk import open_case_desk
from node.actions.rewrap_keys import rewrap_keys
from node.config import NodeConfig
from node.key_files import make_keys
from node.store.epoch_keys import make_epoch
from node.store.schema import create_database


def set_up_node(config: NodeConfig, now: datetime) -> None:
    """Makes all of it.

    The first look at the keys at rest notes when the epoch key was made, so that its week begins now.
    A crash part-way leaves files behind that a second call refuses to overwrite: remove them, nothing was stored yet.

    Raises:
        Misconfigured: there are keys or a database already.
    """
    make_keys(config.keys_dir)
    make_epoch(config.epoch_dir)
    store = create_database(config.database)
    rewrap_keys(open_case_desk(config, store), now=now)
    store.close()
