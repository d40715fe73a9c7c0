"""The accounting run over separate services: everything is killed and disturbed, and every answer is accounted for."""
