# engine (id)
