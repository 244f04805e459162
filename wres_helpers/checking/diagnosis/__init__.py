"""What probably happened: explanations of a contradiction, said as possibilities."""
