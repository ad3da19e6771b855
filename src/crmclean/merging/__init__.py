"""Golden records: which value of a cluster survives, what becomes of the others, and which clusters are refused."""
