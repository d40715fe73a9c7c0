"""The accounting run over the path of activity events: collectors, recorders, RabbitMQ and MariaDB are killed."""
