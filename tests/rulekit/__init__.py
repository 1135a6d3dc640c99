"""What the tests of screening rules, plan rules and score terms share: cases in YAML and the ways to read them."""
