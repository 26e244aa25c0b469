import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import type { JsonObject } from '../../src/platform/json.ts'
import {
  SANDBOX_KEY,
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../src/sandbox/aws/cloudformation/server.ts'
import { SandboxResource, SandboxRos } from '../../src/sandbox/ros/ros.ts'
import { refused, succeeded } from '../outcome-assertions.ts'
import { FcInstance } from './fc-instance.ts'

/**
 * Tests docs/migration.md: the article's own Python function and the built function alternate behind one ServiceToken. Needs a
 * Python with boto3: Debian's python3-boto3, or the one that `PYTHON_WITH_BOTO3` names. Skipped if there is none, which CI
 * counts as a failure.
 */

const PYTHON = process.env['PYTHON_WITH_BOTO3'] ?? '/usr/bin/python3'
const ARTICLE = join(import.meta.dirname, '../../bench/cold-start/article.py')
const run = promisify(execFile)
const hasBoto3 = await run(PYTHON, ['-c', 'import boto3']).then(
  () => true,
  () => false,
)

type CalledFunction = "the article's function" | 'Stackbridge'

let aws: SandboxCloudFormation
let stackbridge: FcInstance
let ros: SandboxRos
/** The function that the ServiceToken refers to. */
let calledFunction: CalledFunction
beforeEach(async () => {
  aws = await startSandboxCloudFormation({ resourceDelayMs: 50 })
  const entry = join(inject('built'), 'function/index.mjs')
  stackbridge = new FcInstance({ entry, environment: { STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true' } })
  ros = await SandboxRos.start({
    rollback: false,
    invoke: async (event) => {
      if (calledFunction === 'Stackbridge') await stackbridge.invoke(event)
      else await invokeArticle(event)
    },
  })
  calledFunction = "the article's function"
})
afterEach(async () => {
  stackbridge.close()
  await ros.close()
  await aws.close()
})

/** It polls every 3 s, which is too slow for a test. */
const WITH_SHORT_SLEEPS =
  'import runpy, sys, time; sleep = time.sleep; time.sleep = lambda _: sleep(0.05); runpy.run_path(sys.argv[1], run_name="__main__")'

async function invokeArticle(event: Uint8Array): Promise<void> {
  const env = { PATH: '/usr/bin:/bin', BENCH_URL: aws.url, BENCH_EVENT: Buffer.from(event).toString() }
  await run(PYTHON, ['-c', WITH_SHORT_SLEEPS, ARTICLE], { env })
}

const exampleSchema = v.object({
  ResourceProperties: v.looseObject({
    Stack: v.object({ Name: v.string(), Template: v.string(), Parameters: v.record(v.string(), v.string()) }),
  }),
})

/** The properties of the article's own resource. `Endpoint` belongs to Stackbridge; the article's function ignores it. */
async function articleProperties(parameters: Record<string, string> = {}) {
  const file = join(import.meta.dirname, '../../examples/events/aws/cloudformation/create.json')
  const { ResourceProperties } = v.parse(exampleSchema, JSON.parse(await readFile(file, 'utf8')))
  const { Stack } = ResourceProperties
  return {
    AccessKeyId: SANDBOX_KEY.accessKeyId,
    AccessKeySecret: SANDBOX_KEY.secretAccessKey,
    RegionId: aws.region,
    Endpoint: aws.url,
    Stack: { ...Stack, Parameters: { ...Stack.Parameters, ...parameters } },
  }
}

type Properties = Awaited<ReturnType<typeof articleProperties>>

const MAP = { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }

const resourceWith = (parameters: JsonObject) =>
  new SandboxResource(ros, {
    logicalResourceId: 'TestAwsCloudFormationStack',
    resourceType: 'Custom::AwsCloudFormationStack',
    parameters,
    timeoutSeconds: 240,
  })

const MARKS = ['stackbridge:ros-stack-id', 'stackbridge:logical-resource-id', 'stackbridge:ros-stack-name']

const stacks = () =>
  [...aws.cloud.stacks.values()].map(({ id, status, tags }) => ({ id, status, marks: [...tags.keys()] }))

describe.skipIf(!hasBoto3)("a stack of the article's function", () => {
  it('is updated, marked and deleted by Stackbridge in its place, under the same id', async () => {
    const resource = resourceWith(await articleProperties())
    expect(succeeded(await resource.create())).toEqual({ MyBucketArn: 'arn:aws:s3:::bucket-by-ros' })
    const id = resource.physicalResourceId
    expect(stacks()).toEqual([{ id, status: 'CREATE_COMPLETE', marks: [] }])

    calledFunction = 'Stackbridge'
    const outputs = succeeded(await resource.update(await articleProperties({ BucketName: 'another' })))
    expect(outputs).toEqual({ MyBucketArn: 'arn:aws:s3:::another' })
    expect(stacks()).toEqual([{ id, status: 'UPDATE_COMPLETE', marks: MARKS }])

    succeeded(await resource.delete())
    expect(stacks()).toMatchObject([{ id, status: 'DELETE_COMPLETE' }])
  })

  it('is marked by an Update that changes only a property of the bridge, while its resources stay unchanged', async () => {
    const resource = resourceWith(await articleProperties())
    succeeded(await resource.create())
    calledFunction = 'Stackbridge'
    succeeded(await resource.update({ ...(await articleProperties()), Timeout: 30 }))
    expect(stacks()).toMatchObject([{ status: 'UPDATE_COMPLETE', marks: MARKS }])
  })

  it('is deleted by Stackbridge without a mark, since ROS sends its id', async () => {
    const resource = resourceWith(await articleProperties())
    succeeded(await resource.create())
    calledFunction = 'Stackbridge'
    succeeded(await resource.delete())
    expect(stacks()).toMatchObject([{ status: 'DELETE_COMPLETE', marks: [] }])
  })

  it('cannot be updated, but deleted, if it was rolled back while ROS regards it as created', async () => {
    const properties = await articleProperties()
    succeeded(await resourceWith(properties).create())
    // The name of its bucket is already taken.
    const resource = resourceWith({ ...properties, Stack: { ...properties.Stack, Name: 'second' } })
    succeeded(await resource.create())
    expect(stacks()).toMatchObject([{ status: 'CREATE_COMPLETE' }, { status: 'ROLLBACK_COMPLETE' }])
    calledFunction = 'Stackbridge'
    const renamed = { ...(await articleProperties({ BucketName: 'free' })).Stack, Name: 'second' }
    const reason = refused(await resource.update({ ...properties, Stack: renamed }))
    expect(reason).toContain('ROLLBACK_COMPLETE')
    succeeded(await resource.delete())
    expect(stacks()).toMatchObject([{ status: 'CREATE_COMPLETE' }, { status: 'DELETE_COMPLETE' }])
  })

  it('keeps its original name, which the template must state', async () => {
    const properties = await articleProperties()
    const resource = resourceWith(properties)
    succeeded(await resource.create())
    const { Stack } = await articleProperties({ BucketName: 'another' })
    // The article's function ignores a new name.
    succeeded(await resource.update({ ...properties, Stack: { ...Stack, Name: 'renamed' } }))
    calledFunction = 'Stackbridge'
    const changed = { ...Stack, Parameters: { BucketName: 'third' } }
    expect(
      refused(await resource.update({ ...properties, Stack: { ...changed, Name: 'renamed' } })),
    ).toContain('Stack.Name cannot change from stack-by-ros to renamed')
    expect(succeeded(await resource.update({ ...properties, Stack: changed }))).toEqual({
      MyBucketArn: 'arn:aws:s3:::third',
    })
  })

  it('is not found by its name: a new resource of Stackbridge does not adopt it', async () => {
    succeeded(await resourceWith(await articleProperties()).create())
    calledFunction = 'Stackbridge'
    const reason = refused(await resourceWith(await articleProperties({ BucketName: 'mine' })).create())
    expect(reason).toContain('A stack named stack-by-ros exists already and does not have the mark')
    expect(stacks()).toMatchObject([{ status: 'CREATE_COMPLETE', marks: [] }])
  })
})

describe.skipIf(!hasBoto3)('the way back', () => {
  it("gives a stack of Stackbridge to the article's function, which keeps the marks and deletes it", async () => {
    calledFunction = 'Stackbridge'
    const resource = resourceWith(await articleProperties())
    succeeded(await resource.create())
    const id = resource.physicalResourceId
    calledFunction = "the article's function"
    const outputs = succeeded(await resource.update(await articleProperties({ BucketName: 'another' })))
    expect(outputs).toEqual({ MyBucketArn: 'arn:aws:s3:::another' })
    expect(stacks()).toEqual([{ id, status: 'UPDATE_COMPLETE', marks: MARKS }])
    calledFunction = 'Stackbridge'
    const back = succeeded(await resource.update(await articleProperties({ BucketName: 'third' })))
    expect(back).toEqual({ MyBucketArn: 'arn:aws:s3:::third' })
    calledFunction = "the article's function"
    succeeded(await resource.delete())
    expect(stacks()).toMatchObject([{ id, status: 'DELETE_COMPLETE' }])
  })

  it.each<[string, (properties: Properties) => JsonObject]>([
    [
      'has no Stack.Parameters',
      ({ Stack: { Name, Template }, ...rest }) => ({ ...rest, Stack: { Name, Template } }),
    ],
    [
      'has its template as a map',
      (properties) => ({ ...properties, Stack: { ...properties.Stack, Template: MAP } }),
    ],
    [
      'has a number as a parameter',
      (properties) => ({ ...properties, Stack: { ...properties.Stack, Parameters: { BucketName: 7 } } }),
    ],
  ])("is closed while the template %s: the article's function does nothing", async (_, changed) => {
    calledFunction = 'Stackbridge'
    const properties = await articleProperties()
    const resource = resourceWith(properties)
    succeeded(await resource.create())
    calledFunction = "the article's function"
    const { answer } = await resource.update(changed(properties))
    expect(answer?.status).toBe('FAILED')
    expect(stacks()).toMatchObject([{ status: 'CREATE_COMPLETE' }])
  })

  it("is closed while the keys are in the environment: the article's function ends without an answer", async () => {
    calledFunction = 'Stackbridge'
    const properties = await articleProperties()
    const resource = resourceWith(properties)
    succeeded(await resource.create())
    const { RegionId, Stack } = properties
    const event = { RequestType: 'Update', ResourceProperties: { RegionId, Stack } }
    await expect(invokeArticle(Buffer.from(JSON.stringify(event)))).rejects.toThrow("KeyError: 'AccessKeyId'")
    expect(stacks()).toMatchObject([{ status: 'CREATE_COMPLETE' }])
  })
})

/** The left column of the table in docs/migration.md, for the rows about a single stack. */
describe.skipIf(!hasBoto3)("the article's function", () => {
  it('fails an Update without a change, which Stackbridge answers with the outputs', async () => {
    const resource = resourceWith(await articleProperties())
    succeeded(await resource.create())
    // ROS sends an Update only if a property has changed, here one that the stack does not use.
    const changed = { ...(await articleProperties()), Timeout: 30 }
    expect(refused(await resource.update(changed))).toContain('No updates are to be performed')
    calledFunction = 'Stackbridge'
    succeeded(await resource.update(changed))
    const again = { ...(await articleProperties()), Timeout: 31 }
    expect(succeeded(await resource.update(again))).toEqual({ MyBucketArn: 'arn:aws:s3:::bucket-by-ros' })
  })

  it('deletes a stack without an id by its name, and does not find it again; Stackbridge leaves unmarked stacks alone', async () => {
    succeeded(await resourceWith(await articleProperties()).create())
    const without = resourceWith(await articleProperties())
    calledFunction = 'Stackbridge'
    succeeded(await without.delete())
    expect(stacks()).toMatchObject([{ status: 'CREATE_COMPLETE' }])
    calledFunction = "the article's function"
    expect(refused(await without.delete())).toContain('Stack with id stack-by-ros does not exist')
    expect(stacks()).toMatchObject([{ status: 'DELETE_COMPLETE' }])
  })
})
