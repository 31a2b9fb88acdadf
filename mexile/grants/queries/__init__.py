"""What is read of grants, and how services are counted for them."""
