# scaffold (id)
