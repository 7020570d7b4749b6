[
  (block)
  (axis)
] @fold
