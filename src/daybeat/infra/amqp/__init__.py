"""RabbitMQ: what is published is confirmed, what is consumed is acknowledged after the commit."""
