import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportsIn, run } from './built-cli.ts'

/** Property names that every JavaScript object has are ordinary names in a template. */

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sb-names-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const ARN = 'acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge'

/** A template with one resource that uses this name everywhere. */
const named = (resource: string, name: string) => `ROSTemplateFormatVersion: '2015-09-01'
Parameters: { ${name}: { Type: String, Default: given } }
Mappings: { ${name}: { ${name}: { ${name}: mapped } } }
Conditions: { ${name}: { Fn::Equals: [a, a] } }
Resources:
  ${resource}:
    Type: Custom::HeatStack
    Condition: ${name}
    Properties:
      ServiceToken: ${ARN}
      Timeout: 600
      Parameters:
        Timeout: 600
        Stack:
          Parameters: { text: { Ref: ${name} } }
          Template: |
            heat_template_version: 2018-08-31
            parameters: { text: { type: string } }
            resources: { ${name}: { type: 'OS::Heat::Value', properties: { value: { get_param: text } } } }
            outputs: { ${name}: { value: { get_attr: [${name}, value] } } }
Outputs:
  ${name}: { Value: { Fn::GetAtt: [${resource}, ${name}] } }
  Mapped: { Value: { Fn::FindInMap: [${name}, ${name}, ${name}] } }
`

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

describe('a name that every object has', () => {
  it.each([
    ['toString', 'valueOf'],
    ['valueOf', 'hasOwnProperty'],
    ['hasOwnProperty', 'toString'],
    ['Res', 'constructor'],
  ])(
    'is accepted for a resource, a parameter, a condition, an output and a mapping: %s, %s',
    async (resource, name) => {
      const path = await write('names.ros.yml', named(resource, name))
      const state = ['--state', join(folder, name)]
      expect(await run(['validate', path])).toMatchObject({ code: 0 })
      for (const expected of ['CREATE_COMPLETE', 'UPDATE_COMPLETE']) {
        const { stdout } = await run(['up', '--sandbox', path, '--json', ...state])
        expect(reportsIn(stdout).find(({ type }) => type === 'stack')).toMatchObject({
          status: expected,
          outputs: { [name]: 'given', Mapped: 'mapped' },
        })
      }
      expect((await run(['plan', path, ...state])).stdout).toContain('No resource changes.')
      expect((await run(['down', path, ...state])).code).toBe(0)
    },
  )

  it('is unknown if the template does not define it', async () => {
    for (const [right, wrong, problem] of [
      ['Ref: plain', 'Ref: toString', 'refers to toString'],
      ['[Res, plain]', '[Res, toString]', 'Res.toString'],
      ['[plain, plain, plain]', '[toString, toString, toString]', 'finds no toString'],
      ['Ref: plain', 'Fn::If: [toString, a, b]', 'toString'],
    ] as const) {
      const path = await write('none.ros.yml', named('Res', 'plain').replace(right, wrong))
      const { code, stdout, stderr } = await run(['up', '--sandbox', path, '--state', join(folder, 'none')])
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain(problem)
    }
  })

  it.each(['__proto__', 'constructor', 'prototype'])(
    'is refused before anything is created if a local stack cannot store it: %s',
    async (name) => {
      const path = await write('reserved.ros.yml', named(name, 'plain'))
      for (const command of ['up', 'plan']) {
        const { code, stdout, stderr } = await run([command, '--sandbox', path, '--state', join(folder, 'r')])
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
        expect(stderr).toContain(`Resources.${name} has a name that is not supported locally`)
      }
      expect((await run(['validate', path])).stderr).toBe('')
      const event = {
        LogicalResourceId: name,
        ResourceType: 'Custom::AwsCloudFormationStack',
        ResourceProperties: { Stack: { Template: { Resources: { Q: { Type: 'AWS::SQS::Queue' } } } } },
      }
      const file = await write('event.json', JSON.stringify(event))
      expect(await run(['invoke', '--sandbox', file])).toMatchObject({ code: 0, stderr: '' })
    },
  )
})
