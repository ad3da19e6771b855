"""The figures of a report: what a record can be used for, how old what it says is, how right clusters are."""
