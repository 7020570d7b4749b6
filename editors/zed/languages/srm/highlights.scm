; Declarations and constraints
[
  "use" "as" "party" "axis" "option" "framework" "model" "area" "duty" "table" "by" "raci"
  "impossible" "ensure" "separate" "from" "allow" "on" "to" "along"
] @keyword

; What claims say
(verb) @keyword.operator
[ "otherwise" "never" "owns" "grows" "except" "because" "until" ] @keyword
"when" @keyword.conditional
[ "and" "or" "not" "in" ] @keyword.operator

; Fields
[
  "source" "note" "evidence" "cadence" "catalog" "version" "meta" "meets" "aka" "ids" "kind" "status"
  "effective" "reviewed" "review" "every" "joins"
  "day" "days" "week" "weeks" "month" "months" "year" "years"
] @property

; Names
(party name: (name) @type)
(party_name) @type
((party_name) @constant.builtin (#eq? @constant.builtin "nobody"))
(duty name: (name) @function)
(duty_name) @function
((duty_name) @constant.builtin (#eq? @constant.builtin "all"))
(area name: (name) @module)
(model name: (name) @module)
(framework name: (name) @module)
(field framework: (path) @module)
(axis name: (name) @variable.parameter)
(option name: (name) @variable.parameter)
(axis_name) @variable.parameter
(value name: (name) @constant)
(value_name) @constant
(constant) @constant
(use prefix: (name) @module)

; Tables
(row (cell (name) @type))
(row . "|" . (cell (name) @function))
(not_applicable) @constant.builtin
(mark) @label

; Leaves
(string) @string
(date) @number
(number) @number
(comment) @comment
[ "=" "!=" ".." "+" ] @operator
[ "{" "}" "(" ")" ] @punctuation.bracket
[ "," "|" "." ] @punctuation.delimiter
