; A model sees what its file declares; within it everything sees everything.
(source_file) @local.scope
(model) @local.scope

(party name: (name) @local.definition.type)
(axis name: (name) @local.definition.parameter)
(option name: (name) @local.definition.parameter)
(value name: (name) @local.definition.constant)
(framework name: (name) @local.definition.namespace)
(area name: (name) @local.definition.namespace)
(duty name: (name) @local.definition.function)

(party_name (name) @local.reference)
(duty_name (name) @local.reference)
(axis_name (name) @local.reference)
(value_name) @local.reference
(row (cell (name) @local.reference))
