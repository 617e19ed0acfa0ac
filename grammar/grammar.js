/**
 * The journey language: a file is nothing but statements, `keyword value… { statements }`, one a line,
 * and arrows for paths. The grammar knows no keyword; compiler/schema/schema.def does. It accepts almost
 * every line, so that one that is wrong breaks only itself and gets its message from the schema.
 *
 * Generate with `tree-sitter generate --abi 14`, and commit src/.
 */

// Whatever is no space, quote, bracket, operator or punctuation may stand in a name, in any script.
const LETTER = [
  'A-Za-z_\u00AA\u00B2\u00B3\u00B5\u00B9\u00BA\u00BC-\u00BE\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u1FFF',
  '\u200C\u200D\u2070-\u209F\u20D0-\u218F\u2300-\u2BFF\u2C00-\u2DFF\u2E2F\u3003-\u3007\u3021-\uD7FF',
  '\uE000-\uFDFF\uFE00-\uFE0F\uFE20-\uFE2F\uFE70-\uFEFE\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\uFF66-\uFFEF\u{10000}-\u{10FFFF}',
].join('');
// Written out as well, since the generator drops the long s and the Kelvin sign from every class.
const DROPPED = '\u017F\u212A';
const oneOf = chars => `(${[`[${chars}]`, ...DROPPED].join('|')})`;
const anyBut = chars => oneOf(`^${chars}`);

const NAME = `${oneOf(LETTER + '0-9')}([-.'\u00B7\u2019]?${oneOf(LETTER + '0-9')})*`;
const DIGITS = '[0-9]+(\\.[0-9]+)?';
const SIGN = '[+\\-\u2212]?';
const CURRENCY = '[\u20A0-\u20CF$\u00A3\u00A5]';
const NEWLINE = '(\\r\\n?|\\n)';
const TO_LINE_END = `${anyBut('\\r\\n')}*`;
const IN_QUOTES = `(${anyBut('"\\\\\\r\\n')}|\\\\${anyBut('\\r\\n')})*`;

// One character inside """ … """: an escape, or up to two quotes with something else behind them.
const SPACE = ' \\t\\f\\v';
// Spaces of every script, byte order marks, and the marks that steer the direction of writing.
const WIDER_SPACE = '\u0085\u00A0\u2000-\u200B\u200E\u200F\u2028-\u202F\u205F-\u2069\u3000\uFEFF';
const TEXT = `("{0,2}(${anyBut('"\\\\\\r\\n')}|\\\\${anyBut('\\r\\n')}))`;
const TEXT_START = `(${anyBut(`"\\\\\\r\\n${SPACE}`)}|"{1,2}${anyBut('"\\\\\\r\\n')}|"{0,2}\\\\${anyBut('\\r\\n')})`;

