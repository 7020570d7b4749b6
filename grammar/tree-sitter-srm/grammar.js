/**
 * The `.srm` language for editors. `../srm.pest` decides the syntax; a test holds this grammar to it.
 *
 * Any statement may stand in any block: what belongs where is the compiler's to say.
 */
/// <reference types="tree-sitter-cli/dsl" />

const NAME = /[A-Za-z][A-Za-z0-9_-]*/;

const list = (item) => seq(item, repeat(seq(',', item)));
const block = ($) => field('block', $.block);
const tail = ($) => [optional($.string), optional($.when), optional($.because), optional($.until), optional(block($))];

module.exports = grammar({
  name: 'srm',

  word: ($) => $.name,
  extras: ($) => [/\s/, /\uFEFF/, $.comment],
  // Behind a comma that ends a list stands the next statement, which more words must tell.
  conflicts: ($) => [[$.targets], [$.except], [$.joins]],
  supertypes: ($) => [$.statement, $.condition],

  rules: {
    source_file: ($) => repeat($.statement),

    statement: ($) =>
      choice(
        $.use, $.party, $.axis, $.option, $.framework, $.model, $.area, $.duty, $.claim, $.table, $.raci,
        $.impossible, $.ensure, $.separate, $.allow, $.field, $.joins, $.part, $.row, $.footnote,
      ),
    block: ($) => seq('{', repeat($.statement), '}'),

    // Declarations
    use: ($) => seq('use', field('file', $.string), optional(seq('as', field('prefix', $.name)))),
    party: ($) => seq('party', field('name', $.name), optional($._title), optional(block($))),
    axis: ($) => seq('axis', field('name', $.name), optional($._title), '{', list($.value), optional(','), '}'),
    value: ($) => seq(field('name', $.name), optional($._title)),
    option: ($) => seq('option', field('name', $.name), optional($._title), optional(block($))),
    framework: ($) => seq('framework', field('name', $.name), optional($._title), block($)),
    model: ($) => seq('model', field('name', $.name), optional($._title), block($)),
    area: ($) => seq('area', field('name', $.name), optional($._title), block($)),
    duty: ($) => seq('duty', field('name', $.name), optional($._title), optional($.when), optional(block($))),
    _title: ($) => field('title', $.string),

    // Fields
    field: ($) =>
      prec.right(choice(
        seq('source', $.string, optional($.string)),
        seq(choice('note', 'evidence', 'cadence', 'catalog', 'version'), $.string),
        seq('meta', $.string, $.string),
        seq('meets', field('framework', $.path), $._strings),
        seq(choice('aka', 'ids'), $._strings),
        seq(choice('kind', 'status'), alias($.name, $.constant)),
        seq(choice('effective', 'reviewed'), $.date),
        seq('review', 'every', $.number, choice('day', 'days', 'week', 'weeks', 'month', 'months', 'year', 'years')),
      )),
    joins: ($) => seq('joins', list(alias($.path, $.party_name)), optional(',')),
    _strings: ($) => seq(list($.string), optional(',')),

    // Claims
    claim: ($) => prec.right(seq(optional('otherwise'), $._said, ...tail($))),
    _said: ($) => seq($._parties, field('verb', $.verb), $.targets),
    _parties: ($) => seq(field('party', choice(alias($.path, $.party_name), alias($._field_word, $.party_name))), repeat($._further_party)),
    // A party that bears the name of a field is a fault of names, not of syntax.
    _field_word: (_) =>
      choice(
        'source', 'note', 'evidence', 'cadence', 'meets', 'meta', 'kind', 'aka', 'joins', 'catalog', 'ids', 'version',
        'status', 'effective', 'reviewed', 'review',
      ),
    // Where a name behind a comma may be the last target of one claim or the first party of the next, it is a target.
    _further_party: ($) => prec.dynamic(-1, seq(',', field('party', alias($.path, $.party_name)))),
    verb: (_) =>
      choice(
        'owns', 'share', 'supports',
        seq(choice('is', 'are'), choice(seq('responsible', 'for'), seq('accountable', 'for'), seq('consulted', 'on'), seq('informed', 'of'))),
      ),
    targets: ($) => seq(list(alias($.path, $.duty_name)), optional(','), optional($.except)),
    except: ($) => seq('except', list(alias($.path, $.duty_name)), optional(',')),
    when: ($) => seq('when', $.condition),
    because: ($) => seq('because', $.string),
    until: ($) => seq('until', $.date),
    part: ($) => prec.right(seq(field('party', alias($.path, $.party_name)), $.string, optional(','))),

    // Conditions
    condition: ($) => choice($.or, $.and, $.not, $.test, $.parenthesized),
    or: ($) => prec.left(1, seq($.condition, 'or', $.condition)),
    and: ($) => prec.left(2, seq($.condition, 'and', $.condition)),
    not: ($) => prec(3, seq('not', $.condition)),
    parenthesized: ($) => seq('(', $.condition, ')'),
    test: ($) =>
      prec.right(seq(
        field('axis', alias($.path, $.axis_name)),
        optional(choice(seq(choice('=', '!=', '=='), $._value), seq('in', choice(seq('{', list($._value), optional(','), '}'), seq($._value, '..', $._value))))),
      )),
    _value: ($) => alias($.name, $.value_name),

    // Constraints
    impossible: ($) => seq('impossible', $.when, optional($.because), optional(block($))),
    ensure: ($) => prec.right(seq('ensure', choice($._said, seq($._parties, choice($.never, $.grows))), ...tail($))),
    never: ($) => seq('never', 'owns', $.targets),
    grows: ($) => seq('grows', 'along', field('axis', alias($.path, $.axis_name)), 'from', $._value, 'to', $._value),
    separate: ($) => seq('separate', $.targets, 'from', $.targets, optional($.when), optional($.because), optional(block($))),
    allow: ($) => seq('allow', alias($.name, $.constant), 'on', $.targets, optional($.when), $.because, optional($.until), optional(block($))),

    // Tables: a row ends with its line, so nothing is skipped within it
    table: ($) => seq('table', 'by', field('axis', alias($.path, $.axis_name)), optional($.when), block($)),
    raci: ($) => seq('raci', optional($.when), block($)),
    row: ($) => prec.right(seq('|', repeat1(seq(optional($.cell), alias(token.immediate('|'), '|'))), optional($._end_of_row))),
    cell: ($) =>
      repeat1(choice(
        alias(token.immediate(/[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z][A-Za-z0-9_-]*)*/), $.name),
        alias(token.immediate(/"(\\[^\n]|[^"\\\n])*"/), $.string),
        alias(token.immediate(/\[(\+|[A-Za-z0-9_-]+)\]/), $.mark),
        alias(token.immediate('n/a'), $.not_applicable),
        token.immediate('+'),
        token.immediate(/[ \t\r]+/),
        token.immediate(prec(1, /#[^|\n]*/)),
        token.immediate(prec(-1, /[^|"\n \t\r#]/)),
      )),
    _end_of_row: (_) => token.immediate(prec(2, /[ \t\r]*(#[^|\n]*)?\n/)),
    footnote: ($) => prec.right(seq($.mark, $._item, repeat(seq(optional(','), $._item)), optional(','))),
    _item: ($) => seq(optional(field('party', alias($.path, $.party_name))), $.string),
    mark: (_) => /\[(\+|[A-Za-z0-9_-]+)\]/,

    // Words
    path: ($) => seq($.name, repeat(seq(token.immediate('.'), alias(token.immediate(NAME), $.name)))),
    name: (_) => NAME,
    string: (_) => token(choice(seq('"""', /([^"]|"[^"]|""[^"])*/, '"""'), seq('"', /(\\[^\n]|[^"\\\n])*/, '"'))),
    date: (_) => /\d{4}-\d{2}-\d{2}/,
    number: (_) => /\d+/,
    comment: (_) => /#[^\n]*/,
  },
});
