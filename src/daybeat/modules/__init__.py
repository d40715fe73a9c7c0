"""The product, one folder per noun. A module never imports another one; they meet by events."""
