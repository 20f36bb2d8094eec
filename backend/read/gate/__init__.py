"""The debt gate as a question: blocked or clear, never late."""
