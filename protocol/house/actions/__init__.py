"""What people do with accounts and the trail: one verb a module, one transaction each."""
