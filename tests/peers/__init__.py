"""What strangers make of what we write: Go's own implementation of signed notes and tile logs. `make peers`."""
