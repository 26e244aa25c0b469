import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sensitiveVariables, variableValues } from '../../../src/providers/properties/terraform-variables.ts'

/** Which variables a template of Terraform marks sensitive, in every way in which HCL and JSON can be written. */

const blank = fc.constantFrom(' ', '\t', '   ', ' /* } */ ', '/* "x" */', ' /* { # */ ')
const lineEnd = fc.constantFrom(
  '\n',
  '\r\n',
  ' # } comment\n',
  ' // sensitive = false }\n',
  '\n\n  \n',
  ' # "\n',
)
const label = fc.constantFrom('"pin"', 'pin')
const truth = fc.constantFrom(
  ...[
    'true',
    '"true"',
    '(true)',
    '((true))',
    '!false',
    '"${true}"',
    'tobool("true")',
    '1 == 1',
    'true // yes',
  ],
  ...['false || true', 'true ? true : false', 'local.yes', 'alltrue([true])'],
)
const key = fc.constantFrom('sensitive', 'ephemeral')
const sign = fc.constantFrom('=', ' = ', '=\t', '               =               ', ' /* } */ = ')
const other = fc.constantFrom(
  'type = string',
  'type = object({ name = string, list = optional(list(string), []) })',
  'description = "closes with } and opens with { and \\" ${upper("}")} $${no}"',
  'description = <<EOT\n }\n sensitive = false\nEOT\n',
  'description = <<-EOT\n\t{ "\n\tEOT\n',
  'default = "d3fault-value"',
  'default = { a = "d3fault-value" }',
  'nullable = false',
  'validation {\n condition = length(var.pin) > 8 && can(regex("^[}{]+$", var.pin))\n error_message = "no }"\n}',
  'validation {\n sensitive = false\n condition = true\n}',
)
const around = fc.constantFrom(
  '',
  'locals { a = "${"}"}" }\n',
  '# variable "pin" {\n',
  '/* variable "pin" {\n sensitive = false } */\n',
  'variable "open" {\n  type = string\n}\n',
  'resource "a" "b" {\n  text = <<EOF\nvariable "pin" { }\nEOF\n}\n',
  'output "x" { value = "${var.pin}" }\n',
)

const block = fc
  .record({
    label,
    blank,
    lineEnd,
    key,
    sign,
    truth,
    before: fc.array(other, { maxLength: 3 }),
    after: fc.array(other, { maxLength: 3 }),
  })
  .map(({ label: name, blank: gap, lineEnd: end, key: mark, sign: is, truth: value, before, after }) =>
    [
      `variable${gap.includes('/') ? ` ${gap} ` : gap}${name}${gap}{`,
      ...before,
      `${mark}${is}${value}`,
      ...after,
      '}',
    ].join(end),
  )
const oneLine = fc
  .record({ label, key, sign, truth: truth.filter((value) => !value.includes('//')) })
  .map(({ label: name, key: mark, sign: is, truth: value }) => `variable ${name} { ${mark}${is}${value} }`)

describe('a variable that a template marks sensitive', () => {
  it('is found however HCL is written, and no other is', () => {
    fc.assert(
      fc.property(around, fc.oneof(block, oneLine), around, (before, written, after) => {
        const template = `${before}${written}\n${after}`
        expect(new Set(sensitiveVariables(template)?.names), template).toEqual(new Set(['pin']))
      }),
      { numRuns: 2000 },
    )
  })

  it('hides its default, in any form', () => {
    for (const value of [
      '"d3fault-value"',
      '<<EOT\nd3fault-value\nEOT',
      '["d3fault-value"]',
      '{ a = "d3fault-value" }',
      'lower("d3fault-value")',
    ])
      expect(
        sensitiveVariables(`variable "pin" {\n default = ${value}\n sensitive = true\n}`)?.defaults,
      ).toContain('d3fault-value')
  })

  it.each([
    '{"variable": {"pin": {"type": "string", "sensitive": true}, "open": {"sensitive": false}}}',
    '{"variable": [{"pin": {"sensitive": true}}, {"open": {}}]}',
    '{"variable": {"pin": [{"sensitive": "true"}], "open": [{"sensitive": "${false}"}]}}',
    '[{"variable": {"pin": {"sensitive": "${true}"}}}, {"variable": {"open": {}}}]',
    '\ufeff{"//": "}", "variable": {"pin": {"//": "{", "default": "}\\"", "sensitive": true}, "open": {}}}',
    '{"vari\\u0061ble": {"p\\u0069n": {"sensitiv\\u0065": true}}}',
    '{"variable": {"pin": {"sensitive": true}}, "variable": {"open": {"sensitive": false}}}',
    '{"variable": {"pin": {"sensitive": true, "sensitive": false}}}',
    ' \r\n{\r\n\t"variable":{"pin":{"ephemeral":true}}}',
  ])('is found in JSON: %s', (template) => {
    expect(sensitiveVariables(template)?.names).toEqual(['pin'])
  })

  it.each([
    'sensitive = false',
    'sensitive = null',
    'sensitive = "false"',
    'sensitive = (false)',
    '',
    '# sensitive = true',
    'description = "sensitive = true"',
    'description = <<E\nsensitive = true\nE',
  ])('is not one with %j', (line) => {
    expect(sensitiveVariables(`variable "pin" {\n  ${line}\n}\n`)?.names).toEqual([])
  })

  it.each([
    'variable "pin" {\n sensitive = true',
    'variable "pin" {\n default = "x\n}',
    '{"variable": {"pin": {',
    'variable pin = {\n',
    '/* }',
  ])('may be any in a text that cannot be read: %j', (template) => {
    expect(sensitiveVariables(template)).toBeUndefined()
  })
})

describe('the values of variables', () => {
  const values = (text: string) => variableValues(text, (name) => name === 'pin')

  it.each([
    'pin = "secret-1234"\nopen = "shown"',
    'pin="secret-1234"\r\n',
    'open = { pin = "no" }\npin = <<EOT\nsecret-1234\nEOT\n',
    'pin = [ # a list\n  "secret-1234", ]',
    'pin = { a = { b : "secret-1234" } }',
    '{"pin": "secret-1234", "open": "shown"}',
    '"pin" = "secret\\u002d1234"',
    'pin\t= /* x */ "secret-1234" // y',
  ])('are read from %j', (text) => {
    expect(values(text)).toEqual(['secret-1234'])
  })

  it('include all candidates if the text cannot be parsed', () => {
    expect(values('pin = "secret-1234\nopen = ')).toEqual(expect.arrayContaining(['secret-1234']))
  })
})
