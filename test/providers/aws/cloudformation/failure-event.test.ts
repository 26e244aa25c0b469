import type { OperationEvent } from '@aws-sdk/client-cloudformation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Secrets } from '../../../../src/platform/secrets.ts'
import { causesInWords } from '../../../../src/providers/aws/cloudformation/causes-in-words.ts'
import {
  inWords,
  isFailure,
  originalFailures,
} from '../../../../src/providers/aws/cloudformation/failure-event.ts'

const STACK =
  'arn:aws:cloudformation:us-east-1:123456789012:stack/a-stack/11111111-2222-3333-4444-555555555555'
const of = (LogicalResourceId: string, more: OperationEvent): OperationEvent => ({
  StackId: STACK,
  LogicalResourceId,
  ResourceType: 'AWS::SNS::Topic',
  ...more,
})
const named = (events: readonly OperationEvent[]) =>
  originalFailures(events).map((event) => inWords(event, ''))

describe('the failures of an operation', () => {
  it('never include what a hook or a validation says in WARN mode', () => {
    const anyEvent = fc.record(
      {
        LogicalResourceId: fc.string({ minLength: 1 }),
        EventType: fc.constantFrom('HOOK_INVOCATION_ERROR', 'VALIDATION_ERROR', 'STACK_EVENT', undefined),
        HookStatus: fc.constantFrom('HOOK_COMPLETE_FAILED', 'HOOK_FAILED'),
        ResourceStatus: fc.constantFrom('CREATE_IN_PROGRESS', 'CREATE_COMPLETE', undefined),
        HookStatusReason: fc.string(),
      } as const,
      { requiredKeys: ['LogicalResourceId'] },
    )
    fc.assert(
      fc.property(anyEvent, (event) => {
        expect(isFailure({ ...event, HookFailureMode: 'WARN', ValidationFailureMode: 'WARN' })).toBe(false)
      }),
    )
  })

  it('count a resource that failed itself, though a hook warned of it', () => {
    const event = of('A', {
      ResourceStatus: 'CREATE_FAILED',
      HookFailureMode: 'WARN',
      ResourceStatusReason: 'no',
    })
    expect(named([event])).toEqual(['A (AWS::SNS::Topic): no'])
  })

  it('begin with the validations, and name each of a resource', () => {
    const validation = (path: string) =>
      of('B', {
        EventType: 'VALIDATION_ERROR',
        ValidationStatus: 'FAILED',
        ValidationStatusReason: 'required key [Event] not found',
        ValidationPath: path,
      })
    const failed = of('A', { ResourceStatus: 'CREATE_FAILED', ResourceStatusReason: 'no' })
    expect(
      named([failed, validation('/Resources/B/Properties/x'), validation('/Resources/B/Properties/y')]),
    ).toEqual([
      'B (AWS::SNS::Topic): required key [Event] not found (/Resources/B/Properties/x)',
      'B (AWS::SNS::Topic): required key [Event] not found (/Resources/B/Properties/y)',
      'A (AWS::SNS::Topic): no',
    ])
  })

  it('leave out what was cancelled, the summaries, the stack itself, and a second failure of a resource', () => {
    const status = (ResourceStatusReason: string): OperationEvent => ({
      ResourceStatus: 'CREATE_FAILED',
      ResourceStatusReason,
    })
    const events = [
      of('A', status('no')),
      of('B', status('Resource creation cancelled')),
      of('C', status('The following hook(s) failed: [My::Guard]')),
      of('A', { ResourceStatus: 'DELETE_FAILED', ResourceStatusReason: 'still in use' }),
      of('a-stack', {
        ...status('The following resource(s) failed to create: [A]'),
        PhysicalResourceId: STACK,
      }),
      { OperationStatus: 'FAILED', StackId: STACK } satisfies OperationEvent,
    ]
    expect(named(events)).toEqual(['A (AWS::SNS::Topic): no'])
  })
})

describe('several causes in words', () => {
  it('contain no part of a secret, wherever they are truncated', () => {
    const secrets = new Secrets()
    const secret = `planted-${'0123456789'.repeat(30)}`
    secrets.add(secret)
    for (let padding = 0; padding < 320; padding += 5) {
      const words = causesInWords(['first', `${'x'.repeat(padding)} ${secret}`], (text) => secrets.mask(text))
      expect(words).not.toContain('plan')
    }
  })

  it('begin with the first in full, and stay short', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.array(fc.string({ maxLength: 2000 })), (first, others) => {
        const words = causesInWords([first, ...others], (text) => text)
        expect(words.startsWith(first.replace(/\.$/, ''))).toBe(true)
        expect(words.length).toBeLessThanOrEqual(first.length + 1500 + 2 * others.length + 40)
      }),
    )
  })
})
