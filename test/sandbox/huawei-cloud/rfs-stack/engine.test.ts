import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { uuidSequence } from '../../../../src/sandbox/numbered-uuid.ts'
import { RfsEngine } from '../../../../src/sandbox/huawei-cloud/rfs-stack/engine.ts'
import { parseTemplate, variableValues } from '../../../../src/sandbox/huawei-cloud/rfs-stack/template.ts'
import { startSimulatedTime, type TestTime } from '../../../test-time.ts'

/** Terraform templates as users write them for Huawei Cloud. */

let time: TestTime
let notes: string[]
beforeEach(() => {
  time = startSimulatedTime()
  notes = []
})
afterEach(() => time.stop())

async function deployed(source: string) {
  const engine = new RfsEngine(time.clock, uuidSequence(), 0, (text) => void notes.push(text))
  const template = parseTemplate(source)
  const more = { description: '', deletionProtection: false, autoRollback: false, agencies: null }
  const stack = engine.newStack('one', more)
  const variables = variableValues(template, { body: undefined, structure: { stage: 'test' } })
  await engine.deploy(stack, { template, variables }).ended
  const outputs = () =>
    Object.fromEntries(engine.values.outputs(stack).map(({ name, value }) => [name, value]))
  return { status: stack.status, message: stack.statusMessage, outputs, stack }
}

describe('a template of the embedded RFS', () => {
  it('has locals, texts with references, and resources in any order and of the same name', async () => {
    const { status, outputs, stack } = await deployed(`
      variable "stage" {}
      locals { title = "shop-\${var.stage}" }
      resource "huaweicloud_vpc_subnet" "main" { vpc_id = huaweicloud_vpc.main.id }
      resource "huaweicloud_vpc" "main" { name = local.title }
      output "name" { value = huaweicloud_vpc.main.name }
      output "kept" { value = "$\${kept}" }
      output "vpc" { value = huaweicloud_vpc_subnet.main.vpc_id }
    `)
    expect(status).toBe('DEPLOYMENT_COMPLETE')
    const vpc = stack.resources.get('huaweicloud_vpc.main')?.id
    expect(outputs()).toEqual({ name: 'shop-test', kept: '${kept}', vpc })
    expect(notes).toEqual([])
  })

  it('has invented values for what the sandbox does not know, with a note', async () => {
    const { status, outputs } = await deployed(`
      data "huaweicloud_availability_zones" "all" {}
      resource "random_password" "db" { length = 12 }
      resource "huaweicloud_vpc_eip" "ip" { name = join("-", ["a", "b"]) }
      output "zone" { value = data.huaweicloud_availability_zones.all.names[0] }
      output "password" { value = random_password.db.result }
      output "address" { value = huaweicloud_vpc_eip.ip.ip_address }
    `)
    expect(status).toBe('DEPLOYMENT_COMPLETE')
    expect(outputs()).toEqual({
      zone: expect.any(String),
      password: expect.any(String),
      address: expect.stringMatching(/^192\.0\.2\.\d{1,3}$/),
    })
    expect(notes).toContainEqual(expect.stringMatching(/^the sandbox does not know random_password: /))
    expect(notes).toContainEqual(expect.stringMatching(/attribute ip_address of huaweicloud_vpc_eip/))
    expect(notes).toContainEqual(expect.stringMatching(/^the sandbox does not compute the function join: /))
  })

  it.each([
    ['undeclared resource', 'output "o" { value = huaweicloud_vpc.none.id }', 'undeclared resource'],
    [
      'undeclared local value',
      'resource "huaweicloud_vpc" "a" { name = local.none }',
      'undeclared local value',
    ],
    [
      'endless reference cycle',
      'resource "huaweicloud_vpc" "a" { name = huaweicloud_vpc.b.id }\nresource "huaweicloud_vpc" "b" { name = huaweicloud_vpc.a.id }',
      'Error: Cycle: huaweicloud_vpc.a, huaweicloud_vpc.b',
    ],
  ])('fails with Terraform’s message for an %s', async (_, source, message) => {
    const { status, message: shown } = await deployed(source)
    expect(status).toBe('DEPLOYMENT_FAILED')
    expect(shown).toContain(message)
    expect(notes).toEqual([])
  })
})
