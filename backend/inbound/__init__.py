"""The one way in: whatever somebody else sends us, by their own identifier, is processed once."""
