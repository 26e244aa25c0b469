import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isJsonValue } from '../../../../src/platform/json.ts'
import { secretVariableValues } from '../../../../src/providers/huawei-cloud/secret-variables.ts'
import { tfvars } from '../../../../src/providers/huawei-cloud/tfvars.ts'
import { parseTfvars } from '../../../../src/sandbox/huawei-cloud/rfs-stack/hcl.ts'

describe('the variables of an RFS stack', () => {
  it('keep their types in vars_body', () => {
    expect(
      tfvars({
        text: 'a "b" \\ ${c} %{d}\n',
        count: 3,
        on: true,
        none: null,
        list: [1, 'a'],
        map: { 'a b': { c: [] } },
      }),
    ).toBe(
      [
        'text = "a \\"b\\" \\\\ $${c} %%{d}\\n"',
        'count = 3',
        'on = true',
        'none = null',
        'list = [1, "a"]',
        'map = { "a b" = { "c" = [] } }',
        '',
      ].join('\n'),
    )
  })

  it('are read back unchanged, for all texts', () => {
    const value = fc.jsonValue({ maxDepth: 3 }).filter((given) => isJsonValue(given))
    const text = fc.string({
      unit: fc.constantFrom(...Array.from('a$%{}"\\\b\f\n\t\u0001中')),
      maxLength: 12,
    })
    fc.assert(
      fc.property(fc.oneof(value, text), (given) => {
        const sent = isJsonValue(given) ? given : null
        expect(parseTfvars(tfvars({ variable: sent }))).toEqual({
          variable: JSON.parse(JSON.stringify(sent)),
        })
      }),
    )
  })

  it('are secret if the template marks them as sensitive, in every property that has them', () => {
    const TemplateBody = `
      variable "password" {
        type      = string
        sensitive = true
        validation { condition = length(var.password) > 8 }
      }
      variable "token" { sensitive = true }
      variable "open" { type = string }
    `
    const values = (stack: object) => secretVariableValues({ TemplateBody, ...stack }, ['named'])
    expect(values({ Parameters: { password: 'p1', open: 'o', named: { a: ['n1', 2] } } })).toEqual([
      'p1',
      'n1',
      '2',
    ])
    expect(values({ VarsStructure: [{ VarKey: 'token', VarValue: 't1' }] })).toEqual(['t1'])
    expect(values({ VarsBody: 'open = "o"\npassword = "p\\"2"\n  token="t2"' })).toEqual(['p"2', 't2'])
  })
})
