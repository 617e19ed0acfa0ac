/**
 * The journey language: a file is nothing but statements, `keyword value… { statements }`, one a line,
 * and arrows for paths. The grammar knows no keyword; compiler/schema/schema.def does. It accepts almost
 * every line, so that one that is wrong breaks only itself and gets its message from the schema.
 */

// Whatever is no space, quote, bracket, operator or punctuation may stand in a name, in any script.
const LETTER = 'A-Za-z_\u00AA\u00B2\u00B3\u00B5\u00B9\u00BA\u00BC-\u00BE\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u1FFF\u200C\u200D' +
  '\u2070-\u209F\u20D0-\u218F\u2300-\u2BFF\u2C00-\u2DFF\u3003-\u3007\u3021-\uD7FF\uE000-\uFDFF\uFE00-\uFE0F\uFE70-\uFEFE\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\uFF66-\uFFEF\u{10000}-\u{10FFFF}';
const NAME = `[${LETTER}0-9]([${LETTER}0-9]|[-.'\u00B7\u2019][${LETTER}0-9])*`;
const DIGITS = '[0-9]+(\\.[0-9]+)?';
const SIGN = '[+\\-\u2212]?';

module.exports = grammar({
  name: 'journey',

  extras: $ => [/[ \t\f\u00A0\u3000\uFEFF]+/, $.comment, $.doc_comment],

  inline: $ => [$._member, $._value],

  rules: {
    source_file: $ => seq(
      repeat(choice(seq($._member, $._newline), $._newline, seq($.unmatched, optional($._newline)))),
      optional($._member),
    ),

    _member: $ => choice($.statement, $.arrow, $.broken),

    statement: $ => seq(
      field('keyword', alias($.name, $.keyword)),
      repeat($._value),
      optional(field('block', $.block)),
    ),

    arrow: $ => seq(
      field('from', $.name),
      repeat1(seq('->', field('to', $.name))),
      repeat($._value),
      optional(field('block', $.block)),
    ),

    // A line that starts with no keyword: kept whole, so that the lines around it stay what they are.
    broken: $ => seq(
      choice($._literal, ',', '->', $.block),
      repeat(choice($._value, '->')),
      optional($.block),
    ),

    block: $ => seq(
      '{',
      repeat(choice(seq($._member, $._newline), $._newline)),
      optional($._member),
      '}',
    ),

    unmatched: _ => '}',

    _value: $ => choice($.name, $._literal, ','),

    _literal: $ => choice(
      $.string, $.unclosed_string, $.text_block,
      $.number, $.percent, $.duration, $.money, $.date, $.range, $.colour,
      $.operator, $.stray,
    ),

    name: _ => token(new RegExp(NAME, 'u')),

    string: _ => token(choice(
      /"([^"\\\r\n]|\\[^\r\n])*"/,
      /\u201C[^\u201D\r\n]*\u201D/,
    )),
    unclosed_string: _ => token(choice(
      /"([^"\\\r\n]|\\[^\r\n])*\\?/,
      /\u201C[^\u201D\r\n]*/,
    )),
    text_block: $ => seq(
      '"""',
      optional(field('content', alias(token.immediate(/([^"\\]|\\[^\x00]|"[^"]|""[^"])+/), $.text_content))),
      token.immediate('"""'),
    ),

    number: _ => token(prec(2, new RegExp(`${SIGN}${DIGITS}`))),
    percent: _ => token(prec(2, new RegExp(`${SIGN}${DIGITS}[ \\t]?%`))),
    duration: _ => token(prec(2, new RegExp(`(${DIGITS}(s|min|h|d|w|mo|y))+`))),
    money: _ => token(prec(2, choice(
      new RegExp(`${SIGN}[\u20A0-\u20CF$\u00A3\u00A5]${DIGITS}[kKmM]?`),
      new RegExp(`${SIGN}${DIGITS}[kKmM]?([\u20A0-\u20CF$\u00A3\u00A5]|[A-Z][A-Z][A-Z])`),
    ))),
    date: _ => token(prec(3, /[0-9]{4}-[0-9]{2}-[0-9]{2}/)),
    range: _ => token(prec(2, new RegExp(`${SIGN}${DIGITS}\\.\\.${SIGN}${DIGITS}`))),
    colour: _ => token(prec(2, /#[0-9A-Fa-f]{3,8}/)),
    operator: _ => token(choice('>=', '<=', '>', '<', '=', '!=', '\u2265', '\u2264')),

    // Any other character: the schema's message says what to write instead.
    stray: _ => token(prec(-1, /[^\s{}",]/)),

    comment: _ => token(prec(1, choice(/\/\/([^\/\r\n][^\r\n]*)?/, /\/\/\/\/[^\r\n]*/))),
    doc_comment: _ => token(prec(1, /\/\/\/([^\/\r\n][^\r\n]*)?/)),

    _newline: _ => token(/(\r\n?|\n)([ \t\f]*(\r\n?|\n))*/),
  },
});