module.exports = grammar({
  name: 'journey',

  extras: $ => [new RegExp(`[${SPACE}${WIDER_SPACE}]+`), $.comment, $.doc_comment],

  inline: $ => [$._member, $._value, $._values],

  rules: {
    source_file: $ => repeat(choice($._member, $._newline, $.unmatched)),

    // All three reach as far as they can: a line's end or a block's, whichever comes first, ends them.
    _member: $ => choice($.statement, $.arrow, $.broken),

    statement: $ => prec.right(seq(
      field('keyword', alias($.name, $.keyword)),
      optional($._values),
      optional(field('block', $.block)),
    )),

    // A half-typed arrow has no `to` behind its last `->`.
    arrow: $ => prec.right(seq(
      field('from', $.name),
      repeat1($._leg),
      optional($._values),
      optional(field('block', $.block)),
    )),

    _leg: $ => prec.right(1, seq(alias($._arrow, '->'), optional(field('to', $.name)))),

    // A line that starts with no keyword: kept whole, so that the lines around it stay what they are.
    broken: $ => prec.right(choice(
      seq(choice($._literal, ',', alias($._arrow, $.stray)), optional($._values), optional($.block)),
      $.block,
    )),

    // Only the end of the file leaves a block without its `}`.
    block: $ => prec.right(seq('{', repeat(choice($._member, $._newline)), optional('}'))),

    unmatched: _ => '}',

    _values: $ => prec.right(seq($._value, repeat(choice($._value, alias($._arrow, $.stray))))),

    _value: $ => choice($._literal, $.name, ','),

    _literal: $ => choice(
      $.string, $.unclosed_string, $.text_block,
      $.date, $.time, $.duration, $.money, $.percent, $.range, $.number, $.colour,
      $.operator, $.stray,
    ),

    // The longest match wins (`24h-support` is a name); of two that are as long, the one that stands first here.
    date: _ => token(/[0-9]{4}-[0-9]{2}-[0-9]{2}/),
    time: _ => token(/[0-9]{1,2}:[0-9]{2}/),
    duration: _ => token(new RegExp(`(${DIGITS}(s|min|h|d|w|mo|y))+`)),
    money: _ => token(choice(
      new RegExp(`${SIGN}${CURRENCY}${DIGITS}[kKmM]?`),
      new RegExp(`${SIGN}${DIGITS}[kKmM]?(${CURRENCY}|[A-Z][A-Z][A-Z])`),
    )),
    percent: _ => token(new RegExp(`${SIGN}${DIGITS}[ \\t]?%`)),
    range: _ => token(new RegExp(`${SIGN}${DIGITS}\\.\\.${SIGN}${DIGITS}`)),
    number: _ => token(new RegExp(`${SIGN}${DIGITS}`)),
    colour: _ => token(/#[0-9A-Fa-f]{3,8}/),
    name: _ => token(new RegExp(NAME, 'u')),

    string: _ => token(choice(
      new RegExp(`"${IN_QUOTES}"`),
      new RegExp(`\u201C${anyBut('\u201D\\r\\n')}*\u201D`),
      new RegExp(`\u201E${anyBut('\u201C\u201D\\r\\n')}*[\u201C\u201D]`),
      new RegExp(`\u00AB${anyBut('\u00BB\\r\\n')}*\u00BB`),
    )),
    // Stops at a brace, so that the block that the line opens is kept.
    unclosed_string: _ => token(choice(
      new RegExp(`"(${anyBut('"\\\\\\r\\n{}')}|\\\\${anyBut('\\r\\n')})*\\\\?`),
      new RegExp(`[\u201C\u201E\u00AB]${anyBut('\u201C\u201D\u00BB\\r\\n{}')}*`),
    )),

    // Its lines stand without their indentation, so that an editor can read them as Markdown. Only the
    // end of the file leaves it open, with a MISSING end: were the end optional, an edit could reuse stale tokens.
    text_block: $ => seq('"""', repeat($.text_line), alias($._text_end, '"""')),
    // Up to two quotes in front of the three belong to the text.

    _text_end: _ => token(/"{3,5}/),

    text_line: _ => token(prec(5, choice(
      new RegExp(`${TEXT_START}${TEXT}*(("{1,2}|\\\\)?${NEWLINE})?`),
      new RegExp(`("{1,2}|\\\\)?${NEWLINE}`),
    ))),

    _arrow: _ => token(choice('->', '\u2192')),

    operator: _ => token(choice('>=', '<=', '>', '<', '=', '!=', '\u2265', '\u2264')),

    // Any other character: the schema's message says what to write instead. None that is a space, or the token behind
    // it would begin with that.
    stray: _ => token(prec(-1, new RegExp(anyBut(`\\r\\n${SPACE}${WIDER_SPACE}{}",`)))),

    comment: _ => token(prec(1, new RegExp(`//(//${TO_LINE_END}|${anyBut('/\\r\\n')}${TO_LINE_END})?`))),
    doc_comment: _ => token(prec(1, new RegExp(`///(${anyBut('/\\r\\n')}${TO_LINE_END})?`))),

    _newline: _ => token(/(\r\n?|\n)([ \t\f]*(\r\n?|\n))*/),
  },
});
