retrn 3
