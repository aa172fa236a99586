# lint (id)
