import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completeEvent } from '../../../src/cli/event-file.ts'
import { createLocalBridge } from '../../../src/cli/local-bridge/local-bridge.ts'
import { openTarget } from '../../../src/cli/target.ts'
import type { JsonObject } from '../../../src/platform/json.ts'
import { THING_TEMPLATE_ID } from '../../../src/sandbox/huawei-cloud/aos-stack/templates.ts'
import { startSandboxOpenStack, type SandboxOpenStack } from '../../../src/sandbox/openstack/server.ts'
import { readDiagnosis, shapeOf } from './diagnosed.ts'

const eventOf = (ResourceType: string, ResourceProperties: JsonObject): JsonObject =>
  completeEvent({ ResourceType, ResourceProperties })

const HEAT = 'heat_template_version: 2018-08-31'
const VM = `${HEAT}
resources:
  vm:
    type: OS::Nova::Server
    metadata: {Sandbox: {FailOn: create, Message: 'Went to status ERROR', Fault: 'Flavor disk is too small'}}
    properties: {flavor: m1.tiny, image: cirros}
`
const OUTER = `${HEAT}
resources:
  inner: {type: inner.yaml}
`
const MIDDLE = `${HEAT}
resources:
  deep: {type: deep.yaml}
`

describe('stackbridge diagnose on Heat', () => {
  let cloud: SandboxOpenStack
  const bridge = createLocalBridge({ environment: {} })
  beforeAll(async () => {
    cloud = await startSandboxOpenStack()
  })
  afterAll(async () => {
    await Promise.all([cloud.close(), bridge.close()])
  })

  /** Creates a stack with a server in a stack in a stack; the server fails. */
  async function failed(name: string, rollsBack: boolean): Promise<JsonObject> {
    const { user, authUrl } = cloud
    const event = eventOf('Custom::HeatStack', {
      Auth: {
        AuthUrl: authUrl,
        ApplicationCredentialId: user.applicationCredentialId,
        ApplicationCredentialSecret: user.applicationCredentialSecret,
      },
      Stack: {
        ...{ Name: name, Template: OUTER, DisableRollback: !rollsBack },
        Files: { 'inner.yaml': MIDDLE, 'deep.yaml': VM },
      },
    })
    const target = await openTarget(event, 'operate', bridge.surroundings())
    if (!target.ok) throw new Error(target.problems.join('; '))
    const outcome = await target.session.create()
    if (outcome.outcome !== 'started') throw new Error(outcome.outcome)
    const { watch } = outcome
    const end = rollsBack ? /ROLLBACK_COMPLETE/ : /FAILED/
    await expect
      .poll(async () => {
        const seen = await target.session.describe(watch)
        return 'status' in seen ? seen.status : seen.phase
      })
      .toMatch(end)
    return event
  }

  it("shows a failed server's fault through nested stacks", async () => {
    const read = await readDiagnosis(await failed('kept', false))
    expect(read).toMatchObject({ status: 'CREATE_FAILED', missing: [] })
    expect(shapeOf(read)[0]).toBe('inner/deep/vm')
    expect(shapeOf(read).slice(1).sort()).toEqual(['(inner)', '(inner/deep)', '(kept)'])
    expect(read.failures[0]).toMatchObject({
      type: 'OS::Nova::Server',
      evidence: [{ source: 'Nova server fault', text: 'Flavor disk is too small (code 500)' }],
    })
  })

  it('names the missing permission to read the server, and shows the rest', async () => {
    const event = await failed('unseen', false)
    cloud.nova.mayShow = false
    const read = await readDiagnosis(event)
    cloud.nova.mayShow = true
    expect(read.failures[0]).toMatchObject({ path: 'inner/deep/vm', evidence: [] })
    expect(read.missing).toMatchObject([{ action: 'os_compute_api:servers:show of Nova', isDenied: true }])
  })

  it('shows the failure after its rollback, and that the server no longer exists', async () => {
    const read = await readDiagnosis(await failed('rolled-back', true))
    expect(read.status).toBe('ROLLBACK_COMPLETE')
    expect(read.failures[0]).toMatchObject({ path: 'inner/deep/vm', isConsequence: false })
  })
})

describe('stackbridge diagnose --sandbox', () => {
  it('shows the events, the nested stack and the failed call of ROS', async () => {
    const broken = (Message: string): JsonObject => ({
      Type: 'ALIYUN::ECS::VPC',
      Metadata: { Sandbox: { FailOn: 'create', Message } },
    })
    const inner = { ROSTemplateFormatVersion: '2015-09-01', Resources: { Leaf: broken('QuotaExceeded.Vpc') } }
    const Template = {
      ROSTemplateFormatVersion: '2015-09-01',
      Resources: { Nest: { Type: 'ALIYUN::ROS::Stack', Properties: { TemplateBody: inner } } },
    }
    const event = eventOf('Custom::RosStack', { Stack: { Name: 'nesting', Template } })
    const read = await readDiagnosis(event, { sandbox: true })
    expect(shapeOf(read)).toEqual(['Nest/Leaf', '(Nest)', '(nesting)'])
    expect(read.failures[0]?.evidence.map(({ source }) => source)).toContain('failed call')
    expect(read.next[0]?.cause).toBe('A quota of the account or project is used up.')
  })

  it("shows a failed resource of RFS with Terraform's error", async () => {
    const TemplateBody = `
      resource "sandbox_thing" "good" { value = "x" }
      resource "sandbox_thing" "bad" {
        value = "y"
        fail  = true
      }`
    const event = eventOf('Custom::HuaweiRfsStack', { Stack: { Name: 'formed', TemplateBody } })
    const read = await readDiagnosis(event, { sandbox: true })
    expect(shapeOf(read)).toEqual(['bad'])
    expect(read.failures[0]?.history.map(({ status }) => status)).toEqual([
      'CREATION_IN_PROGRESS',
      'CREATION_FAILED',
      'ERROR',
    ])
  })

  it('shows the element of AOS that failed', async () => {
    const event = eventOf('Custom::HuaweiAosStack', {
      Stack: {
        ...{ Name: 'elemental', TemplateId: THING_TEMPLATE_ID, InputsJson: { value: 'x', fail: true } },
        ActionParameters: { FailureStrategy: 'DoNothing' },
      },
    })
    const read = await readDiagnosis(event, { sandbox: true })
    expect(shapeOf(read)).toEqual(['thing', '(elemental)'])
  })

  it('explains why the embedded cloud created no stack', async () => {
    const event = eventOf('Custom::AwsCloudFormationStack', {
      Stack: { Name: 'refused', Template: { Resources: { Role: { Type: 'AWS::IAM::Role' } } } },
    })
    await expect(readDiagnosis(event, { sandbox: true })).rejects.toThrow('Requires capabilities')
  })
})
