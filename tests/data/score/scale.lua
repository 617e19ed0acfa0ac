error('there is nothing to weigh on this scale')
