"""The figures of a report: what a record can be used for, and how old what it says is."""
