# run (id)
