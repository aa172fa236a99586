# scaffold (en)
