throw new RangeError('as it runs');
