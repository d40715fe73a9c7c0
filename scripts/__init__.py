"""Programs around the code: building the page, writing generated docs."""
