# engine (en)
