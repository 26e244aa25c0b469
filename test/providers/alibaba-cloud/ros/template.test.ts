import { describe, expect, it } from 'vitest'
import {
  parameterProblems,
  secretValues,
  toParameters,
} from '../../../../src/providers/alibaba-cloud/ros/parameters.ts'
import { templateProblems } from '../../../../src/providers/alibaba-cloud/ros/template.ts'

describe('the parameters that a template hides', () => {
  it('have values that are secret in every form, with all their parts', () => {
    const given = { P: { user: 'someone', keys: ['key-1', 7] }, Q: 'open' }
    const json = '{"user":"someone","keys":["key-1",7]}'
    expect(secretValues(given, new Set(['P']))).toEqual([json, 'someone', '["key-1",7]', 'key-1', '7'])
  })
})

describe('parameters', () => {
  it('are sent to ROS as text, lists and maps as JSON', () => {
    expect(toParameters({ N: 3, B: true, L: ['a', 1], M: { a: null } })).toEqual([
      { ParameterKey: 'N', ParameterValue: '3' },
      { ParameterKey: 'B', ParameterValue: 'true' },
      { ParameterKey: 'L', ParameterValue: '["a",1]' },
      { ParameterKey: 'M', ParameterValue: '{"a":null}' },
    ])
  })

  it('are refused where they are too many, or equal ROS’s placeholder for a hidden value', () => {
    const many = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`P${String(index)}`, 'x']))
    expect(parameterProblems(many)).toMatchObject([{ path: 'Stack.Parameters' }])
    expect(parameterProblems({ P: '****' })).toMatchObject([{ path: 'Stack.Parameters.P' }])
    expect(parameterProblems({ P: '***' })).toEqual([])
  })
})

describe('a template', () => {
  it('that is too long is refused with both lengths, under the name of its property', () => {
    expect(templateProblems({ Template: 'x'.repeat(524_289) })).toEqual([
      { path: 'Stack.Template', problem: 'is 524289 bytes long, and ROS takes 524288 at most' },
    ])
    expect(templateProblems({ TemplateBody: 'ü'.repeat(262_145) })).toMatchObject([
      { path: 'Stack.TemplateBody' },
    ])
    expect(templateProblems({ Template: 'x'.repeat(524_288) })).toEqual([])
  })
})
