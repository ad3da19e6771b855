"""What a column holds: header words, CRM dialects, the other columns and the values, weighed in this order."""
