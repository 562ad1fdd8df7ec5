"""What an edition is made of, and putting it on disk whole or not at all; adopt; build record."""
