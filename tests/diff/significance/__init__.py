"""What changes weigh, and the known turns in them."""
