"""What contributors run beside the guide itself: the live server, the bench, the finding of browsers, the link check."""
