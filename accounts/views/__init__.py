"""Pages of people, invitations and organisations."""
