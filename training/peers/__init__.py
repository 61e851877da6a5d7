"""What `emend bench engine` compares with: other runtimes on the same weights, each in a process of its own."""
