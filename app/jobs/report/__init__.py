"""What is told of a lecture: how far it is, what happened, how long it will take."""
