"""What changed between two tables: records paired, columns paired, cells compared, mass updates named."""
