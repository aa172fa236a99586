# lint (en)
