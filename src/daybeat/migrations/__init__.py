"""The history of the tables. The same steps run on every engine."""
