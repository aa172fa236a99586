# run (en)
