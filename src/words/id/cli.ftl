# cli (id)
