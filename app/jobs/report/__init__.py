"""What is told of a job: how far it is, what happened, how long it will take."""
