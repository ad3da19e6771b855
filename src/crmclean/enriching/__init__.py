"""From what a company directory says to what is written: who is asked about, what is filled, what is stale."""
