[
  (block)
  (axis)
] @indent.begin

"}" @indent.end @indent.branch
