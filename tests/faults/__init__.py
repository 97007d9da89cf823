"""What must hold when things go wrong: crashes at every durable step, frozen leaders, full disks, lost packets."""
