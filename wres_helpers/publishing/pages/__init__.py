"""An executed notebook as a page: the same blocks as HTML and as tagged PDF."""
