import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { templateProblems } from './ros-template.ts'
import { ROOT } from './serverless-devs.ts'

const EXAMPLES = join(ROOT, 'examples')
const OF_SERVERLESS_DEVS = ['own-settings.yml', 'hand-off-queue.yml', 'built-in-runtime.yml']
const templates = ['deploy', 'templates'].flatMap((folder) =>
  readdirSync(join(EXAMPLES, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !OF_SERVERLESS_DEVS.includes(entry.name))
    .filter(({ parentPath }) => !parentPath.endsWith('/stacks') || parentPath.endsWith('ros/stacks'))
    .map((file) => relative(EXAMPLES, join(file.parentPath, file.name))),
)
const textOf = (template: string) => readFileSync(join(EXAMPLES, template), 'utf8')

/** A template with one mistake in it. */
function withMistake(template: string, right: string, wrong: string): string {
  const text = textOf(template)
  expect(text).toContain(right)
  return text.replace(right, wrong)
}

describe('the ROS templates', () => {
  it.each(templates)('%s passes', (template) => {
    expect(templateProblems(textOf(template))).toEqual([])
  })

  it.each([
    ['a misspelt property', 'MemorySize: {', 'MemSize: {', 'Resources.OnFailure.Properties.MemSize'],
    [
      'a property in another spelling',
      'MemorySize: {',
      'Memorysize: {',
      'Resources.OnFailure.Properties.Memorysize',
    ],
    [
      'a misspelt property deep inside',
      'EnableRequestMetrics:',
      'EnableRequestMetric:',
      'Resources.OnFailure.Properties.LogConfig.EnableRequestMetric',
    ],
    [
      'a misspelt property of a destination',
      'OnFailure: { Destination:',
      'OnFailed: { Destination:',
      'Resources.BridgeInvocation.Properties.DestinationConfig.OnFailed',
    ],
    [
      'a misspelt property of the queue',
      'MessageRetentionPeriod:',
      'RetentionPeriod:',
      'Resources.HandOffQueue.Properties.RetentionPeriod',
    ],
    [
      'a misspelt property of a policy',
      'Effect: Allow',
      'Efect: Allow',
      'Resources.BridgeRole.Properties.AssumeRolePolicyDocument.Statement.0.Efect',
    ],
    ['a text for a number', 'Timeout: 300', "Timeout: '300'", 'Resources.OnFailure.Properties'],
    ['a number out of range', 'Timeout: 300', 'Timeout: 99999', 'Resources.OnFailure.Properties'],
    ['a property that is missing', 'Handler: on-failure.handler', '', 'Resources.OnFailure.Properties'],
    ['a type that ROS lacks', 'FC3::Function', 'FC4::Function', 'Resources.OnFailure.Properties'],
    ['an unknown field of a resource', 'Properties:', 'Property:', 'Resources.Logs.Property'],
    [
      'an attribute that is spelt otherwise',
      'Fn::GetAtt: [Bridge, ARN]',
      'Fn::GetAtt: [Bridge, Arn]',
      'Outputs.ServiceToken.Value.Fn::GetAtt',
    ],
    [
      'an attribute of a resource that is not there',
      'Fn::GetAtt: [Bridge, ARN]',
      'Fn::GetAtt: [Brigde, ARN]',
      'Outputs.ServiceToken.Value.Fn::GetAtt',
    ],
    [
      'a parameter that is not there',
      '{ Ref: RosTimeoutSeconds }',
      '{ Ref: RosTimeout }',
      'Resources.OnFailureInvocation.Properties.MaxAsyncEventAgeInSeconds.Fn::If.2.Ref',
    ],
    [
      'a condition that is not there',
      '- HasAws',
      '- HasAWS',
      'Resources.OnFailure.Properties.EnvironmentVariables.Fn::Add.5.Fn::If',
    ],
    [
      'a variable that is not there',
      "'${FunctionName}-on-failure'",
      "'${Function}-on-failure'",
      'Resources.OnFailure.Properties.FunctionName.Fn::Sub',
    ],
    ['a secret that is shown', 'NoEcho: true', 'NoEcho: false', 'Parameters.ContinuationKey'],
    [
      'a parameter that is used nowhere',
      'Conditions:',
      '  Stray: { Type: String }\nConditions:',
      'Parameters.Stray',
    ],
  ])('are refused, with the place, for %s', (_name, right, wrong, place) => {
    const places = templateProblems(withMistake('deploy/stackbridge.yml', right, wrong)).map(
      ({ path }) => path,
    )
    expect(places).toContain(place)
  })
})
