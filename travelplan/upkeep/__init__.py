"""What should change in a list of destinations, and how a person's decision gets into it."""
