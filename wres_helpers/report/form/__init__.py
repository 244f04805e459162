"""What stands on a page, whatever it says: numbers as they are written, blocks, and the drawing board."""
