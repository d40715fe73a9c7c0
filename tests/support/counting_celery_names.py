"""Names of the counting Celery, for those who must not start one by importing it."""

MODULE = "tests.support.counting_celery"
COUNT = "test.count"
