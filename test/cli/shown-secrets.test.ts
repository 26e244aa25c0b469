import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quotationsIn } from '../quotations.ts'
import { reportsIn, run } from './built-cli.ts'

/**
 * No command shows a value that a template or the property `SecretParameters` marks as secret, wherever the cloud returns it.
 * The names of outputs and parameters are not secret.
 */

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sb-shown-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Only the template or the property marks each value as secret; the names do not suggest it. */
const NAMED = (cloud: string) => `orange-${cloud}-named-4711`
const MARKED = (cloud: string) => `orange-${cloud}-marked-4711`
/** A number, which JSON may return as a number. */
const PIN = 98_765_432

const STACKS: Readonly<Record<string, { readonly type: string; readonly properties: object }>> = {
  aws: {
    type: 'Custom::AwsCloudFormationStack',
    properties: {
      Stack: {
        Parameters: { Named: NAMED('aws'), Marked: MARKED('aws'), Pin: String(PIN), Plain: 'plain-aws' },
        Template: `Parameters: {Named: {Type: String}, Marked: {Type: String, NoEcho: true}, Pin: {Type: Number, NoEcho: true}, Plain: {Type: String}}
Resources: {Q: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !Sub '\${Marked}-queue'}}}
Outputs: {Named: {Value: !Ref Named}, Marked: {Value: !GetAtt Q.QueueName}, Pin: {Value: !Ref Pin}, Plain: {Value: !Ref Plain}}`,
      },
    },
  },
  heat: {
    type: 'Custom::HeatStack',
    properties: {
      Stack: {
        Parameters: { Named: NAMED('heat'), Marked: MARKED('heat'), Pin: PIN, Plain: 'plain-heat' },
        Template: `heat_template_version: 2018-08-31
parameters: {Named: {type: string}, Marked: {type: string, hidden: true}, Pin: {type: number, hidden: true}, Plain: {type: string}}
resources: {n: {type: 'OS::Heat::Value', properties: {value: {get_param: Marked}}}}
outputs: {Named: {value: [{get_param: Named}]}, Marked: {value: {get_attr: [n, value]}}, Pin: {value: {get_param: Pin}}, Plain: {value: {get_param: Plain}}}`,
      },
    },
  },
  rfs: {
    type: 'Custom::HuaweiRfsStack',
    properties: {
      Stack: {
        Parameters: { Named: NAMED('rfs'), Marked: MARKED('rfs'), Plain: 'plain-rfs' },
        TemplateBody: `variable "Named" { type = string }
variable "Plain" { type = string }
variable "Marked" {
  type = string
  sensitive = true
}
output "Named" { value = var.Named }
output "Marked" { value = var.Marked }
output "Plain" { value = var.Plain }`,
      },
    },
  },
  ros: {
    type: 'Custom::RosStack',
    properties: {
      RegionId: 'cn-beijing',
      Stack: {
        Parameters: { Named: NAMED('ros'), Marked: MARKED('ros'), Plain: 'plain-ros' },
        Template: `ROSTemplateFormatVersion: '2015-09-01'
Parameters: {Named: {Type: String}, Marked: {Type: String, NoEcho: true}, Plain: {Type: String}}
Resources: {V: {Type: 'ALIYUN::ECS::VPC'}}
Outputs: {Named: {Value: {Ref: Named}}, Marked: {Value: {Ref: Marked}}, Plain: {Value: {Ref: Plain}}}`,
      },
    },
  },
}

const propertiesOf = (cloud: string) => ({
  ...STACKS[cloud]?.properties,
  Timeout: 600,
  SecretParameters: ['Named'],
})

/** One stack of each cloud. Each of their outputs is also an output of the ROS stack. */
async function template(): Promise<string> {
  const outputs = (cloud: string) =>
    (cloud === 'rfs' || cloud === 'ros' ? [] : ['Pin']).concat('Named', 'Marked', 'Plain')
  const document = {
    ROSTemplateFormatVersion: '2015-09-01',
    Resources: Object.fromEntries(
      Object.entries(STACKS).map(([cloud, { type }]) => [
        cloud,
        { Type: type, Properties: { ServiceToken: 'here', Timeout: 600, Parameters: propertiesOf(cloud) } },
      ]),
    ),
    Outputs: Object.fromEntries(
      Object.keys(STACKS).flatMap((cloud) =>
        outputs(cloud).map((name) => [`${cloud}${name}`, { Value: { 'Fn::GetAtt': [cloud, name] } }]),
      ),
    ),
  }
  const path = join(folder, 'all.ros.yml')
  await writeFile(path, JSON.stringify(document))
  return path
}

function expectNoSecret(shown: string): void {
  const secrets = Object.keys(STACKS).flatMap((cloud) => [NAMED(cloud), MARKED(cloud)])
  for (const secret of [...secrets, String(PIN)]) expect(quotationsIn(shown, secret)).toEqual([])
}

describe('the output of the commands', () => {
  it.each(['text', 'json'])('for a template shows all values except secrets: as %s', async (form) => {
    const path = await template()
    const more = [...(form === 'json' ? ['--json'] : []), '--state', join(folder, form), '--verbose']
    const shown: string[] = []
    for (const command of [
      ['up', '--sandbox'],
      // Nothing changes, so no event marks the secrets.
      ['up', '--sandbox'],
      ['plan'],
      ['drift'],
      ['diagnose'],
      ['down'],
    ]) {
      const { stdout, stderr } = await run([...command, path, ...more])
      expect(stderr).not.toContain('stackbridge:')
      shown.push(stdout + stderr)
      if (command[0] === 'up')
        for (const cloud of Object.keys(STACKS)) {
          expect(stdout).toContain(`plain-${cloud}`)
          expect(stdout).toMatch(new RegExp(`${cloud}Named\\W`))
        }
    }
    for (const one of shown) expectNoSecret(one)
  })

  it.each(Object.keys(STACKS))('for an event shows no secret: %s', async (cloud) => {
    const path = join(folder, `${cloud}.json`)
    const { type } = STACKS[cloud] ?? {}
    await writeFile(path, JSON.stringify({ ResourceType: type, ResourceProperties: propertiesOf(cloud) }))
    for (const more of [[], ['--json']]) {
      const { code, stdout, stderr } = await run(['invoke', '--sandbox', path, '--verbose', ...more])
      expect(code).toBe(0)
      expect(stdout).toContain(`plain-${cloud}`)
      expectNoSecret(stdout + stderr)
    }
  })

  it('names the outputs that SecretOutputs hides, and those that Outputs renames', async () => {
    const properties = {
      ...propertiesOf('aws'),
      SecretOutputs: ['Elephant', 'Named'],
      Outputs: { AdminPassword: 'Hippopotamus', Plain: 'Plain' },
    }
    const path = join(folder, 'names.json')
    await writeFile(path, JSON.stringify({ ResourceProperties: properties }))
    const { stdout, stderr } = await run(['invoke', '--sandbox', path, '--json', '--verbose'])
    expect(stderr).toContain('Hippopotamus')
    const [answer] = reportsIn(stdout).filter(({ type }) => type === 'answer')
    expect(answer).toMatchObject({ data: { Plain: 'plain-aws' } })
    expect(JSON.stringify(answer)).toContain('Hippopotamus')
    expectNoSecret(stdout + stderr)
  })
})
